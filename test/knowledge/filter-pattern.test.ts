import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABSENT, type Fact } from '../../src/knowledge/watching/event-facts.ts';
import { readFilterPattern } from '../../src/knowledge/watching/filter-pattern.ts';

const put: readonly (readonly [string, Fact])[] = [
  ['eventSource', 's3.amazonaws.com'],
  ['eventName', 'PutBucketAcl'],
  ['errorCode', ABSENT],
  ['readOnly', false],
  ['sourceIPAddress', { otherThan: ['delivery.logs.amazonaws.com'] }],
];
const isSure = (pattern: string) => readFilterPattern(pattern)?.(new Map(put)) ?? null;

describe('what is sure to match PutBucketAcl from anyone', () => {
  it.each([
    '{ ($.eventSource = s3.amazonaws.com) && (($.eventName = PutBucketAcl) || ($.eventName = PutBucketPolicy)) }',
    '{$.eventName=PutBucketAcl&&$.eventSource="s3.amazonaws.com"}',
    '  {\n ((($.eventName = "PutBucketAcl")))\t} ',
    '{ $.eventName = PutBucket* }',
    '{ $.eventName = *Acl }',
    '{ $.eventName = "*Bucket*" }',
    '{ $.eventName = * }',
    '{ $.eventName != HeadBucket }',
    '{ $.eventName != "Get*" && $.readOnly IS FALSE }',
    '{ $.errorCode NOT EXISTS && $.eventName = PutBucketAcl }',
    // && binds before ||.
    '{ $.eventName = PutBucketAcl || $.eventName = Other && $.userIdentity.type = Root }',
    // Another branch may ask for anything.
    '{ $.eventName = PutBucketAcl || $.requestParameters.x > 4.5e1 || $.a[0].b = %re|gex% }',
    '{ $.sourceIPAddress != "delivery.logs.amazonaws.com" && $.eventName = PutBucketAcl }',
  ])('%s', (pattern) => {
    expect(isSure(pattern)).toBe(true);
  });
});

describe('what may miss it', () => {
  it.each([
    '{ $.eventName = PutBucketPolicy }',
    '{ $.eventName = putbucketacl }',
    '{ $.eventName = Put*Acl }',
    '{ $.eventName != PutBucket* }',
    '{ $.eventName = PutBucketAcl && $.userIdentity.type = Root }',
    '{ ($.eventName = PutBucketAcl) && ($.userIdentity.arn != "arn:aws:iam::1:role/deploy") }',
    '{ $.eventName = PutBucketAcl && $.awsRegion = "us-east-1" }',
    '{ $.eventName = PutBucketAcl && $.sourceIPAddress != 10.* }',
    '{ $.eventName = PutBucketAcl && $.sourceIPAddress != 10.0.0.1 }',
    '{ $.eventName = PutBucketAcl && $.errorCode = "AccessDenied" }',
    '{ $.eventName = PutBucketAcl && $.errorCode != "AccessDenied" }',
    '{ $.eventName = PutBucketAcl && $.errorCode IS NULL }',
    '{ ($.eventName = PutBucketAcl || $.eventName = Other) && $.readOnly IS TRUE }',
    '{ $.eventName NOT EXISTS }',
    '{ $.eventName = %PutBucket.*% }',
    '{ $.eventName != %Get.*% }',
    '{ $.eventName >= 1 }',
    '{ $.readOnly = false }',
    '{ $.__proto__ = PutBucketAcl }',
  ])('%s', (pattern) => {
    expect(isSure(pattern)).toBe(false);
  });
});

describe('what is no pattern for JSON, or not well-formed', () => {
  it.each([
    '',
    '{}',
    '{ }',
    'PutBucketAcl',
    '?PutBucketAcl ?PutBucketPolicy',
    '[ip, user, eventName = PutBucketAcl]',
    '{ $.eventName = PutBucketAcl',
    '$.eventName = PutBucketAcl }',
    '{ $.eventName = PutBucketAcl } { $.eventName = PutBucketAcl }',
    '{ ($.eventName = PutBucketAcl }',
    '{ $.eventName = PutBucketAcl ) }',
    '{ $.eventName = PutBucketAcl && }',
    '{ || $.eventName = PutBucketAcl }',
    '{ $.eventName PutBucketAcl }',
    '{ $.eventName = "PutBucketAcl }',
    '{ $.eventName == PutBucketAcl }',
    '{ $.eventName EXISTS }',
    '{ $.eventName IS SOMETHING }',
    '{ eventName = PutBucketAcl }',
    '{ $.eventName = $.eventName }',
    '{ !($.eventName = PutBucketAcl) }',
  ])('%j', (pattern) => {
    expect(readFilterPattern(pattern)).toBeNull();
  });
});

describe('hostile patterns', () => {
  const nested = (depth: number) =>
    `{ ${'('.repeat(depth)}$.eventName = PutBucketAcl${')'.repeat(depth)} }`;

  it('are nested as deep as anybody writes, and no deeper', () => {
    expect(isSure(nested(50))).toBe(true);
    expect(isSure(nested(51))).toBeNull();
  });

  it.each([
    ['longer than CloudWatch Logs takes', nested(100_000)],
    ['open quotes', `{ $.a = ${'"'.repeat(1001)} }`],
    ['spaces', `{${' '.repeat(1_000_000)}`],
    ['backslashes', `{ $.a = "${'\\'.repeat(1001)} }`],
    ['percent signs', `{ $.a = ${'%'.repeat(999)} }`],
    ['stars', `{ $.eventName = ${'*a'.repeat(490)} }`],
  ])('%s end, and are not sure', (_name, pattern) => {
    expect(isSure(pattern)).not.toBe(true);
  });
});

/** The same language as a tree, printed and, for an event of which everything is known, evaluated the plain way. */
type Tree =
  | { readonly join: '&&' | '||'; readonly parts: readonly Tree[] }
  | { readonly path: string; readonly not: boolean; readonly value: string };
type Event = Readonly<Record<string, string>>;

const KNOWN = ['eventName', 'eventSource'];
const word = fc.constantFrom('a', 'b', 'ab');
const leaf: fc.Arbitrary<Tree> = fc.record({
  path: fc.constantFrom(...KNOWN, 'userIdentity.type', 'awsRegion'),
  not: fc.boolean(),
  value: fc.constantFrom('a', 'b', 'ab', 'a*', '*b', '*'),
});
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      join: fc.constantFrom('&&', '||'),
      parts: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));
const event = fc.record({
  eventName: word,
  eventSource: word,
  'userIdentity.type': word,
  awsRegion: word,
});

const printed = (node: Tree): string =>
  'join' in node
    ? `(${node.parts.map(printed).join(` ${node.join} `)})`
    : `$.${node.path} ${node.not ? '!=' : '='} ${node.value}`;

function holds(node: Tree, of: Event): boolean {
  if ('join' in node) {
    const found = node.parts.map((part) => holds(part, of));
    return node.join === '&&' ? found.every(Boolean) : found.some(Boolean);
  }
  const text = of[node.path] ?? '';
  const { value } = node;
  const bare = value.replaceAll('*', '');
  const matches =
    (value.startsWith('*') && text.endsWith(bare)) ||
    (value.endsWith('*') && text.startsWith(bare)) ||
    text === value;
  return matches !== node.not;
}

it('an event of which all is known matches as it does in plain evaluation', () => {
  fc.assert(
    fc.property(tree, event, (node, of) => {
      const facts = new Map(Object.entries(of));
      expect(readFilterPattern(`{ ${printed(node)} }`)?.(facts)).toBe(holds(node, of));
    }),
  );
});

it('what is sure of an event matches whatever the rest of it is', () => {
  fc.assert(
    fc.property(tree, event, (node, of) => {
      const facts = new Map(Object.entries(of).filter(([path]) => KNOWN.includes(path)));
      fc.pre(readFilterPattern(`{ ${printed(node)} }`)?.(facts) === true);
      expect(holds(node, of)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
