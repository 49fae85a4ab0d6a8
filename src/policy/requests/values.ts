import { inBlock } from '../language/addresses.ts';
import { arnParts, isAccountId, matchArn } from '../language/arns.ts';
import { covers, hasWildcard, isCostly, literalPrefix, matches } from '../language/glob.ts';
import type { Test } from '../language/operators.ts';
import type { Tri } from '../language/tri.ts';
import { some } from '../language/tri.ts';

/** What is known of a condition key in a request. */
export type Value =
  | { readonly kind: 'absent' }
  | { readonly kind: 'text'; readonly text: string }
  /** Present, and not one of the texts that the policy writes out for the key; `like` is its shape. */
  | { readonly kind: 'fresh'; readonly like?: string }
  /** Present, and nothing else is known. */
  | { readonly kind: 'any' }
  /** An ARN of the account: '' when the ARN has none, null for one the policy does not mention. */
  | { readonly kind: 'arn'; readonly account: string | null; readonly fresh: boolean }
  /** A user id, which for the root user is the account id. */
  | { readonly kind: 'userId'; readonly account: string | null }
  /** All names of an AWS service, one of which is this; null for one that the policy does not mention. */
  | { readonly kind: 'serviceNames'; readonly service: string | null }
  /** A place in an organization (null: one the policy does not mention), outside the trusted paths. */
  | {
      readonly kind: 'path';
      readonly organization: string | null;
      readonly outside: readonly string[];
    };

export type Present = Exclude<Value, { kind: 'absent' }>;

function compareText(
  test: 'equals' | 'equalsIgnoreCase' | 'like',
  text: string,
  want: string,
): Tri {
  const folded = text.toLowerCase() === want.toLowerCase();
  if (test === 'equalsIgnoreCase') return folded ? 1 : -1;
  if (test === 'like' && isCostly(want, text)) return 0;
  if (test === 'like' ? matches(want, text) : text === want) return 1;
  // How S3 spells a boolean is not documented.
  return folded && /^(?:true|false)$/i.test(text) ? 0 : -1;
}

// Field five decides. In a StringLike pattern a star may cross colons, so only what stands before
// the first wildcard counts: `arn:*:111122223333:role/*` matches a foreign role with that path.
function compareArnValue(value: Present & { kind: 'arn' }, want: string, test: Test): Tri {
  const fixed = test === 'like' ? literalPrefix(want) : want;
  const account = arnParts(fixed)?.[4];
  if (test === 'arn' && account === undefined) return 0;
  if ((isAccountId(account) || account === '') && account !== value.account) return -1;
  const exact = test === 'equals' || (test !== 'equalsIgnoreCase' && !hasWildcard(want));
  return exact && value.fresh ? -1 : 0;
}

function comparePath(value: Present & { kind: 'path' }, want: string, test: Test): Tri {
  if (test === 'like' && covers(want, `${value.organization ?? 'o-*'}/*`)) return 1;
  // Ids of organizations, roots and units have no stars; under StringEquals a star is a star.
  if (test === 'equals' && hasWildcard(want)) return -1;
  const fixed = test === 'like' ? literalPrefix(want) : want;
  const slash = fixed.indexOf('/');
  // Without the slash `o-exampleorg*` is also the beginning of other organizations.
  if (slash < 0 || test === 'equalsIgnoreCase') return 0;
  if (fixed.slice(0, slash) !== value.organization) return -1;
  return value.outside.some((trusted) => covers(trusted, want)) ? -1 : 0;
}

// `logging.s3.amazonaws.com` and `logging.s3.eu-west-1.amazonaws.com` may be names of one service.
const isSameService = (one: string, other: string): boolean => {
  const [first = '', second = ''] = one.split('.');
  const [third = '', fourth = ''] = other.split('.');
  return [first, second].includes(third) || fourth === first;
};

// A name that is not written may match a pattern.
function compareServiceNames(
  { service }: Present & { kind: 'serviceNames' },
  want: string,
  test: 'equals' | 'equalsIgnoreCase' | 'like',
): Tri {
  if (service !== null && compareText(test, service, want) === 1) return 1;
  if (test === 'like' && hasWildcard(want)) return 0;
  return service !== null && isSameService(service, want) ? 0 : -1;
}

function compareString(
  value: Present,
  want: string,
  test: 'equals' | 'equalsIgnoreCase' | 'like',
): Tri {
  if (test === 'like' && /^\*+$/.test(want)) return 1;
  switch (value.kind) {
    case 'text':
      return compareText(test, value.text, want);
    case 'fresh':
      if (test !== 'like' || !hasWildcard(want)) return -1;
      return value.like !== undefined && covers(want, value.like) ? 1 : 0;
    case 'arn':
      return compareArnValue(value, want, test);
    case 'userId':
      return isAccountId(want) && want !== value.account ? -1 : 0;
    case 'path':
      return comparePath(value, want, test);
    case 'serviceNames':
      return compareServiceNames(value, want, test);
    case 'any':
      return 0;
  }
}

function compareNumbers(test: '==' | '<' | '<=' | '>' | '>=', text: string, want: string): Tri {
  if (![text, want].every((number) => /^-?\d{1,15}(?:\.\d{1,15})?$/.test(number))) return 0;
  const [a, b] = [Number(text), Number(want)];
  const holds =
    test === '=='
      ? a === b
      : test === '<'
        ? a < b
        : test === '<='
          ? a <= b
          : test === '>'
            ? a > b
            : a >= b;
  return holds ? 1 : -1;
}

/**
 * Does a present value satisfy the test against one value of the condition?
 * Source: IAM "IAM JSON policy elements: Condition operators".
 */
export function compare(value: Present, want: string, test: Test): Tri {
  if (test === 'equals' || test === 'equalsIgnoreCase' || test === 'like') {
    return compareString(value, want, test);
  }
  if (test === 'arn') {
    if (value.kind === 'arn') return compareArnValue(value, want, test);
    if (value.kind === 'text') return matchArn(want, value.text);
    return value.kind === 'fresh' && arnParts(want) !== null && !hasWildcard(want) ? -1 : 0;
  }
  if (value.kind !== 'text') return 0;
  const { text } = value;
  switch (test) {
    case 'bool':
      if (![text, want].every((word) => /^(?:true|false)$/i.test(word))) return 0;
      return text.toLowerCase() === want.toLowerCase() ? 1 : -1;
    case 'address':
      return inBlock(text, want);
    case 'null':
    case 'opaque':
      return 0;
    default:
      return compareNumbers(test, text, want);
  }
}

/** Null: "true" asks for an absent key, "false" for a present one. */
export function compareExistence(absent: boolean, wanted: readonly (string | null)[]): Tri {
  return some(
    wanted.map((want): Tri => {
      const word = want?.toLowerCase();
      if (word !== 'true' && word !== 'false') return 0;
      return (word === 'true') === absent ? 1 : -1;
    }),
  );
}
