import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defineRule, fail, pass, say } from '../../src/engine/rule.ts';
import type { Services } from '../../src/services/services.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { bucketItem, storedResult } from '../contract-server/items.ts';
import { createRule, type State } from '../contract-server/state.ts';
import {
  bucketWith,
  CONFIG_RULE,
  changeEvent,
  NOTIFIED,
  names,
  scheduledEvent,
  startLambda,
  TOKEN,
} from './world.ts';

const words = { title: '', rationale: '', limits: [], areas: [], severity: 'low' } as const;
const messages = {
  well: pass('All is well.'),
  bad: fail('All is bad.', { fix: 'Fix it.' }),
};
const shape = { ...words, requirements: {}, subject: 'bucket', messages } as const;

const KEY_RULE = defineRule({
  ...shape,
  ...{ id: 's3-test-key', reads: ['encryptionKey'] },
  evaluate: ({ bucket: { encryptionKey } }) => say(encryptionKey?.key === null ? 'bad' : 'well'),
});
const OWNER_RULE = defineRule({
  ...shape,
  ...{ id: 's3-test-owner', reads: ['ownership'] },
  evaluate: ({ bucket: { ownership } }) =>
    say(ownership === 'BucketOwnerEnforced' ? 'well' : 'bad'),
});

const encryptedWith = (name: string, kmsMasterKeyID: string) =>
  bucketWith(name, {
    ServerSideEncryptionConfiguration: {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID } }],
    },
  });
const GOOD = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const answers: State['answers'] = {
  DescribeKey: ({ KeyId }) => {
    if (KeyId !== GOOD) throw new ServiceError('InvalidArnException', 'Invalid arn');
    const state = { KeyState: 'PendingDeletion', KeyManager: 'CUSTOMER', AWSAccountId: '111122223333' };
    return { KeyMetadata: { Arn: GOOD, ...state } };
  },
};

/** What AWS Config holds in the end: the first word of each annotation by bucket. */
const verdicts = (results: readonly { resourceId: string; annotation?: string | undefined }[]) =>
  Object.fromEntries(
    results.map(({ resourceId, annotation }) => [resourceId, annotation?.replace(/:.*/s, '')]),
  );
const [good1, bad, good2] = ['good-1', 'bad', 'good-2'] as const;
const UNSEEN = { [good1]: 'well', [bad]: 'evidenceUnavailable', [good2]: 'well' };

const known = new URL('../../../shared/known-answers/services.json', import.meta.url);
const knownKeys: readonly string[] = existsSync(known)
  ? JSON.parse(readFileSync(known, 'utf8')).handler_cases.cases.map(
      ({ key }: { key: string }) => key,
    )
  : [];

describe('a bucket whose key nobody can ask for', () => {
  it.each([
    ...knownKeys,
    'arn:aws:kms:mars-1:123456789012:key/11111111-2222-3333-4444-555555555555',
    'arn:aws:kms::123456789012:key/1',
    'arn:aws:kms:eu-west-1.evil.example/:123456789012:key/1',
    'arn:aws:kms:localhost:123456789012:key/1',
    'arn:aws:kms:EU-WEST-1:123456789012:key/1',
    'arn:aws:kms:eu-west-1:123456789012:nonsense',
    'arn:',
  ])('is missing evidence, and costs no other bucket its verdict: %s', async (key) => {
    const items = [encryptedWith(good1, GOOD), encryptedWith(bad, key), encryptedWith(good2, GOOD)];
    const { handle, server, results } = await startLambda(
      { items, answers },
      { rules: [KEY_RULE] },
    );
    await handle(scheduledEvent(KEY_RULE));
    expect(verdicts(results())).toEqual(UNSEEN);
    // No host was asked that a record made up.
    const regions = server.calls.map(({ region }) => region);
    expect(regions.filter((each) => !/^eu-(central|west)-1$/.test(String(each)))).toEqual([]);
  });

  it('may be one in a Region that no host answers for', async () => {
    const items = [encryptedWith(bad, GOOD.replace('eu-central-1', 'mars-west-1'))];
    const nowhere: Services = {
      ask: async () => {
        throw Object.assign(new Error('getaddrinfo ENOTFOUND kms.mars-west-1'), {
          code: 'ENOTFOUND',
        });
      },
    };
    const world = { rules: [KEY_RULE], services: nowhere };
    const { handle, logs, results } = await startLambda({ items }, world);
    await handle(changeEvent(KEY_RULE, items[0]));
    const says = 'DescribeKey in mars-west-1 answered ENOTFOUND (is the Region enabled?)';
    expect(results()).toMatchObject([
      { annotation: `evidenceUnavailable: The encryption key could not be assessed: ${says}.` },
    ]);
    expect(logs[0]).toMatchObject({ level: 'warn', rule: KEY_RULE.id, message: says });
  });

  it.each([
    'AuthFailure',
    'InvalidClientTokenId',
    'OptInRequired',
    'SubscriptionRequiredException',
    'UnrecognizedClientException',
    'ValidationException',
  ])('and an answer that no retry changes is missing evidence: %s', async (code) => {
    const items = [good1, bad, good2].map((name) => bucketItem(name));
    const buckets: State['buckets'] = {
      [good1]: { ownership: 'BucketOwnerEnforced' },
      [bad]: { ownership: 'BucketOwnerEnforced' },
      [good2]: { ownership: 'BucketOwnerEnforced' },
    };
    const { handle, server, results } = await startLambda(
      { items, buckets },
      { rules: [OWNER_RULE] },
    );
    server.fail('GetBucketOwnershipControls', { failedEvaluations: () => false });
    server.fail('GetBucketOwnershipControls', code);
    await handle(scheduledEvent(OWNER_RULE));
    expect(Object.values(verdicts(results())).sort()).toEqual(Object.values(UNSEEN).sort());
  });
});

const many = (count: number): Partial<State> => ({
  items: names(count).map((name) => bucketItem(name)),
  buckets: Object.fromEntries(
    names(count).map((name) => [name, { ownership: 'BucketOwnerEnforced' }]),
  ),
});
/** A fault that lets calls pass: the faults after it meet later calls. */
const none = { failedEvaluations: () => false };
/** The clock of an attempt that begins this many seconds after AWS Config asked. */
const startedAfter = (seconds: number) => ({
  now: () => new Date(Date.parse(NOTIFIED) + seconds * 1000),
});

describe('a bucket that gets no answer for a moment', () => {
  const throttled = async (world: object = {}) => {
    const held = [
      storedResult('bucket-296', 'COMPLIANT', 1),
      storedResult('gone', 'NON_COMPLIANT', 1),
    ];
    const lambda = await startLambda(
      {
        ...many(300),
        rules: { [CONFIG_RULE]: createRule(held) },
        resultTokens: { [TOKEN]: CONFIG_RULE },
      },
      { rules: [OWNER_RULE], ...world },
    );
    return lambda;
  };

  it('keeps its result, and the 299 others have theirs, page by page', async () => {
    const { handle, server, puts, results, logs } = await throttled();
    server.fail('GetBucketOwnershipControls', none, 296);
    server.fail('GetBucketOwnershipControls', 'SlowDown');
    await expect(handle(scheduledEvent(OWNER_RULE))).rejects.toMatchObject({ name: 'SlowDown' });
    expect(puts().map(({ Evaluations }) => Evaluations.length)).toEqual([100, 100, 99, 1]);
    // It is not retired, as what vanished is.
    expect(results()).toHaveLength(300);
    expect(results().filter(({ orderingTimestamp }) => orderingTimestamp === 1)).toHaveLength(1);
    expect(logs).toMatchObject([
      {
        level: 'warn',
        message: expect.stringMatching(/^1 could not be judged: AWS::S3::Bucket bucket-29\d: /),
      },
      {
        level: 'error',
        reason: expect.stringMatching(/^GetBucketOwnershipControls in eu-central-1/),
      },
    ]);
  });

  it('is missing evidence in what may be the last attempt, which is told to Lambda all the same', async () => {
    const { handle, server, results } = await throttled(startedAfter(200));
    server.fail('GetBucketOwnershipControls', 'SlowDown');
    await expect(handle(scheduledEvent(OWNER_RULE))).rejects.toThrow();
    const unseen = results().filter(({ annotation }) => annotation?.startsWith('evidence'));
    expect(unseen).toMatchObject([{ complianceType: 'NON_COMPLIANT' }]);
    expect(results()).toHaveLength(300);
  });

  it('is asked for in the next attempt, and what was reported before is not asked for again', async () => {
    const { handle, server, results, calls } = await throttled(startedAfter(70));
    server.fail('GetBucketOwnershipControls', 'SlowDown');
    await expect(handle(scheduledEvent(OWNER_RULE))).rejects.toThrow();
    const before = calls('GetBucketOwnershipControls').length;
    await handle(scheduledEvent(OWNER_RULE));
    expect(calls('GetBucketOwnershipControls')).toHaveLength(before + 1);
    expect(results()).toHaveLength(300);
    expect(new Set(results().map(({ annotation }) => annotation))).toEqual(
      new Set(['well: All is well.']),
    );
  });

  it('is missing evidence after a change, too, in what may be the last attempt', async () => {
    const { handle, server, results } = await throttled(startedAfter(200));
    server.fail('GetBucketOwnershipControls', 'InternalError');
    const event = changeEvent(OWNER_RULE, bucketItem('bucket-296'));
    await expect(handle(event)).rejects.toMatchObject({ name: 'InternalError' });
    expect(results().filter(({ resourceId }) => resourceId === 'bucket-296')).toMatchObject([
      { complianceType: 'NON_COMPLIANT', annotation: expect.stringMatching(/^evidenceUnavail/) },
    ]);
  });
});

describe('other errors on one subject', () => {
  it('of the rule itself fail the invocation, after the others were reported', async () => {
    const broken = defineRule({
      ...shape,
      ...{ id: 's3-test-broken', reads: ['policy'] },
      evaluate: ({ bucket: { name } }) => {
        if (name === bad) throw new RangeError('Maximum call stack size exceeded');
        return say('well');
      },
    });
    const items = [good1, bad, good2].map((name) => bucketItem(name));
    const { handle, results } = await startLambda({ items }, { rules: [broken] });
    await expect(handle(scheduledEvent(broken))).rejects.toThrow('Maximum call stack');
    expect(verdicts(results())).toEqual({ [good1]: 'well', [good2]: 'well' });
    const late = await startLambda({ items }, { rules: [broken], ...startedAfter(200) });
    await expect(late.handle(scheduledEvent(broken))).rejects.toThrow('Maximum call stack');
    expect(verdicts(late.results())).toEqual(UNSEEN);
  });

  it('of one page of records keep no other page from being judged', async () => {
    const { handle, server, results } = await startLambda(many(250), { rules: [OWNER_RULE] });
    server.fail('BatchGetResourceConfig', none);
    server.fail('BatchGetResourceConfig', 'ThrottlingException');
    await expect(handle(scheduledEvent(OWNER_RULE))).rejects.toThrow('ThrottlingException');
    expect(results()).toHaveLength(150);
  });

  it('of a target that no bucket can have as its name keep no target from being read', async () => {
    const target = defineRule({
      ...shape,
      ...{ id: 's3-test-target', reads: ['logTarget'] },
      evaluate: ({ bucket: { logTarget } }) => say(logTarget === null ? 'bad' : 'well'),
    });
    const logging = (name: string, destinationBucketName: string) =>
      bucketWith(name, {
        BucketLoggingConfiguration: { destinationBucketName, logFilePrefix: '' },
      });
    const items = [
      logging(good1, 'target'),
      logging(bad, 'x'.repeat(800)),
      logging(good2, 'target'),
      logging('target', 'target'),
    ];
    const { handle, results } = await startLambda({ items }, { rules: [target] });
    await handle(scheduledEvent(target));
    expect(verdicts(results())).toEqual({ ...UNSEEN, target: 'well' });
  });

  it('leave the time of a function: what was judged is reported, the rest by the next attempt', async () => {
    const { handle, results, state } = await startLambda(
      { ...many(40), rules: { [CONFIG_RULE]: createRule([storedResult('gone', 'COMPLIANT', 1)]) } },
      { rules: [OWNER_RULE], ...startedAfter(70) },
    );
    let left = 900_000;
    const getRemainingTimeInMillis = () => (left -= 40_000);
    await expect(
      handle(scheduledEvent(OWNER_RULE), { getRemainingTimeInMillis }),
    ).rejects.toMatchObject({ name: 'SubjectsNotJudged', message: /the time was over/ });
    const reported = results().length - 1;
    expect(reported).toBeGreaterThan(10);
    expect(reported).toBeLessThan(40);
    expect(results().map(({ resourceId }) => resourceId)).toContain('gone');
    await handle(scheduledEvent(OWNER_RULE));
    expect(state.rules[CONFIG_RULE]?.results).toHaveLength(40);
  });
});
