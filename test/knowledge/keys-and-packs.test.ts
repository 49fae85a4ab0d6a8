import { expect, it } from 'vitest';
import type { DeployedRule, PackRule } from '../../src/facts/pack.ts';
import { wordsOf } from '../../src/knowledge/accounts/attestation.ts';
import { deploymentOf, expectedRules, faultIn } from '../../src/knowledge/accounts/pack-health.ts';
import { approves, mayBeAwsManaged, resolveKey } from '../../src/knowledge/buckets/kms-key.ts';
import { bucket } from '../describe-rule.ts';
import { attestation } from '../facet-values.ts';

const ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const at = (account = bucket.account, region = bucket.region) =>
  `arn:aws:kms:${region}:${account}:key/${ID}`;
const none = new Map<string, string>();

it.each<[string, string, boolean]>([
  ['its account', `account:${bucket.account}`, true],
  ['another account', 'account:999988887777', false],
  ['words before an account', `my-account:${bucket.account}`, false],
  ['words after an account', `account:${bucket.account}1`, false],
  ['its ARN', at(), true],
  ['its id', ID, true],
  ['its id with the word key', `key/${ID}`, true],
  ['its id with the word key inside', `x-key/${ID}`, false],
  ['a part more', `${at()}:x`, false],
  ['a part less', at().replace(`${bucket.account}:`, ''), false],
  ['every Region', at().replace(bucket.region, '*'), true],
  ['every Region and account in one', `arn:aws:kms:*:key/${ID}`, false],
])('a selector with %s', (_, selector, isApproved) => {
  expect(approves(selector, resolveKey(at(), bucket, none), bucket)).toBe(isApproved);
});

it('approves an alias that is not resolved by its name, and by no account', () => {
  const key = resolveKey('alias/data', bucket, none);
  expect(key).toMatchObject({ arn: null, awsManaged: false, account: bucket.account });
  expect(approves(`account:${bucket.account}`, key, bucket)).toBe(false);
  expect(approves('alias/data', key, bucket)).toBe(true);
  expect(resolveKey('arn:aws:kms', bucket, none)).toMatchObject({
    arn: 'arn:aws:kms',
    region: '',
    account: '',
  });
});

const aws = new Map([[`arn:aws:kms:${bucket.region}:${bucket.account}:alias/aws/s3`, `${at()}2`]]);
it.each<[string, string, readonly string[], ReadonlyMap<string, string>, boolean]>([
  ['approved by its account', at(), [`account:${bucket.account}`], none, true],
  ['approved by a wildcard', at(), [at().replace(ID, '*')], none, true],
  [
    'approved by a wildcard that does not end it',
    at(),
    [at().replace(ID, `*${ID.slice(3)}`)],
    none,
    true,
  ],
  ['approved by its ARN', at(), [at()], none, false],
  ['approved by its ARN, beside a wildcard', at(), [at().replace(ID, '*'), at()], none, false],
  ['approved by its id in every Region', at(), [at().replace(bucket.region, '*')], none, false],
  ['beside the recorded alias of aws/s3', at(), [`account:${bucket.account}`], aws, false],
  ['of another account', at('999988887777'), ['account:999988887777'], none, false],
  [
    'of another Region',
    at(bucket.account, 'eu-west-3'),
    [`account:${bucket.account}`],
    none,
    false,
  ],
])('a key %s may be aws/s3 or not', (_, name, selectors, aliases, may) => {
  expect(mayBeAwsManaged(resolveKey(name, bucket, aliases), selectors, bucket, aliases)).toBe(may);
});

const rule = (id: string, ...frameworks: string[]): PackRule => ({
  id,
  frameworks,
  homeRegionOnly: false,
  judges: [],
  needs: [],
});
const deployed = (parts: Partial<DeployedRule> = {}): DeployedRule => ({
  ...{
    name: 'n',
    rule: 'r',
    owner: 'CUSTOM_LAMBDA',
    function: 'f',
    functionAccount: '1',
    isNarrowed: false,
  },
  ...{ state: 'ACTIVE', succeededAt: null, error: null, ...parts },
});

it('expects the rules of one framework, and all for none or several', () => {
  const rules = [rule('a', 'gdpr'), rule('b', 'gdpr', 'hipaa'), rule('c', 'hipaa'), rule('d')];
  const ids = (...frameworks: string[]) =>
    expectedRules({ rules }, 'eu-central-1', { frameworks, homeRegions: [] }).map(({ id }) => id);
  expect(ids('gdpr')).toEqual(['a', 'b']);
  expect(ids('hipaa')).toEqual(['b', 'c']);
  expect(ids()).toEqual(['a', 'b', 'c', 'd']);
  expect(ids('gdpr', 'hipaa')).toEqual(['a', 'b', 'c', 'd']);
});

it.each<[Partial<DeployedRule>, string]>([
  [{ owner: 'AWS' }, 'is of the type AWS and invokes no function'],
  [{ function: null }, 'invokes no function'],
  [{ function: 'g' }, 'invokes the function g'],
  [{ functionAccount: '2' }, 'invokes a function in account 2'],
  [{ isNarrowed: true }, 'is limited to some resources'],
])('does not take for ours a rule with %j', (parts, because) => {
  const rules = [rule('r'), rule('s')];
  const others = [deployed({ rule: 's' }), deployed({ ...parts, rule: 's', name: 'm' })];
  const found = deploymentOf(rules, { deployedRules: [deployed(parts), ...others], account: '1' }, [
    'f',
  ]);
  // Where the rule itself is there as well, a stand-in takes no one's place.
  expect(found).toMatchObject({ missing: ['r'], impostors: [{ rule: 'r', name: 'n', because }] });
  expect(found.impostors).toHaveLength(1);
});

it('names the run that is dated ahead', () => {
  const genuine = new Map([
    ['r', [deployed({ name: 'r-pack', succeededAt: '2027-01-01T00:00:00.000Z' })]],
  ]);
  expect(() => faultIn(genuine, '2026-01-01T00:00:00.000Z')).toThrow(
    'deployedRules: a run of r-pack is dated 2027-01-01T00:00:00.000Z, which is later than now',
  );
});

it('names an attested thing by the end of its ARN', () => {
  const arn = 'arn:aws:cloudtrail:eu-central-1:999988887777:trail/organization';
  expect(wordsOf(attestation({ watches: 'alarms', arn }) as never)).toMatchObject({
    name: 'organization',
    owner: '999988887777',
  });
});
