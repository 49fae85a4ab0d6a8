import { describe, expect, it } from 'vitest';
import { epochSeconds } from '../contract-server/encodings.ts';
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

const EARLIER = epochSeconds('2026-02-01T00:00:00.000Z');
const result = (id: string, verdict: StoredResult['complianceType'] = 'NON_COMPLIANT') =>
  storedResult(id, verdict, EARLIER);

/** A rule that holds these results, and one bucket that is there. */
const start = (results: readonly StoredResult[], parts: Partial<State> = {}) =>
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
    const { handle, calls, puts, results, state } = await start([...gone, result('here')], {
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
    const { handle, results } = await start([{ ...result('here'), resourceType }]);
    await handle(scheduledEvent('s3-tls-only'));
    expect(results()).toMatchObject([{ resourceType: 'AWS::S3::Bucket', resourceId: 'here' }]);
  });

  it('are left alone when they are newer than the notification', async () => {
    const later = epochSeconds(NOTIFIED) + 1;
    const { handle, results } = await start([storedResult('just-made', 'COMPLIANT', later)]);
    await handle(scheduledEvent('s3-tls-only'));
    expect(results().map(({ resourceId }) => resourceId)).toEqual(['just-made', 'here']);
  });

  it('are all retired when nothing is left', async () => {
    const { handle, puts, results } = await start([result('last')], { items: [] });
    expect(await handle(scheduledEvent('s3-tls-only'))).toEqual({ evaluations: 1 });
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual([0, 1]);
    expect(results()).toEqual([]);
  });

  it('stay after a change, which says nothing of other resources', async () => {
    const { handle, operations, results } = await start([result('gone')]);
    await handle(changeEvent('s3-tls-only', bucketItem('here')));
    expect(operations()).toEqual(['PutEvaluations']);
    expect(results()).toHaveLength(2);
  });

  it('stay when the new results could not be stored', async () => {
    const { handle, server, results } = await start([result('gone')]);
    server.fail('PutEvaluations', 'ThrottlingException');
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toThrow('not stored');
    expect(results()).toMatchObject([{ resourceId: 'gone' }]);
  });

  it('fail the invocation when they cannot be listed, after the new results were stored', async () => {
    const { handle, server, results } = await start([]);
    server.fail('GetComplianceDetailsByConfigRule', 'ThrottlingException');
    const name = 'ThrottlingException';
    await expect(handle(scheduledEvent('s3-tls-only'))).rejects.toMatchObject({ name });
    expect(results()).toMatchObject([{ resourceId: 'here' }]);
  });
});

describe('the token TESTMODE', () => {
  const resultToken = 'TESTMODE';

  it('stores nothing and retires nothing', async () => {
    const { handle, operations, puts, results } = await start([result('gone')]);
    const event = scheduledEvent('s3-tls-only', {}, { resultToken });
    expect(await handle(event)).toEqual({ evaluations: 1 });
    expect(puts()).toMatchObject([{ TestMode: true, ResultToken: resultToken }]);
    expect(operations()).not.toContain('GetComplianceDetailsByConfigRule');
    expect(results()).toMatchObject([{ resourceId: 'gone' }]);
  });

  it('holds for a change too', async () => {
    const { handle, puts, results } = await start([]);
    await handle(changeEvent('s3-tls-only', bucketItem('here'), {}, { resultToken }));
    expect(puts()).toMatchObject([{ TestMode: true, Evaluations: [{}] }]);
    expect(results()).toEqual([]);
  });
});
