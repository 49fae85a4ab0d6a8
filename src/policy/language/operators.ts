/** How one value of a condition is compared with one value of the request. */
export type Test =
  | 'equals'
  | 'equalsIgnoreCase'
  | 'like'
  | 'arn'
  | 'bool'
  | 'address'
  | '=='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'null'
  /** Known by name but not evaluated (dates, binary): only an absent key is decided. */
  | 'opaque';

export interface Operator {
  readonly test: Test;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: 'none' | 'ForAllValues' | 'ForAnyValue';
}

const tests: ReadonlyMap<string, readonly [Test, 'negated'?]> = new Map([
  ['StringEquals', ['equals']],
  ['StringNotEquals', ['equals', 'negated']],
  ['StringEqualsIgnoreCase', ['equalsIgnoreCase']],
  ['StringNotEqualsIgnoreCase', ['equalsIgnoreCase', 'negated']],
  ['StringLike', ['like']],
  ['StringNotLike', ['like', 'negated']],
  ['ArnEquals', ['arn']],
  ['ArnLike', ['arn']],
  ['ArnNotEquals', ['arn', 'negated']],
  ['ArnNotLike', ['arn', 'negated']],
  ['Bool', ['bool']],
  ['IpAddress', ['address']],
  ['NotIpAddress', ['address', 'negated']],
  ['NumericEquals', ['==']],
  ['NumericNotEquals', ['==', 'negated']],
  ['NumericLessThan', ['<']],
  ['NumericLessThanEquals', ['<=']],
  ['NumericGreaterThan', ['>']],
  ['NumericGreaterThanEquals', ['>=']],
  ['DateEquals', ['opaque']],
  ['DateNotEquals', ['opaque', 'negated']],
  ['DateLessThan', ['opaque']],
  ['DateLessThanEquals', ['opaque']],
  ['DateGreaterThan', ['opaque']],
  ['DateGreaterThanEquals', ['opaque']],
  ['BinaryEquals', ['opaque']],
  ['Null', ['null']],
] as const);

/** Reads `ForAllValues:StringNotLikeIfExists` and the like; null for a name IAM does not list. */
export function parseOperator(name: string): Operator | null {
  const [, quantifier = 'none', base = '', suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(name) ?? [];
  const known = tests.get(base);
  if (known === undefined) return null;
  const [test, negated] = known;
  const set = quantifier as Operator['set'];
  // Null asks about existence itself, so IAM allows it neither IfExists nor a set operator.
  if (test === 'null' && (suffix !== undefined || set !== 'none')) return null;
  return { test, negated: negated !== undefined, ifExists: suffix !== undefined, set };
}
