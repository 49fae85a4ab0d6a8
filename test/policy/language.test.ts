import { describe, expect, it } from 'vitest';
import { accountOf, arnParts, fixedAccount, matchArn } from '../../src/policy/language/arns.ts';
import { canonicalPolicy } from '../../src/policy/language/canonical.ts';
import { describeCondition, keyName } from '../../src/policy/language/conditions.ts';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { covers, inOrder, matches, mayIntersect, rests } from '../../src/policy/language/glob.ts';
import { parsePrincipals } from '../../src/policy/language/principals.ts';
import { sharedPolicy } from '../../src/policy/language/shared.ts';
import { some, type Tri } from '../../src/policy/language/tri.ts';

const allow = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' };
const statementOf = (parts: object) =>
  parsePolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: { ...allow, Resource: 'arn:aws:s3:::b/*', ...parts },
    }),
  ).statements[0];

it.each<[readonly Tri[], Tri]>([
  [[], -1],
  [[-1, -1], -1],
  [[0, -1], 0],
  [[-1, 0], 0],
  [[0, -1, 0, -1], 0],
  [[0, 1], 1],
  [[1, -1], 1],
])('one of %j at least: %i', (values, truth) => {
  expect(some(values)).toBe(truth);
});

/** IAM User Guide, "Identify AWS resources with Amazon Resource Names". */
describe('an ARN', () => {
  it.each<[string, readonly string[] | null]>([
    ['arn:aws:s3:::b', ['arn', 'aws', 's3', '', '', 'b']],
    ['arn:aws:s3:::b:c:d', ['arn', 'aws', 's3', '', '', 'b:c:d']],
    ['arn:aws:iam::111122223333:', ['arn', 'aws', 'iam', '', '111122223333', '']],
    ['arn:aws:iam::111122223333', null],
    ['arn:aws', null],
    ['arn', null],
    ['', null],
    ['urn:aws:iam::111122223333:role/r', null],
    [':aws:iam::111122223333:role/r', null],
  ])('%s', (text, parts) => {
    expect(arnParts(text)).toEqual(parts);
  });

  it('has its account in field five, if that is one', () => {
    expect(accountOf('arn:aws:iam::111122223333:root')).toBe('111122223333');
    expect(accountOf('arn:aws:iam::11112222333:root')).toBeNull();
    expect(accountOf('arn:aws:iam::cloudfront:user/x')).toBeNull();
    expect(accountOf('urn:aws:iam::111122223333:root')).toBeNull();
  });

  it.each<[string, 'arn' | 'like' | 'equals', string | null]>([
    ['arn:*:iam::111122223333:role/*', 'arn', '111122223333'],
    ['arn:*:iam::111122223333:role/*', 'like', null],
    ['arn:aws:iam::111122223333:role/*', 'like', '111122223333'],
    ['arn:aws:iam::111122223333*', 'like', null],
    ['arn:aws:iam::1111*:role/r', 'arn', null],
  ])('%s fixes under %s the account %s', (pattern, test, account) => {
    expect(fixedAccount(pattern, test)).toBe(account);
  });

  it.each<[string, string, Tri]>([
    ['arn:aws:s3:::b*', 'arn:aws:s3:::bucket', 1],
    ['arn:aws:*', 'arn:aws:s3:::bucket', 0],
    ['arn:aws:*:*:*:bucket', 'arn:aws:s3:::bucket', 1],
    ['arn:aws:s3:*:b', 'arn:aws:s3:::b', 0],
    ['arn:aws:s3:::b', 'arn:aws:s3:eu-west-1::b', -1],
    ['arn:aws:s3:::b', 'bucket', 0],
  ])('%s is compared part by part with %s: %i', (pattern, arn, truth) => {
    expect(matchArn(pattern, arn)).toBe(truth);
  });
});

describe('a condition', () => {
  it.each<[string, string]>([
    ['AWS:SourceIp', 'aws:sourceip'],
    ['aws:RequestTag/Team', 'aws:requesttag/Team'],
    ['AWS:ResourceTag/A/B', 'aws:resourcetag/A/B'],
  ])('on %s is on %s', (written, key) => {
    expect(keyName(written)).toBe(key);
  });

  it.each<[object, string]>([
    [{ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, 'StringLike aws:PrincipalOrgID "o-*"'],
    [{ Bool: { 'aws:SecureTransport': [true, 'no'] } }, 'Bool aws:SecureTransport "true", "no"'],
    [{ StringEquals: { 'aws:userid': [{}, 'x'] } }, 'StringEquals aws:userid null, "x"'],
    [{ StringEquals: { 'aws:userid': [] } }, 'StringEquals aws:userid'],
    [{ StringEquals: {} }, 'StringEquals'],
    [{ StringEquals: 'x' }, 'StringEquals'],
  ])('%j is shown as %s', (Condition, text) => {
    expect(statementOf({ Condition })?.conditions.map(describeCondition)).toEqual([text]);
  });

  it('has a variable only where one of its values has one', () => {
    const isVariable = (value: unknown) =>
      statementOf({ Condition: { StringEquals: { 'aws:userid': value } } })?.conditions[0]
        ?.variables;
    expect(
      [`$${'{'}aws:username}`, 'x', '$x{', ['x', `a$${'{'}b}`], [{}], 7].map(isVariable),
    ).toEqual([true, false, false, true, false, false]);
  });
});

/** IAM User Guide, "AWS JSON policy elements: Principal". */
describe('a principal', () => {
  const canonical = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
  it.each<[unknown, readonly object[]]>([
    ['*', [{ kind: 'everyone', text: '*' }]],
    [{ AWS: '*' }, [{ kind: 'everyAccount', text: '*' }]],
    [{ AWS: '111122223333' }, [{ kind: 'account', account: '111122223333', text: '111122223333' }]],
    [
      { AWS: 'arn:aws-cn:iam::111122223333:root' },
      [{ kind: 'account', account: '111122223333', text: 'arn:aws-cn:iam::111122223333:root' }],
    ],
    [
      { AWS: 'arn:aws:sts::111122223333:assumed-role/r/s' },
      [
        {
          kind: 'entity',
          account: '111122223333',
          text: 'arn:aws:sts::111122223333:assumed-role/r/s',
        },
      ],
    ],
    [{ CanonicalUser: canonical }, [{ kind: 'canonicalUser', text: canonical }]],
    [{ CanonicalUser: `-${canonical}` }, [{ kind: 'unresolved', text: `-${canonical}` }]],
    [{ CanonicalUser: `${canonical}*` }, [{ kind: 'unresolved', text: `${canonical}*` }]],
    [{ AWS: 'AROAEXAMPLEID1234' }, [{ kind: 'deleted', text: 'AROAEXAMPLEID1234' }]],
    [{ AWS: 'AKIAEXAMPLEID1234' }, [{ kind: 'unresolved', text: 'AKIAEXAMPLEID1234' }]],
    [{ Unknown: 'AROAEXAMPLEID1234' }, [{ kind: 'unresolved', text: 'AROAEXAMPLEID1234' }]],
    [{ Unknown: 'abc' }, [{ kind: 'unresolved', text: 'abc' }]],
    [{ AWS: '' }, [{ kind: 'unresolved', text: '{"AWS":""}' }]],
    [{ Federated: '' }, [{ kind: 'unresolved', text: '{"Federated":""}' }]],
    [{ Federated: 7 }, [{ kind: 'unresolved', text: '{"Federated":7}' }]],
    [
      { Federated: 'arn:aws:iam::111122223333:saml-provider/x' },
      [
        {
          kind: 'federated',
          account: '111122223333',
          text: 'arn:aws:iam::111122223333:saml-provider/x',
        },
      ],
    ],
    [
      { Service: 's3.amazonaws.com' },
      [{ kind: 'service', service: 's3.amazonaws.com', text: 's3.amazonaws.com' }],
    ],
    [{ Service: '*.amazonaws.com' }, [{ kind: 'unresolved', text: '*.amazonaws.com' }]],
    [{ Service: 's3.amazonaws.com.evil' }, [{ kind: 'unresolved', text: 's3.amazonaws.com.evil' }]],
    ['everyone', [{ kind: 'unresolved', text: 'everyone' }]],
    [['*'], [{ kind: 'unresolved', text: '["*"]' }]],
    [{}, [{ kind: 'unresolved', text: '{}' }]],
    [{ AWS: [] }, [{ kind: 'unresolved', text: '{"AWS":[]}' }]],
  ])('%j', (element, principals) => {
    expect(parsePrincipals(element)).toEqual(principals);
  });
});

it.each([
  ['["a!","a"]', '["a","a!"]'],
  ['["a","a b"]', '["a","a b"]'],
  ['["b\\\\","b\\\\c","b[c"]', '["b[c","b\\\\","b\\\\c"]'],
  ['["a","a"]', '["a","a"]'],
  ['["b","a","c"]', '["a","b","c"]'],
])('the canonical form of %s is sorted by texts: %s', (text, form) => {
  expect(canonicalPolicy(text)).toBe(form);
});

describe('globs', () => {
  it.each<[string, string, boolean]>([
    ['?', '*', false],
    ['*', '?', true],
    ['a?', 'a*', false],
    ['*?', '?*', true],
    ['?*', '*?', true],
    ['??*', '*?', false],
    ['*?*', 'a', true],
    ['a*?c', 'a?*c', true],
    ['a*b', 'a*?b', true],
    ['a?*b', 'a*b', false],
    ['?b', '?b', true],
    ['*b?', 'ab*', false],
  ])('%s covers %s: %s', (outer, inner, covered) => {
    expect(covers(outer, inner)).toBe(covered);
  });

  it.each<[string, string, boolean]>([
    ['a*', '*b', true],
    ['a*', 'b*', false],
    ['*a', '*b', false],
    ['a?', 'a', false],
    ['a', 'a?', false],
    ['a?', 'ab', true],
    ['ab*', 'a*', true],
    ['*ab', '*b', true],
    ['*b', '*ab', true],
    ['a*x', 'ab?y', false],
  ])('%s and %s have a text in common: %s', (one, other, isCommon) => {
    expect(mayIntersect(one, other)).toBe(isCommon);
  });

  it.each<[string, string, readonly string[]]>([
    ['abc', 'ab', ['c']],
    ['ab', 'ab', ['']],
    ['ab', 'abc', []],
    ['a*', 'abc', ['*']],
    ['*', 'abc', ['*']],
    ['a?c', 'ab', ['c']],
    ['a*c', 'abc', ['*c', '']],
    ['*c*', 'abc', ['*c*', '*']],
    ['b*', 'abc', []],
    ['??', 'abc', []],
  ])('%s goes on behind %s with %j', (glob, prefix, expected) => {
    expect(rests(glob, prefix)).toEqual(expected);
    for (const rest of expected)
      expect(matches(glob, prefix + rest.replaceAll(/[*?]/g, 'x'))).toBe(true);
  });

  it('keep their wildcards where none stand together', () => {
    expect(['a*b*c', 'a?b', '*a?', '?'].map(inOrder)).toEqual(['a*b*c', 'a?b', '*a?', '?']);
  });
});

/** One reading serves all buckets whose policies differ in their name only, so whatever else the name may do has to be seen. */
describe('a policy that buckets share', () => {
  const STAND_IN = 'z'.repeat(63);
  const arn = 'arn:aws:s3:::data';
  const text = (parts: object, Version = '2012-10-17') =>
    JSON.stringify({ Version, Statement: [{ ...allow, Resource: `${arn}/*`, ...parts }] });
  const share = (policy: string, of = arn) => sharedPolicy(policy, of, STAND_IN);
  const escaped = '\\u0061';

  it.each<[string, string, string?]>([
    ['its objects', text({})],
    ['itself and its objects', text({ Resource: [arn, `${arn}/*`] })],
    ['everything', text({ Resource: '*' })],
    ['everything and itself', text({ Resource: ['*', arn] })],
    ['all but itself', text({ Resource: undefined, NotResource: arn })],
    ['a folder by a variable', text({ Resource: `${arn}/$${'{'}aws:username}/*` })],
    ['a bucket in China', text({}).replaceAll('arn:aws:', 'arn:aws-cn:'), 'arn:aws-cn:s3:::data'],
    [
      'the longest name',
      text({ Resource: `${arn.slice(0, 13)}${'n'.repeat(63)}` }),
      `${arn.slice(0, 13)}${'n'.repeat(63)}`,
    ],
    ['the longest text', text({}).padEnd(20_480)],
  ])('%s', (_, policy, of = arn) => {
    const [prefix = ''] = /^.*:/.exec(of) ?? [];
    const template = policy.replaceAll(of, prefix + STAND_IN);
    expect(share(policy, of)).toEqual({ policy: parsePolicy(template), text: template });
  });

  it.each<[string, string, string?]>([
    ['another bucket', text({ Resource: 'arn:aws:s3:::other/*' })],
    ['another bucket as well', text({ Resource: [arn, 'arn:aws:s3:::other/*'] })],
    ['a bucket that is called alike', text({ Resource: `${arn}-logs/*` })],
    ['buckets that are called alike', text({ Resource: `${arn}*` })],
    ['every bucket', text({ Resource: 'arn:aws:s3:::*' })],
    ['a bucket of any partition', text({ Resource: 'arn:*:s3:::data' })],
    ['the name in a condition', text({ Condition: { ArnLike: { 'aws:SourceArn': arn } } })],
    ['the name of the statement', text({ Sid: arn })],
    [
      'the name in a condition on objects',
      text({ Condition: { StringLike: { 'aws:Referer': `${arn}/x` } } }),
    ],
    ['a question mark', text({ Resource: `${arn}/?` })],
    ['a question mark elsewhere', text({ Sid: 'Why?' })],
    ['a letter that is escaped', text({}).replace('data', `d${escaped}ta`)],
    ['a letter that is escaped elsewhere', text({ Sid: 'x' }).replace('"x"', `"${escaped}"`)],
    [
      'a denial by a variable',
      text({ Effect: 'Deny', Resource: [arn, `${arn}/$${'{'}aws:username}/*`] }),
    ],
    ['no policy', text({ Effect: 'Permit' })],
    ['no JSON', text({}).slice(1)],
    ['a text that is too long', text({}).padEnd(20_481)],
    ['a short name', text({}).replaceAll('data', 'ab'), 'arn:aws:s3:::ab'],
    ['a long name', text({}).replaceAll('data', 'n'.repeat(64)), `arn:aws:s3:::${'n'.repeat(64)}`],
    ['large letters', text({}).replaceAll('data', 'Data'), 'arn:aws:s3:::Data'],
    ['a large letter inside', text({}).replaceAll('data', 'daTa'), 'arn:aws:s3:::daTa'],
    ['a hyphen in front', text({}).replaceAll('data', '-data'), 'arn:aws:s3:::-data'],
    ['a hyphen behind', text({}).replaceAll('data', 'data-'), 'arn:aws:s3:::data-'],
    ['an object', text({}), `${arn}/x`],
    ['a folder', text({}), `${arn}/`],
    ['a Region', text({}).replaceAll('s3:::', 's3:eu-west-1::'), 'arn:aws:s3:eu-west-1::data'],
    ['another partition', text({}).replaceAll('arn:aws', 'arn:gov'), 'arn:gov:s3:::data'],
    ['what stands in front', text({}), `x${arn}`],
  ])('not %s', (_, policy, of = arn) => {
    expect(share(policy, of)).toBeNull();
  });

  it('is not that of the bucket before', () => {
    const policy = text({});
    expect(share(policy)).not.toBeNull();
    expect(share(policy, 'arn:aws:s3:::other')).toBeNull();
    expect(share(text({ Resource: '*' }), 'arn:aws:s3:::other')?.text).toBe(
      text({ Resource: '*' }),
    );
    expect(share(policy)).toBe(share(policy));
  });
});
