import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySettings } from '../../src/settings/settings.ts';
import type { EventItem } from '../contract-server/state.ts';
import { denyHttp } from '../facet-values.ts';
import { garbageFor, mutationsOf, pathsOf, valueAt, withNode } from './damage.ts';
import { bucketWith, changeEvent, changeOf, eventOf, policyText, startLambda } from './world.ts';

const acl = (permission: string, ...more: readonly object[]) =>
  JSON.stringify({
    grantSet: null,
    grantList: [
      { grantee: { id: 'f00d', displayName: null }, permission: 'FullControl' },
      { grantee: 'AllUsers', permission },
      ...more,
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

/** A bucket with one thing to find for each rule, so that a reader who overlooks it lets the bucket pass. */
const almost = bucketWith('almost', {
  AccessControlList: acl('Read', { grantee: 'LogDelivery', permission: 'Write' }),
  BucketPolicy: {
    policyText: policyText(
      { ...denyHttp, Resource: 'arn:aws:s3:::almost/*' },
      {
        ...{ Sid: 'Keep', Effect: 'Deny', Principal: '*', Action: 's3:DeleteObjectVersion' },
        Resource: 'arn:aws:s3:::almost/*',
      },
    ),
  },
  BucketVersioningConfiguration: { status: 'Suspended', isMfaDeleteEnabled: null },
  BucketLifecycleConfiguration: {
    rules: [
      {
        ...{ id: 'clean', status: 'Enabled', prefix: null, filter: null, expirationInDays: 400 },
        noncurrentVersionExpiration: { noncurrentDays: 60, newerNoncurrentVersions: null },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 3 },
      },
    ],
  },
  ServerSideEncryptionConfiguration: {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms' } }],
  },
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
      { numRuns: 60 },
    );
  });
});

const SECTION = 'supplementaryConfiguration';
const REQUIRED = [
  [SECTION],
  [SECTION, 'BucketPolicy'],
  [SECTION, 'BucketPolicy', 'policyText'],
  [SECTION, 'BucketVersioningConfiguration'],
  [SECTION, 'BucketVersioningConfiguration', 'status'],
  [SECTION, 'AccessControlList'],
];
const TEXTS = [
  [SECTION, 'AccessControlList'],
  [SECTION, 'BucketPolicy', 'policyText'],
];

/** The item with something in it that cannot be read, which is never another configuration. */
function damaged(item: EventItem): fc.Arbitrary<EventItem> {
  const read = pathsOf(item).filter(([section]) => section === SECTION);
  const retyped = fc
    .constantFrom(...read)
    .chain((path) =>
      garbageFor(valueAt(item, path)).map((value) => withNode(item, path, { value })),
    );
  const removed = fc.constantFrom(...REQUIRED).map((path) => withNode(item, path));
  const emptied = fc
    .tuple(fc.constantFrom(...REQUIRED), fc.constantFrom('', 0, false, [], {}))
    .map(([path, value]) => withNode(item, path, { value }));
  const cutOff = fc
    .tuple(fc.constantFrom(...TEXTS), fc.integer({ min: 1, max: 60 }))
    .map(([path, missing]) =>
      withNode(item, path, { value: String(valueAt(item, path)).slice(0, -missing) }),
    );
  return fc.oneof(retyped, removed, emptied, cutOff);
}

describe('a damaged record', () => {
  it.each(RULES)('never makes %s pass', async (rule) => {
    const ask = await answering();
    for (const whole of [careless, almost]) {
      const { evaluations } = await ask(changeEvent(rule, whole));
      expect(evaluations).toMatchObject([{ ComplianceType: 'NON_COMPLIANT' }]);
      expect(evaluations[0]?.Annotation).not.toMatch(/^evidenceUnavailable/);
    }
    const items = fc.oneof(damaged(careless), damaged(almost));
    await fc.assert(
      fc.asyncProperty(items, async (item) => {
        const { thrown, evaluations } = await ask(changeEvent(rule, item));
        if (thrown !== undefined) return;
        expect(evaluations.map(({ ComplianceType }) => ComplianceType)).toEqual(['NON_COMPLIANT']);
      }),
      { numRuns: 25 },
    );
  });
});
