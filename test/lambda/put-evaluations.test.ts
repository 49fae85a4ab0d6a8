import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../contract-server/faults.ts';
import { bucketItem } from '../contract-server/items.ts';
import { changeEvent, names, scheduledEvent, startLambda } from './world.ts';

const start = (count: number) =>
  startLambda({ items: names(count).map((name) => bucketItem(name)) });
const failing = (...ids: readonly string[]) => ({
  failedEvaluations: ({ ComplianceResourceId: id }: Evaluation) => ids.includes(id),
});
/** A fault that lets one call pass: the faults after it meet later calls. */
const none = failing();

describe('evaluations that AWS Config fails', () => {
  it('are tried again alone, with growing waits', async () => {
    const { handle, server, puts, results, waits } = await start(3);
    server.fail('PutEvaluations', failing('bucket-1'), 3);
    await handle(scheduledEvent('s3-tls-only'));
    const sent = puts().map(({ Evaluations }) =>
      Evaluations.map(({ ComplianceResourceId: id }) => id),
    );
    expect(sent).toEqual([names(3), ['bucket-1'], ['bucket-1'], ['bucket-1']]);
    expect(new Set(puts().map(({ ResultToken }) => ResultToken)).size).toBe(1);
    expect(waits).toEqual([400, 800, 1600]);
    expect(results()).toHaveLength(3);
  });

  it('fail the invocation in the end, which names them, after all others were stored', async () => {
    const { handle, server, puts, results, logs } = await start(250);
    server.fail('PutEvaluations', failing('bucket-3', 'bucket-7'), 4);
    const message =
      '2 of 250 evaluations were not stored (AWS::S3::Bucket bucket-3, AWS::S3::Bucket bucket-7): AWS Config failed them.';
    const error = 'EvaluationsNotStored';
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toMatchObject({
      ...{ name: error, message },
    });
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual([100, 2, 2, 2, 100, 50]);
    expect(results()).toHaveLength(248);
    expect(logs).toMatchObject([{ level: 'error', rule: 's3-tls-only', error, message }]);
  });

  it('fail a change likewise', async () => {
    const { handle, server, puts } = await start(0);
    server.fail('PutEvaluations', failing('plain'), 100);
    const event = changeEvent('s3-tls-only', bucketItem('plain'));
    await expect(handle(event)).rejects.toThrow('1 of 1 evaluations were not stored');
    expect(puts()).toHaveLength(4);
  });
});

describe('a call of PutEvaluations that fails', () => {
  it.each([
    ['is throttled', 'ThrottlingException', 'ThrottlingException'],
    ['meets an internal error', 'InternalFailure', 'InternalFailure'],
    ['is hung up', { hangUp: true } as const, ''],
  ])('and %s keeps no other batch back, and fails the invocation', async (_, fault, cause) => {
    const { handle, server, puts, results } = await start(250);
    server.fail('PutEvaluations', none);
    server.fail('PutEvaluations', fault);
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toMatchObject({
      name: 'EvaluationsNotStored',
      message: expect.stringMatching(
        `^100 of 250 evaluations .*AWS::S3::Bucket bucket-100, .*, …\\): .*${cause}`,
      ),
      cause: expect.any(Error),
    });
    expect(puts()).toHaveLength(3);
    expect(results()).toHaveLength(150);
  });

  it('names only what was not stored before', async () => {
    const { handle, server, results } = await start(3);
    server.fail('PutEvaluations', failing('bucket-1'));
    server.fail('PutEvaluations', 'ThrottlingException');
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toThrow(
      /^1 of 3 evaluations were not stored \(AWS::S3::Bucket bucket-1\): ThrottlingException/,
    );
    expect(results()).toHaveLength(2);
  });

  it('fails the invocation that has nothing to report as well', async () => {
    const { handle, server } = await start(0);
    server.fail('PutEvaluations', 'ThrottlingException');
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toThrow(
      /^0 of 0 evaluations were not stored: ThrottlingException/,
    );
  });

  it('fails on a token that is not the one AWS Config sent', async () => {
    const { handle, logs } = await start(0);
    const event = changeEvent('s3-tls-only', bucketItem('plain'), {}, { resultToken: 'forged' });
    await expect(handle(event)).rejects.toThrow('InvalidResultTokenException');
    expect(logs).toMatchObject([{ message: expect.stringContaining('resultToken') }]);
  });
});
