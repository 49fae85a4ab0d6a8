import type { JsonObject } from './json.ts';
import { isJsonObject, listOf } from './json.ts';
import type { Operator } from './operators.ts';
import { parseOperator } from './operators.ts';

/** One operator with one key: the unit that is true or false for a request. */
export interface Condition {
  /** As written, for messages. */
  readonly written: { readonly operator: string; readonly key: string };
  readonly operator: Operator | null;
  /** The key by which requests are asked, see keyName. */
  readonly key: string;
  /** Null stands for a value that cannot be read. */
  readonly values: readonly (string | null)[];
  /** Has variables; under Version 2008-10-17 `${aws:username}` is plain text. */
  readonly variables: boolean;
}

/**
 * Key names are case-insensitive. What follows a slash names a tag, and object tags are
 * case-sensitive, so it is kept: two spellings count as two independent keys.
 */
export function keyName(written: string): string {
  const slash = written.indexOf('/');
  return slash < 0
    ? written.toLowerCase()
    : written.slice(0, slash).toLowerCase() + written.slice(slash);
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function valuesAs(written: unknown, variables: boolean): Pick<Condition, 'values' | 'variables'> {
  const values = (listOf(written) ?? []).map(textOf);
  return { values, variables: variables && values.some((value) => value?.includes('${')) };
}

/**
 * Reads a Condition element into the conditions that must all hold. Unknown operators and unreadable
 * values are kept as such; evaluated, they are maybe.
 * Source: IAM "AWS JSON policy elements: Condition".
 */
export function parseConditions(element: JsonObject, variables: boolean): readonly Condition[] {
  return Object.entries(element).flatMap(([operator, keys]): Condition[] => {
    const entries = isJsonObject(keys) ? Object.entries(keys) : [];
    // IAM does not describe an operator without keys.
    if (entries.length === 0) {
      return [{ written: { operator, key: '' }, operator: null, key: '', values: [], variables }];
    }
    const names = entries.map(([key]) => keyName(key));
    return entries.map(([key, values]) => ({
      written: { operator, key },
      // The same key in two spellings: which of them counts is not documented.
      operator:
        names.indexOf(keyName(key)) === names.lastIndexOf(keyName(key))
          ? parseOperator(operator)
          : null,
      key: keyName(key),
      ...valuesAs(values, variables),
    }));
  });
}

/** The condition as the policy has it, on one line: `StringLike aws:PrincipalOrgID "o-*"`. */
export function describeCondition({ written, values }: Condition): string {
  return `${written.operator} ${written.key} ${values.map((value) => JSON.stringify(value)).join(', ')}`.trim();
}
