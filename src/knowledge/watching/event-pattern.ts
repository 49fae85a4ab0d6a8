import { matches } from '../../policy/language/glob.ts';
import {
  ABSENT,
  all,
  any,
  type Condition,
  type Fact,
  type Facts,
  field,
  MAXIMUM_DEPTH,
  otherThan,
  textThat,
} from './event-facts.ts';

type Json = Readonly<Record<string, unknown>>;
type Test = (fact: Fact) => boolean;

/**
 * Reads an event pattern of EventBridge: fields must all match, the values of a list are alternatives, and `$or` holds
 * alternative patterns (Amazon EventBridge User Guide, "Comparison operators for use in event patterns"). Comparisons of
 * numbers and addresses, and operators that are not known, are read but never count as sure.
 * @returns null when the text is no event pattern.
 */
export function readEventPattern(pattern: string): Condition | null {
  try {
    const root: unknown = JSON.parse(pattern);
    return isObject(root) ? conditionOf(root, '', 0) : null;
  } catch (error) {
    // The engine's own parser gives up on deep nesting with a RangeError.
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

/** Each rule is held against many events, so its pattern is read once. */
const known = new WeakMap<object, Condition | null>();

/** Is the rule of EventBridge sure to match every event with these facts? */
export function matchesRule(rule: { readonly pattern: string }, facts: Facts): boolean {
  const condition = known.has(rule) ? (known.get(rule) ?? null) : readEventPattern(rule.pattern);
  known.set(rule, condition);
  return condition?.(facts) === true;
}

function conditionOf(pattern: Json, prefix: string, depth: number): Condition | null {
  if (depth > MAXIMUM_DEPTH) return null;
  const parts = Object.entries(pattern).map(([key, value]) => {
    const branches = key === '$or' ? alternatives(value) : null;
    if (branches)
      return sure(
        branches.map((each) => conditionOf(each, prefix, depth + 1)),
        any,
      );
    const path = `${prefix}${key}`;
    if (Array.isArray(value)) return field(path, anyOf(value.map(testOf)));
    return isObject(value) ? conditionOf(value, `${path}.`, depth + 1) : null;
  });
  return sure(parts, all);
}

const sure = (
  parts: readonly (Condition | null)[],
  join: (parts: readonly Condition[]) => Condition,
) => {
  const read = parts.filter((part) => part !== null);
  return read.length === parts.length ? join(read) : null;
};

/** Anything but a list of objects is a field that happens to be called $or. */
const alternatives = (value: unknown): readonly Json[] | null =>
  Array.isArray(value) && value.length > 0 && value.every(isObject) ? value : null;

function testOf(matcher: unknown): Test {
  if (typeof matcher === 'string') return textThat((text) => text === matcher);
  if (typeof matcher === 'boolean') return (fact) => fact === matcher;
  if (!isObject(matcher)) return never;
  const [operator, ...more] = Object.keys(matcher);
  if (operator === undefined || more.length > 0) return never;
  const operand = matcher[operator];
  if (operator === 'anything-but') return anythingBut(operand);
  if (operator === 'exists') return existence(operand);
  const test = textTest(operator, operand);
  return test === null ? never : textThat(test);
}

function existence(expected: unknown): Test {
  if (expected === true) return (fact) => fact !== ABSENT;
  return expected === false ? (fact) => fact === ABSENT : never;
}

/** A text, a list of texts, or one of the other comparisons with a text or a list. */
function anythingBut(operand: unknown): Test {
  if (!isObject(operand)) {
    const texts = listOf(operand).map((each) =>
      typeof each === 'string' ? otherThan(each) : never,
    );
    return texts.length === 0 ? never : (fact) => texts.every((differs) => differs(fact));
  }
  const [[operator, values] = ['', null], ...more] = Object.entries(operand);
  const tests = listOf(values).map((value) => textTest(operator, value));
  if (more.length > 0 || tests.length === 0 || tests.includes(null)) return never;
  return textThat((text) => !tests.some((holds) => holds?.(text)));
}

/** null for an operand or an operator that is not known. */
function textTest(operator: string, operand: unknown): ((text: string) => boolean) | null {
  const ignoreCase = isObject(operand) ? operand['equals-ignore-case'] : undefined;
  const value = ignoreCase ?? operand;
  if (typeof value !== 'string') return null;
  const fold = ignoreCase === undefined ? asIs : lower;
  switch (operator) {
    case 'prefix':
      return (text) => fold(text).startsWith(fold(value));
    case 'suffix':
      return (text) => fold(text).endsWith(fold(value));
    case 'equals-ignore-case':
      return (text) => lower(text) === lower(value);
    case 'wildcard':
      // A question mark is itself here, and a backslash escapes a star: neither is in a fact.
      return /[?\\]/.test(value) || ignoreCase !== undefined
        ? null
        : (text) => matches(value, text);
    default:
      return null;
  }
}

const anyOf =
  (tests: readonly Test[]): Test =>
  (fact) =>
    tests.some((holds) => holds(fact));
const never: Test = () => false;
const asIs = (text: string) => text;
const lower = (text: string) => text.toLowerCase();
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
