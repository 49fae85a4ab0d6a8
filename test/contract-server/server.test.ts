import {
  DescribeConfigRulesCommand,
  DescribeDeliveryChannelsCommand,
  NoSuchDeliveryChannelException,
} from '@aws-sdk/client-config-service';
import { GetBucketOwnershipControlsCommand, NoSuchBucket, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, clientSettings, startBench } from './clients.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench({ deliveryChannels: [{ name: 'default', s3BucketName: 'delivery' }] });
});
afterEach(() => bench.close());

const ownership = (Bucket: string, ExpectedBucketOwner?: string) =>
  bench.s3.send(
    new GetBucketOwnershipControlsCommand({
      Bucket,
      ...(ExpectedBucketOwner === undefined ? {} : { ExpectedBucketOwner }),
    }),
  );
const channels = (...DeliveryChannelNames: string[]) =>
  bench.config.send(new DescribeDeliveryChannelsCommand({ DeliveryChannelNames }));
const post = (headers: Record<string, string>, body: string) =>
  fetch(bench.server.endpoint, { method: 'POST', headers, body });

describe('AWS JSON 1.1', () => {
  it('answers with delivery channels and refuses unknown names', async () => {
    const { DeliveryChannels } = await channels();
    expect(DeliveryChannels).toEqual([{ name: 'default', s3BucketName: 'delivery' }]);
    const refusal = await channels('default', 'other').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NoSuchDeliveryChannelException);
    expect(refusal).toMatchObject({ message: expect.stringContaining("'other'") });
  });

  it('refuses an operation it does not know', async () => {
    const call = bench.config.send(new DescribeConfigRulesCommand({}));
    await expect(call).rejects.toMatchObject({
      name: 'UnknownOperationException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('refuses a request that is unsigned, of another protocol, or not JSON', async () => {
    const target = { 'x-amz-target': 'StarlingDoveService.PutEvaluations' };
    const scope = 'test/20260301/eu-central-1/config/aws4_request';
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}`;
    const json = { 'content-type': 'application/x-amz-json-1.1' };
    const name = async (headers: Record<string, string>) =>
      JSON.parse(await (await post(headers, '{')).text()).__type;
    expect(await name({ ...target, ...json })).toBe('MissingAuthenticationTokenException');
    expect(await name({ ...target, authorization })).toBe('UnknownOperationException');
    expect(await name({ ...target, ...json, authorization })).toBe('SerializationException');
  });

  it('records every call with its Region, input, status and error', async () => {
    await channels();
    await channels('other').catch(() => undefined);
    const call = { service: 'config', operation: 'DescribeDeliveryChannels' };
    expect(bench.server.calls).toMatchObject([
      { ...call, region: 'eu-central-1', input: {}, status: 200 },
      { ...call, input: { DeliveryChannelNames: ['other'] }, status: 400 },
    ]);
    expect(bench.server.calls[1]?.error).toBe('NoSuchDeliveryChannelException');
  });
});

describe('S3', () => {
  beforeEach(() => {
    bench.state.buckets = {
      enforced: { ownership: 'BucketOwnerEnforced' },
      unset: {},
      closed: { ownership: 'ObjectWriter', denied: true },
    };
  });

  it('answers with the ownership rule', async () => {
    const { OwnershipControls } = await ownership('enforced');
    expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  it.each([
    ['unset', 'OwnershipControlsNotFoundError', 404],
    ['missing', 'NoSuchBucket', 404],
    ['closed', 'AccessDenied', 403],
  ])('answers for the bucket %s with %s', async (bucket, name, status) => {
    await expect(ownership(bucket)).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: status },
    });
  });

  it('lets the SDK build its own classes', async () => {
    await expect(ownership('missing')).rejects.toBeInstanceOf(NoSuchBucket);
  });

  it('checks the expected owner', async () => {
    await expect(ownership('enforced', '111122223333')).resolves.toBeDefined();
    await expect(ownership('enforced', '444455556666')).rejects.toThrow('Access Denied');
  });

  it('understands virtual-host style', async () => {
    const endpoint = bench.server.endpoint.replace('127.0.0.1', 'localhost');
    const s3 = new S3Client(clientSettings(endpoint));
    // *.localhost need not resolve on every machine; the Host header is what counts.
    s3.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { hostname: string; headers: Record<string, string> };
        request.headers['host'] = `${request.hostname}:${new URL(endpoint).port}`;
        request.hostname = '127.0.0.1';
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await s3.send(new GetBucketOwnershipControlsCommand({ Bucket: 'enforced' }));
    expect(bench.server.calls[0]).toMatchObject({ input: { Bucket: 'enforced' }, status: 200 });
    s3.destroy();
  });

  it('sees a world that changes between calls', async () => {
    await ownership('unset').catch(() => undefined);
    bench.state.buckets['unset'] = { ownership: 'ObjectWriter' };
    await expect(ownership('unset')).resolves.toBeDefined();
  });
});

describe('faults', () => {
  it('last as many calls as ordered, in order, for their operation only', async () => {
    bench.state.buckets['b'] = { ownership: 'ObjectWriter' };
    bench.server.fail('DescribeDeliveryChannels', 'ThrottlingException', 2);
    bench.server.fail('DescribeDeliveryChannels', 'AccessDeniedException');
    for (const name of ['ThrottlingException', 'ThrottlingException', 'AccessDeniedException']) {
      await expect(channels()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
    }
    await expect(channels()).resolves.toBeDefined();
    await expect(ownership('b')).resolves.toBeDefined();
  });

  it('must name an operation that the server has', () => {
    expect(() => bench.server.fail('PutEvaluation', 'SlowDown')).toThrow('none of');
  });

  it('carry the status that the error has in S3, or the one ordered', async () => {
    bench.server.fail('GetBucketOwnershipControls', 'SlowDown');
    bench.server.fail('GetBucketOwnershipControls', { name: 'Odd', status: 418, message: 'a <b>' });
    const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
    await expect(ownership('b')).rejects.toMatchObject({ name: 'SlowDown', ...status(503) });
    await expect(ownership('b')).rejects.toMatchObject({ message: 'a <b>', ...status(418) });
  });

  it('let the SDK retry what it knows to be throttling', async () => {
    bench.server.fail('GetBucketOwnershipControls', 'SlowDown');
    bench.state.buckets['b'] = { ownership: 'ObjectWriter' };
    const patient = { ...clientSettings(bench.server.endpoint), maxAttempts: 2 };
    const s3 = new S3Client({ ...patient, forcePathStyle: true });
    await s3.send(new GetBucketOwnershipControlsCommand({ Bucket: 'b' }));
    expect(bench.server.calls.map(({ status }) => status)).toEqual([503, 200]);
    s3.destroy();
  });

  it('can hang up and can answer late', async () => {
    bench.server.fail('DescribeDeliveryChannels', { hangUp: true });
    await expect(channels()).rejects.toMatchObject({ code: 'ECONNRESET' });
    bench.server.fail('DescribeDeliveryChannels', { delayMs: 60 });
    const before = performance.now();
    await channels();
    expect(performance.now() - before).toBeGreaterThan(50);
    expect(bench.server.calls.map(({ status }) => status)).toEqual([0, 200]);
  });
});
