/**
 * What is known of an event before it happens. Everything else about it, such as who caused it and from where, is open, so a
 * filter that asks for anything else may miss it.
 */
export type Facts = ReadonlyMap<string, Fact>;

/** The value of a field; its absence; or some text that is none of these. */
export type Fact = string | boolean | typeof ABSENT | { readonly otherThan: readonly string[] };

export const ABSENT = null;

/**
 * Is the condition sure to hold of every event with these facts? The languages of filters have no negation around a
 * condition, so whatever is not sure may count as false, and nothing becomes true by that.
 */
export type Condition = (facts: Facts) => boolean;

export const all =
  (conditions: readonly Condition[]): Condition =>
  (facts) =>
    conditions.every((holds) => holds(facts));

export const any =
  (conditions: readonly Condition[]): Condition =>
  (facts) =>
    conditions.some((holds) => holds(facts));

/** The field is known, and what is known of it satisfies the test. */
export const field =
  (path: string, test: (fact: Fact) => boolean): Condition =>
  (facts) => {
    const fact = facts.get(path);
    return fact !== undefined && test(fact);
  };

/** Is a text known for sure, and does it satisfy the test? */
export const textThat =
  (test: (text: string) => boolean) =>
  (fact: Fact): boolean =>
    typeof fact === 'string' && test(fact);

/** Is there a text that is sure to be another than this one? */
export const otherThan =
  (text: string) =>
  (fact: Fact): boolean => {
    if (typeof fact === 'string') return fact !== text;
    return typeof fact === 'object' && fact !== ABSENT && fact.otherThan.includes(text);
  };

/** How deep a condition may be nested before it counts as unreadable. Nobody writes half as deep by hand. */
export const MAXIMUM_DEPTH = 50;
