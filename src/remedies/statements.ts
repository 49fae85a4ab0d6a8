import { isObject, type Json } from '../values/json.ts';
import type { Statement } from './change.ts';

/** The bucket itself and its objects, or only the objects. */
export const everywhere = (arn: string) => [arn, `${arn}/*`];
export const objects = (arn: string) => `${arn}/*`;

export const deny = (
  Sid: string,
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition: Json,
): Statement => ({
  ...{ Sid, Effect: 'Deny', Principal: '*', Action, Resource },
  ...(Object.keys(Condition).length > 0 ? { Condition } : {}),
});

/** A policy with these statements besides its own. One of the same Sid is replaced, because it was ours. */
export function withStatements(policy: Json | null, more: readonly Statement[]): Json {
  const sids = more.map(({ Sid }) => Sid);
  const own = statementsOf(policy).filter(({ Sid }) => !sids.includes(Sid));
  return { Version: '2012-10-17', ...policy, Statement: [...own, ...more] };
}

/** A policy in which one statement is another, or gone; null when none is left. @param index 0-based. */
export function withStatement(
  policy: Json,
  index: number,
  statement: Statement | null,
): Json | null {
  const all = statementsOf(policy).flatMap((each, at) =>
    at === index ? (statement === null ? [] : [statement]) : [each],
  );
  return all.length === 0 ? null : { ...policy, Statement: all };
}

/** S3 takes one statement that is no list as well. */
export function statementsOf(policy: Json | null): readonly Statement[] {
  const statements = policy?.['Statement'];
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject);
}
