import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules as allRules } from '../../rules/index.ts';
import { absenceOf, identityOf, subjectFrom } from '../../src/assessment/subject.ts';
import { evaluate, evaluateAbsent } from '../../src/engine/evaluate.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { policySha256 } from '../../src/facets/bucket/recorded/policy-sha256.ts';
import { needsOf } from '../../src/facets/needs.ts';
import { unwrap } from '../../src/records/normalise.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { Malformed } from '../../src/values/json.ts';
import { toApiEncoding } from '../contract-server/encodings.ts';
import { bucketItem } from '../contract-server/items.ts';
import type { EventItem } from '../contract-server/state.ts';
import { denyHttp } from '../facet-values.ts';

const rules = allRules.filter(
  (rule) => rule.subject === 'bucket' && needsOf(rule).function === 'recorded',
);
const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1234';
const vpcEndpoints = ['vpce-0123456789abcdef0'];
const owner = { id: 'f00d', displayName: null };
const ownerGrant = { grantee: owner, permission: 'FullControl' };
const denyOnObjects = (Condition: object) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: 'arn:aws:s3:::b/*',
  Condition,
});
const statements = {
  http: { ...denyHttp, Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] },
  keep: {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:DeleteObjectVersion',
    Resource: 'arn:aws:s3:::b/*',
  },
  outside: {
    ...denyHttp,
    Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'],
    Condition: {
      StringNotEqualsIfExists: { 'aws:SourceVpce': vpcEndpoints },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  },
  oldUrls: denyOnObjects({ NumericGreaterThan: { 's3:signatureAge': '3600000' } }),
  sseC: denyOnObjects({
    Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' },
  }),
  otherKeys: denyOnObjects({
    Null: { 's3:x-amz-server-side-encryption': 'false' },
    StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
  }),
  trail: {
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::b/*',
    Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
  },
};
const policyOf = (...parts: object[]) => ({
  policyText: JSON.stringify({ Version: '2012-10-17', Statement: parts }),
});

/** A log bucket that satisfies every rule, so that each way to fail below stands alone. */
const sound = {
  AccessControlList: { grantSet: null, grantList: [ownerGrant], owner },
  BucketLifecycleConfiguration: {
    rules: [
      {
        id: 'all',
        status: 'Enabled',
        prefix: null,
        filter: { predicate: null },
        expirationInDays: 400,
        expirationDate: null,
        noncurrentVersionExpirationInDays: 30,
        expiredObjectDeleteMarker: false,
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
  },
  BucketLoggingConfiguration: { destinationBucketName: 'logs', logFilePrefix: null },
  BucketPolicy: policyOf(...Object.values(statements)),
  BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: false },
  ObjectLockConfiguration: {
    objectLockEnabled: 'Enabled',
    rule: { defaultRetention: { mode: 'COMPLIANCE', days: 365, years: null } },
  },
  PublicAccessBlockConfiguration: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  },
  ServerSideEncryptionConfiguration: {
    rules: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID: keyArn },
        bucketKeyEnabled: true,
      },
    ],
  },
};

const [rule] = sound.BucketLifecycleConfiguration.rules;
const lifecycleWith = (change: object) => ({
  BucketLifecycleConfiguration: { rules: [{ ...rule, ...change }] },
});

/** One way to fail at a time: damage to one of these must never make it pass. */
const failing: Readonly<Record<string, object>> = {
  'public ACL': {
    AccessControlList: {
      ...sound.AccessControlList,
      grantList: [ownerGrant, { grantee: 'AllUsers', permission: 'Read' }],
    },
  },
  'foreign ACL': {
    AccessControlList: {
      ...sound.AccessControlList,
      grantList: [{ grantee: { id: 'beef' }, permission: 'Read' }],
    },
  },
  'no retention': { ObjectLockConfiguration: { objectLockEnabled: 'Enabled', rule: null } },
  'one flag off': {
    PublicAccessBlockConfiguration: {
      ...sound.PublicAccessBlockConfiguration,
      blockPublicPolicy: false,
    },
  },
  'unknown class': { BucketTaggingConfiguration: { tagSets: [{ tags: { team: 'b' } }] } },
  'no access logs': {
    BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
  },
  'replicas of a stranger': {
    BucketReplicationConfiguration: {
      rules: {
        all: {
          status: 'Enabled',
          destinationConfig: { bucketARN: 'arn:aws:s3:::logs', Account: '999988887777' },
        },
      },
    },
  },
  'narrow lifecycle': lifecycleWith({
    filter: { predicate: { type: 'LifecyclePrefixPredicate', prefix: 'a/' } },
  }),
  'disabled lifecycle': lifecycleWith({ status: 'Disabled' }),
  'early expiry': lifecycleWith({ expirationInDays: 3, noncurrentVersionExpirationInDays: 3 }),
  'versioning off': { BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null } },
  'no policy': { BucketPolicy: { policyText: null } },
  'one denial is enough for none': { BucketPolicy: policyOf(statements.http) },
  'service for anybody': {
    BucketPolicy: policyOf({ ...statements.trail, Condition: undefined }),
  },
  'open policy': {
    BucketPolicy: policyOf({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }),
  },
  'SSE-S3': {
    ServerSideEncryptionConfiguration: {
      rules: [
        { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256', kmsMasterKeyID: null } },
      ],
    },
  },
  'another key': {
    ServerSideEncryptionConfiguration: {
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID: 'other' },
        },
      ],
    },
  },
};

const { trail: _, ...denials } = statements;
const withoutTrail = bucketItem('b', {
  supplementaryConfiguration: { ...sound, BucketPolicy: policyOf(...Object.values(denials)) },
});

const settings = {
  ...emptySettings,
  kms: { approvedKeys: [keyArn] },
  // Of the sound policy with the trail and without it.
  reviews: [bucketItem('b', { supplementaryConfiguration: sound }), withoutTrail].map((item) => ({
    arn: 'arn:aws:s3:::b',
    policySha256: sha256Of(item),
    reviewer: 'team',
    at: '2026-01-01',
  })),
  rules: {
    's3-policy-network-perimeter': { vpcEndpoints },
    's3-lifecycle-expiration': { appliesTo: ['b'] },
    's3-data-classification': { classificationTags: ['team'], allowedValues: ['a'] },
    's3-residency': { allowedRegions: ['eu-central-1'] },
    's3-object-lock-retention': { appliesTo: ['team=a'] },
  },
};

function sha256Of(raw: unknown): string {
  const reading = policySha256.read(unwrap(raw));
  return 'value' in reading ? String(reading.value) : '';
}

/** The bucket that takes the access logs. */
const inventory = new RecordedInventory();
inventory.name(['logs']);
inventory.meet(
  unwrap(
    bucketItem('logs', {
      supplementaryConfiguration: {
        ...sound,
        AccessControlList: {
          ...sound.AccessControlList,
          grantList: [ownerGrant, { grantee: 'LogDelivery', permission: 'Write' }],
        },
        ObjectLockConfiguration: undefined,
        ServerSideEncryptionConfiguration: undefined,
      },
    }),
  ),
);

function verdictsOf(raw: unknown): Map<string, string> {
  const item = unwrap(raw);
  const absence = absenceOf(item);
  const subject = subjectFrom('bucket', item, { inventory, now: '2026-01-01' });
  const verdicts = rules.map((each) => {
    const params = parametersOf(each, settings);
    const context = { params, waivers: [], accounts: {}, now: '2026-01-01', capturedAt: null };
    const finding = absence
      ? evaluateAbsent(each, identityOf(item), absence, context)
      : evaluate(each, subject, context);
    return [each.id, finding.verdict] as const;
  });
  return new Map(verdicts);
}

type Path = readonly (string | number)[];

/** Every place in a value, from the root down. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, entry]) => places(entry, [...path, key]));
  return [path, ...inner];
}

function replaced(value: unknown, [key, ...rest]: Path, junk: unknown): unknown {
  if (key === undefined) return junk;
  if (Array.isArray(value))
    return value.map((entry, at) => (at === Number(key) ? replaced(entry, rest, junk) : entry));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[key], rest, junk) };
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    7.5,
    [],
    {},
    [[]],
    { a: 1 },
    'junk',
    '{',
    '\u0000\u202e',
    '__proto__',
    -7,
    1e300,
  ),
  fc
    .jsonValue({ maxDepth: 2 })
    .filter(
      (value) =>
        value !== null && value !== '' && typeof value !== 'boolean' && typeof value !== 'number',
    ),
);
const encodings = [(item: EventItem): unknown => item, toApiEncoding];

describe('damage to a configuration item', () => {
  it('starts from an item that passes every rule it could fail', () => {
    const verdicts = verdictsOf(withoutTrail);
    const failed = [...verdicts].filter(([, verdict]) => verdict === 'NON_COMPLIANT');
    expect(failed, 'change the item of this test so that it passes the rule').toEqual([]);
  });

  it.each(
    Object.entries(failing),
  )('never turns "%s" into COMPLIANT, nor crashes', (_name, change) => {
    // Tags stand in an item twice.
    const tags = { team: 'BucketTaggingConfiguration' in change ? 'b' : 'a' };
    const item = bucketItem('b', { tags, supplementaryConfiguration: { ...sound, ...change } });
    const failed = [...verdictsOf(item)].filter(([, verdict]) => verdict === 'NON_COMPLIANT');
    expect(failed.length).toBeGreaterThan(0);
    const spots = places({ supplementaryConfiguration: item.supplementaryConfiguration });
    fc.assert(
      fc.property(
        fc.constantFrom(...spots),
        junk,
        fc.constantFrom(...encodings),
        (spot, value, encode) => {
          // No damage: an ACL without grants.
          fc.pre(spot.at(-1) !== 'grantList' || JSON.stringify(value) !== '[]');
          const damaged = replaced(item, spot, value) as typeof item;
          let verdicts: Map<string, string>;
          try {
            verdicts = verdictsOf(encode(damaged));
          } catch (error) {
            expect(error).toBeInstanceOf(Malformed);
            return;
          }
          for (const [id] of failed) {
            expect(verdicts.get(id), `${id}, damaged at ${spot.join('.')}`).not.toBe('COMPLIANT');
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of any kind, anywhere, ends in a verdict or in Malformed', () => {
    const item = bucketItem('b', { supplementaryConfiguration: sound });
    const spots = places(item);
    fc.assert(
      fc.property(fc.constantFrom(...spots), fc.oneof(junk, fc.anything()), (spot, value) => {
        try {
          expect(verdictsOf(replaced(item, spot, value)).size).toBe(rules.length);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
        }
      }),
      { numRuns: 200 },
    );
  });
});
