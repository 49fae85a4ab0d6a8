import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySettings } from '../../src/core/settings.ts';
import { denyHttp } from '../facet-values.ts';
import { garbageFor, mutationsOf, pathsOf, valueAt, withNode } from './damage.ts';
import { bucketWith, changeEvent, changeOf, eventOf, policyText, startLambda } from './world.ts';

const acl = (permission: string) =>
  JSON.stringify({
    grantSet: null,
    grantList: [
      { grantee: { id: 'f00d', displayName: null }, permission: 'FullControl' },
      { grantee: 'AllUsers', permission },
    ],
    owner: { displayName: null, id: 'f00d' },
    isRequesterCharged: false,
  });

/** A bucket with something to find for every rule of the pack. */
const careless = bucketWith('careless', {
  AccessControlList: acl('Read'),
  BucketLoggingConfiguration: { destinationBucketName: 'logs', logFilePrefix: 'a/' },
  BucketPolicy: {
    policyText: policyText(
      // Plain HTTP is refused for objects, not for the bucket.
      { ...denyHttp, Resource: 'arn:aws:s3:::careless/*' },
      {
        ...{ Sid: 'Logs', Effect: 'Allow', Action: 's3:PutObject' },
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Resource: 'arn:aws:s3:::careless/*',
      },
    ),
  },
  BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: false },
  BucketLifecycleConfiguration: {
    rules: [
      {
        ...{ id: 'short', status: 'Enabled', prefix: null, filter: { predicate: null } },
        ...{ expirationInDays: 10, expirationDate: null, expiredObjectDeleteMarker: false },
        ...{ noncurrentVersionExpirationInDays: 5, noncurrentVersionTransitions: null },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 3 },
      },
    ],
  },
  ServerSideEncryptionConfiguration: {
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID: 'abcd' },
        bucketKeyEnabled: false,
      },
    ],
  },
  ObjectLockConfiguration: null,
});

const RULES = [
  's3-cross-account-scoped',
  's3-log-retention',
  's3-sse-kms-approved-keys',
  's3-tls-only',
  's3-versioning-with-lifecycle',
];

const settings = { ...emptySettings, kms: { approvedKeys: ['approved'] } };

async function answering() {
  const queries = [{ matches: () => true, results: [] }];
  const { handle, puts } = await startLambda({ queries }, { settings });
  return async (event: unknown) => {
    const before = puts().length;
    const thrown = await handle(event).then(
      () => undefined,
      (error: unknown) => error,
    );
    return {
      thrown,
      evaluations: puts()
        .slice(before)
        .flatMap(({ Evaluations }) => Evaluations),
    };
  };
}

describe('any event', () => {
  it('ends in one evaluation or an error', async () => {
    const ask = await answering();
    const message = changeOf(careless);
    const rules = fc.constantFrom(...RULES);
    const events = fc.oneof(
      fc.jsonValue(),
      rules.chain((rule) => mutationsOf(eventOf(message, rule))),
      fc.tuple(mutationsOf(message), rules).map(([mutant, rule]) => eventOf(mutant, rule)),
      fc.tuple(fc.jsonValue(), rules).map(([any, rule]) => eventOf(any, rule)),
    );
    await fc.assert(
      fc.asyncProperty(events, async (event) => {
        const { thrown, evaluations } = await ask(event);
        if (thrown === undefined) expect(evaluations).toHaveLength(1);
        else expect(thrown).toBeInstanceOf(Error);
        expect(evaluations.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 150 },
    );
  });
});

/** Where the item says something that a rule may read; texts of JSON are damaged as texts. */
const READ = pathsOf(careless).filter(([section]) => section === 'supplementaryConfiguration');
const REQUIRED = [
  [],
  ['BucketPolicy'],
  ['BucketPolicy', 'policyText'],
  ['BucketVersioningConfiguration'],
  ['BucketVersioningConfiguration', 'status'],
  ['AccessControlList'],
].map((path) => ['supplementaryConfiguration', ...path]);

const retyped = fc
  .constantFrom(...READ)
  .chain((path) =>
    garbageFor(valueAt(careless, path)).map((value) => withNode(careless, path, { value })),
  );
const removed = fc.constantFrom(...REQUIRED).map((path) => withNode(careless, path));
const emptied = fc
  .tuple(fc.constantFrom(...REQUIRED), fc.constantFrom('', 0, false, [], {}))
  .map(([path, value]) => withNode(careless, path, { value }));
const cutOff = fc
  .tuple(
    fc.constantFrom(['AccessControlList'], ['BucketPolicy', 'policyText']),
    fc.integer({ min: 1, max: 60 }),
  )
  .map(([key, missing]) => {
    const path = ['supplementaryConfiguration', ...key];
    return withNode(careless, path, { value: String(valueAt(careless, path)).slice(0, -missing) });
  });

describe('a damaged record', () => {
  it.each(RULES)('never makes %s pass', async (rule) => {
    const ask = await answering();
    const whole = await ask(changeEvent(rule, careless));
    expect(whole.evaluations).toMatchObject([{ ComplianceType: 'NON_COMPLIANT' }]);
    expect(whole.evaluations[0]?.Annotation).not.toMatch(/^evidenceUnavailable/);
    await fc.assert(
      fc.asyncProperty(fc.oneof(retyped, removed, emptied, cutOff), async (item) => {
        const { thrown, evaluations } = await ask(changeEvent(rule, item));
        if (thrown !== undefined) return;
        expect(evaluations.map(({ ComplianceType }) => ComplianceType)).toEqual(['NON_COMPLIANT']);
      }),
      { numRuns: 50 },
    );
  });
});
