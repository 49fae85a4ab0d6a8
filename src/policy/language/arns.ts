import { isCostly, literalPrefix, matches } from './glob.ts';
import type { Tri } from './tri.ts';

/** The six parts of an ARN, the last with all its colons; null when there are fewer. */
export function arnParts(text: string): readonly string[] | null {
  const parts = text.split(':', 5);
  if (parts[0] !== 'arn') return null;
  const last = parts.join(':').length + 1;
  return last > text.length ? null : [...parts, text.slice(last)];
}

export function isAccountId(text: string | undefined): text is string {
  return text !== undefined && /^\d{12}$/.test(text);
}

/** The account of an ARN if it is written out in field five; never searched for elsewhere. */
export function accountOf(arn: string): string | null {
  const account = arnParts(arn)?.[4];
  return isAccountId(account) ? account : null;
}

/**
 * Does a condition value fix the account of the ARNs it is compared with? Under ArnLike field five
 * must be written out. Under StringLike a star may cross colons, so only what stands before the first
 * wildcard counts: `arn:*:111122223333:role/*` matches a foreign role with that path.
 */
export function fixedAccount(pattern: string, test: 'arn' | 'like' | 'equals'): string | null {
  return accountOf(test === 'like' ? literalPrefix(pattern) : pattern);
}

/**
 * ArnLike and ArnEquals: each of the six parts is matched by itself, so `*` stays within its part.
 * Maybe if either side is not an ARN. Source: IAM "Condition operators", Amazon Resource Name.
 */
export function matchArn(pattern: string, arn: string): Tri {
  const want = arnParts(pattern);
  const have = arnParts(arn);
  if (want === null || have === null || isCostly(pattern, arn)) return 0;
  return want.every((part, index) => matches(part, have[index] ?? '')) ? 1 : -1;
}
