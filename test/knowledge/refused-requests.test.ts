import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import perimeter from '../../rules/s3-policy-network-perimeter.ts';
import urls from '../../rules/s3-presigned-url-guard.ts';
import sseC from '../../rules/s3-sse-c-blocked.ts';
import tls from '../../rules/s3-tls-only.ts';
import uploads from '../../rules/s3-upload-encryption-enforced.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import type { Rule } from '../../src/engine/rule.ts';
import type { FacetName } from '../../src/facts/index.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { bucket } from '../describe-rule.ts';
import { policyOf } from '../facet-values.ts';
import { applies, compile, type Keys } from '../policy/evaluator.ts';
import { subjectOf } from '../subject-of.ts';

/**
 * Whatever the denials: where one of these rules passes, every request of the kind it speaks of is denied. Requests are
 * concrete and judged by the evaluator of test/policy, which shares no code with the engine.
 */
type Pairs = Readonly<Record<string, string | null>>;
type Pool = readonly (readonly [operator: string, key: string, values: unknown])[];

const keysOf = (pairs: Pairs): Keys =>
  new Map(
    Object.entries(pairs).flatMap(([key, value]) =>
      value === null ? [] : [[key.toLowerCase(), [value]] as const],
    ),
  );
const product = (...lists: readonly (readonly Pairs[])[]): readonly Pairs[] =>
  lists.reduce((all, list) => all.flatMap((one) => list.map((more) => ({ ...one, ...more }))), [
    {},
  ] as readonly Pairs[]);
const each = (key: string, ...values: readonly (string | null)[]): readonly Pairs[] =>
  values.map((value) => ({ [key]: value }));

const member = (caller: string, name: string, organization: string | null) => ({
  kind: 'account' as const,
  caller,
  arn: `arn:aws:iam::${caller}:role/${name}`,
  keys: {
    'aws:PrincipalAccount': caller,
    'aws:PrincipalArn': `arn:aws:iam::${caller}:role/${name}`,
    'aws:PrincipalOrgID': organization,
    'aws:PrincipalIsAWSService': 'false',
  },
});
const people = [
  {
    kind: 'anonymous' as const,
    caller: '',
    arn: '',
    keys: { 'aws:PrincipalAccount': 'anonymous' },
  },
  member('123456789012', 'app', null),
  member('123456789012', 'admin', 'o-strangers1'),
  member('444455556666', 'app', null),
];
const services = ['logging.s3.amazonaws.com', 'lambda.amazonaws.com'].map((caller) => ({
  kind: 'service' as const,
  caller,
  arn: '',
  keys: { 'aws:PrincipalIsAWSService': 'true', 'aws:SourceAccount': '123456789012' },
}));

const objects = ['a', 'in/b'].map((key) => `${bucket.arn}/${key}`);
const at = (actions: readonly string[], resources: readonly string[]) =>
  actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
const everywhere = [
  ...at(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:NewAction'], objects),
  ...at(['s3:ListBucket', 's3:PutBucketPolicy'], [bucket.arn]),
];

interface Kind {
  readonly rule: Rule;
  readonly params?: object;
  /** Conditions that denials are made of; the first is right by itself. */
  readonly pool: Pool;
  readonly callers: readonly ((typeof people)[number] | (typeof services)[number])[];
  readonly places: readonly { readonly action: string; readonly resource: string }[];
  readonly requests: readonly Pairs[];
}

const id = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const sse = 's3:x-amz-server-side-encryption';
const key = 'arn:aws:kms:eu-central-1:123456789012:key/good';
const algorithm = 's3:x-amz-server-side-encryption-customer-algorithm';
const endpoint = 'vpce-0123456789abcdef0';
const secure = each('aws:SecureTransport', 'true', 'false');
const common: Pool = [
  ['Bool', 'aws:SecureTransport', 'false'],
  ['Bool', 'aws:SecureTransport', 'true'],
  ['StringNotEquals', 'aws:PrincipalAccount', '123456789012'],
  ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/admin'],
  ['StringEquals', 'aws:PrincipalAccount', 'anonymous'],
];

const kinds: Readonly<Record<string, Kind>> = {
  'uploads with SSE-C': {
    rule: sseC,
    pool: [
      ['Null', algorithm, 'false'],
      ['StringEquals', algorithm, 'AES256'],
      ['StringEqualsIfExists', algorithm, 'AES256'],
      ['StringNotEquals', algorithm, 'aws:kms'],
      ['Null', algorithm, 'true'],
      ['StringNotEquals', algorithm, 'AES256'],
      ...common,
    ],
    callers: [...people, ...services],
    places: at(['s3:PutObject'], objects),
    requests: product(each(algorithm, 'AES256'), secure),
  },
  'old pre-signed URLs': {
    rule: urls,
    pool: [
      ['NumericGreaterThan', 's3:signatureAge', '3600000'],
      ['NumericGreaterThan', 's3:signatureAge', ['600000', '86400000']],
      ['NumericGreaterThan', 's3:signatureAge', '86400000'],
      ['NumericEquals', 's3:signatureAge', '3600001'],
      ['NumericNotEquals', 's3:signatureAge', '7200000'],
      ['NumericLessThan', 's3:signatureAge', '9000000'],
      ['StringNotEquals', 's3:authType', 'REST-HEADER'],
      ['StringEquals', 's3:authType', 'REST-QUERY-STRING'],
      ['StringEquals', 's3:authType', 'REST-HEADER'],
      ...common,
    ],
    callers: people,
    places: at(['s3:GetObject', 's3:PutObject', 's3:NewAction'], objects),
    requests: product(
      each('s3:authType', 'REST-QUERY-STRING'),
      each('s3:signatureAge', '3600001', '7200000', '604800000'),
      secure,
    ),
  },
  'uploads with another encryption': {
    rule: uploads,
    params: { approvedKeys: [key, 'alias/x'] },
    pool: [
      ['StringNotEqualsIfExists', id, key],
      ['ArnNotEquals', id, [key]],
      ['StringEquals', sse, 'AES256'],
      ['StringNotEquals', sse, 'aws:kms'],
      ['Null', sse, 'false'],
      ['StringLike', sse, 'aws:kms*'],
      ['StringNotEquals', id, [key, `${key}2`]],
      ['StringNotLike', id, 'arn:aws:kms:*:123456789012:key/*'],
      ['StringNotLike', id, '*'],
      ['StringEquals', id, `${key}2`],
      ['Null', id, 'true'],
      ['Null', id, 'false'],
      ...common,
    ],
    callers: [...people, ...services],
    places: at(['s3:PutObject'], objects),
    requests: [
      ...product([{ [sse]: 'AES256', [id]: null }], secure),
      ...product(
        each(sse, 'aws:kms', 'aws:kms:dsse'),
        each(id, null, `${key}2`, key.replace('1234', '4321'), 'arn:aws:kms:x:444455556666:key/a'),
        secure,
      ),
    ],
  },
  'uploads with a key of another account': {
    rule: uploads,
    params: { approvedKeys: ['account:123456789012'] },
    pool: [
      ['StringNotLikeIfExists', id, 'arn:aws:kms:*:123456789012:key/*'],
      ['ArnNotLike', id, 'arn:aws:kms:*:123456789012:*'],
      ['StringNotEquals', id, [key, `${key}2`]],
      ['StringNotEquals', id, 'alias/data'],
      ['StringNotLike', id, '*'],
      ['StringNotLike', id, 'arn:*:123456789012:*'],
      ['Null', sse, 'false'],
      ...common,
    ],
    callers: [...people, ...services],
    places: at(['s3:PutObject'], objects),
    requests: [
      ...product([{ [sse]: 'AES256', [id]: null }], secure),
      ...product(
        each(sse, 'aws:kms', 'aws:kms:dsse'),
        each(id, null, 'alias/data', 'arn:aws:kms:eu-central-1:444455556666:key/123456789012'),
        secure,
      ),
    ],
  },
  'requests from outside the perimeter': {
    rule: perimeter,
    params: { vpcEndpoints: [endpoint], cidrs: ['203.0.113.0/24'] },
    pool: [
      ['StringNotEqualsIfExists', 'aws:SourceVpce', endpoint],
      ['NotIpAddressIfExists', 'aws:SourceIp', '203.0.113.0/24'],
      ['NotIpAddress', 'aws:SourceIp', '203.0.113.128/25'],
      ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false'],
      ['BoolIfExists', 'aws:ViaAWSService', 'false'],
      ['Bool', 'aws:PrincipalIsAWSService', 'false'],
      ['NotIpAddress', 'aws:SourceIp', '198.51.0.0/16'],
      ['StringNotEquals', 'aws:SourceVpce', [endpoint, 'vpce-0bad0bad0']],
      ['StringEquals', 'aws:SourceVpce', 'vpce-0bad0bad0'],
      ['StringNotEquals', 'aws:PrincipalOrgID', 'o-strangers1'],
      ...common,
    ],
    callers: people,
    places: everywhere,
    requests: product(
      [
        { 'aws:SourceIp': '198.51.100.77', 'aws:SourceVpce': null },
        { 'aws:SourceIp': '8.8.8.8', 'aws:SourceVpce': null },
        { 'aws:SourceIp': null, 'aws:SourceVpce': 'vpce-0bad0bad0' },
      ],
      each('aws:ViaAWSService', 'false'),
      secure,
    ),
  },
  'requests with old TLS, or none': {
    rule: tls,
    params: { minimumTlsVersion: '1.2' },
    pool: [
      ['Bool', 'aws:SecureTransport', 'false'],
      ['NumericLessThan', 's3:TlsVersion', '1.2'],
      ['NumericLessThan', 's3:TlsVersion', ['1.1', '1.3']],
      ['NumericEquals', 's3:TlsVersion', ['1.0', '1.1']],
      ['NumericGreaterThan', 's3:TlsVersion', '1.1'],
      ...common,
    ],
    callers: people,
    places: everywhere,
    requests: [
      { 'aws:SecureTransport': 'false', 's3:TlsVersion': null },
      ...product(each('aws:SecureTransport', 'true'), each('s3:TlsVersion', '1', '1.0', '1.1')),
    ],
  },
};

/** Mostly as it should be, so that many policies pass, with a flaw now and then. */
const mostly = <T>(right: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(right) }, fc.constantFrom(right, ...others));
const both = [bucket.arn, `${bucket.arn}/*`];
const denial = ([right, ...others]: Pool) =>
  fc
    .record({
      who: mostly<object>(
        { Principal: '*' },
        { Principal: { AWS: '*' } },
        { Principal: { AWS: '123456789012' } },
        { NotPrincipal: { AWS: 'arn:aws:iam::123456789012:role/admin' } },
      ),
      what: mostly<object>(
        { Action: 's3:*' },
        { Action: ['s3:PutObject', 's3:Get*'] },
        { NotAction: 's3:ListBucket' },
      ),
      where: mostly<object>(
        { Resource: both },
        { Resource: both[0] },
        { Resource: both[1] },
        { Resource: `${bucket.arn}/in/*` },
        { NotResource: `${bucket.arn}/in/*` },
      ),
      conditions: fc.array(mostly(right, ...others), { minLength: 1, maxLength: 3 }),
    })
    .map(({ who, what, where, conditions }) => {
      const Condition: Record<string, Record<string, unknown>> = {};
      for (const [operator, name, values] of conditions.filter((one) => one !== undefined)) {
        Condition[operator] = { ...Condition[operator], [name]: values };
      }
      return { Effect: 'Deny', ...who, ...what, ...where, Condition };
    });

function passes(rule: Rule, statements: readonly object[], given: object = {}): boolean {
  const facets: Partial<Record<FacetName, unknown>> = {
    policy: policyOf(...statements),
    roles: [],
    kmsAliases: new Map(),
    blockedEncryption: [],
  };
  const subject = subjectOf(bucket, rule.reads, (name) => ({ value: facets[name] }));
  const params = parametersOf(rule, emptySettings, { ...given });
  return rule.evaluate(subject, params).verdict === 'COMPLIANT';
}

describe.each(Object.entries(kinds))('%s', (_name, kind) => {
  const { rule, params, pool, callers, places, requests } = kind;
  const all = callers.flatMap((caller) =>
    requests.flatMap((request) =>
      places.map((place) => ({
        ...caller,
        ...place,
        keys: new Map([...keysOf(caller.keys), ...keysOf(request)]),
      })),
    ),
  );

  it('are denied, one by one, wherever the rule passes', () => {
    let passed = 0;
    fc.assert(
      fc.property(fc.array(denial(pool), { minLength: 1, maxLength: 4 }), (statements) => {
        if (!passes(rule, statements, params)) return;
        passed += 1;
        const denials = statements.map((statement) => compile(statement));
        const open = all.find((request) => !denials.some((one) => applies(one, request)));
        expect(open).toBeUndefined();
      }),
      { numRuns: 300 },
    );
    expect(passed).toBeGreaterThan(5);
  });
});
