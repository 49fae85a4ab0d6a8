import { describe, expect, it } from 'vitest';
import { epochSeconds } from '../contract-server/encodings.ts';
import type { Evaluation } from '../contract-server/faults.ts';
import { bucketItem, storedResult } from '../contract-server/items.ts';
import { createRule, type State, type StoredResult } from '../contract-server/state.ts';
import {
  CONFIG_RULE,
  changeEvent,
  NOTIFIED,
  names,
  scheduledEvent,
  startLambda,
  TOKEN,
} from './world.ts';

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
      '2 of 250 evaluations were not stored (AWS::S3::Bucket bucket-3, AWS::S3::Bucket bucket-7): AWS Config rejected them.';
    const error = 'EvaluationsNotStored';
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toMatchObject({
      ...{ name: error, message },
    });
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual([100, 2, 2, 2, 100, 50]);
    expect(results()).toHaveLength(248);
    expect(logs).toMatchObject([{ level: 'error', rule: 's3-tls-only', error, message }]);
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

const EARLIER = epochSeconds('2026-02-01T00:00:00.000Z');
const result = (id: string, verdict: StoredResult['complianceType'] = 'NON_COMPLIANT') =>
  storedResult(id, verdict, EARLIER);

/** A rule that holds these results, and one bucket that is there. */
const holding = (results: readonly StoredResult[], parts: Partial<State> = {}) =>
  startLambda({
    items: [bucketItem('here')],
    rules: { [CONFIG_RULE]: createRule(results), other: createRule([result('kept')]) },
    resultTokens: { [TOKEN]: CONFIG_RULE },
    ...parts,
  });

describe('results of resources that vanished', () => {
  it('are retired, over many pages and calls', async () => {
    const verdict = (index: number) => (index % 2 === 0 ? 'COMPLIANT' : 'NON_COMPLIANT');
    const gone = names(120).map((name, index) => result(name, verdict(index)));
    const pageSizes = { GetComplianceDetailsByConfigRule: 50 };
    const { handle, calls, puts, results, state } = await holding([...gone, result('here')], {
      pageSizes,
    });
    expect(await handle(scheduledEvent('s3-tls-only'))).toEqual({ evaluations: 121 });
    expect(calls('GetComplianceDetailsByConfigRule')).toHaveLength(3);
    expect(calls('GetComplianceDetailsByConfigRule')[0]?.input).toMatchObject({
      ConfigRuleName: CONFIG_RULE,
      Limit: 100,
    });
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual([1, 100, 20]);
    expect(puts()[1]?.Evaluations[0]).toEqual({
      ...{ ComplianceResourceType: 'AWS::S3::Bucket', ComplianceResourceId: 'bucket-0' },
      ComplianceType: 'NOT_APPLICABLE',
      Annotation: 'resourceDeleted: The resource no longer exists.',
      OrderingTimestamp: epochSeconds(NOTIFIED),
    });
    expect(results()).toMatchObject([{ resourceId: 'here', complianceType: 'NON_COMPLIANT' }]);
    expect(state.rules['other']?.results).toHaveLength(1);
  });

  it('are told apart by type as well as by id', async () => {
    const resourceType = 'AWS::S3::AccountPublicAccessBlock';
    const { handle, results } = await holding([{ ...result('here'), resourceType }]);
    await handle(scheduledEvent('s3-tls-only'));
    expect(results()).toMatchObject([{ resourceType: 'AWS::S3::Bucket', resourceId: 'here' }]);
  });

  it('are left alone when they are newer than the notification', async () => {
    const later = epochSeconds(NOTIFIED) + 1;
    const { handle, results } = await holding([storedResult('just-made', 'COMPLIANT', later)]);
    await handle(scheduledEvent('s3-tls-only'));
    expect(results().map(({ resourceId }) => resourceId)).toEqual(['just-made', 'here']);
  });

  it('are all retired when nothing is left', async () => {
    const { handle, puts, results } = await holding([result('last')], { items: [] });
    expect(await handle(scheduledEvent('s3-tls-only'))).toEqual({ evaluations: 1 });
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual([0, 1]);
    expect(results()).toEqual([]);
  });

  it('stay after a change, which says nothing of other resources', async () => {
    const { handle, operations, results } = await holding([result('gone')]);
    await handle(changeEvent('s3-tls-only', bucketItem('here')));
    expect(operations()).toEqual(['PutEvaluations']);
    expect(results()).toHaveLength(2);
  });

  it('stay when the new results could not be stored', async () => {
    const { handle, server, results } = await holding([result('gone')]);
    server.fail('PutEvaluations', 'ThrottlingException');
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toThrow('not stored');
    expect(results()).toMatchObject([{ resourceId: 'gone' }]);
  });

  it('fail the invocation when they cannot be listed, after the new results were stored', async () => {
    const { handle, server, results } = await holding([]);
    server.fail('GetComplianceDetailsByConfigRule', 'ThrottlingException');
    const name = 'ThrottlingException';
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toMatchObject({ name });
    expect(results()).toMatchObject([{ resourceId: 'here' }]);
  });
});

describe('the token TESTMODE', () => {
  const resultToken = 'TESTMODE';

  it('stores nothing and retires nothing', async () => {
    const { handle, operations, puts, results } = await holding([result('gone')]);
    const event = scheduledEvent('s3-tls-only', {}, { resultToken });
    expect(await handle(event)).toEqual({ evaluations: 1 });
    expect(puts()).toMatchObject([{ TestMode: true, ResultToken: resultToken }]);
    expect(operations()).not.toContain('GetComplianceDetailsByConfigRule');
    expect(results()).toMatchObject([{ resourceId: 'gone' }]);
  });

  it('holds for a change too', async () => {
    const { handle, puts, results } = await holding([]);
    await handle(changeEvent('s3-tls-only', bucketItem('here'), {}, { resultToken }));
    expect(puts()).toMatchObject([{ TestMode: true, Evaluations: [{}] }]);
    expect(results()).toEqual([]);
  });
});
