import type { RequirementId } from '../frameworks/index.ts';
import { printable } from '../values/text.ts';

export type Verdict = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';

/** What to do about a failing message. */
export interface Advice {
  /** Which setting to change, and to what: one or two imperative sentences. */
  readonly fix: string;
  /** What the fix may break, lose or cost, and what to check first. */
  readonly caution?: string;
}

/** Limits of what a message shows for the requirements of its rule. */
interface Reach {
  /** Requirements of the rule that this message is not evidence for, neither for nor against. */
  readonly except?: readonly RequirementId[];
  /** The only requirements of the rule that this message is evidence for; none where the list is empty. */
  readonly only?: readonly RequirementId[];
}

/** A sentence that a rule may say of a subject, with `{placeholders}`, and the verdict that it stands for. */
export interface Message<S extends string = string> extends Partial<Advice>, Reach {
  readonly verdict: Verdict;
  readonly sentence: S;
}
export type Messages = Readonly<Record<string, Message>>;

export const pass = <const S extends string>(sentence: S, reach: Reach = {}): Message<S> => ({
  ...{ verdict: 'COMPLIANT', sentence },
  ...reach,
});

export const skip = <const S extends string>(sentence: S, reach: Reach = {}): Message<S> => ({
  ...{ verdict: 'NOT_APPLICABLE', sentence },
  ...reach,
});

/** A failing message says how to fix what it reports, and what the fix may break. @param reach may stand apart from shared advice. */
export const fail = <const S extends string>(
  sentence: S,
  advice: Advice & Reach,
  reach: Reach = {},
): Message<S> => ({
  ...{ verdict: 'NON_COMPLIANT', sentence },
  ...advice,
  ...reach,
});

/**
 * Evidence for the message, as plain JSON: the request that gets in, the hole in a denial. It stands in our
 * outputs next to the sentence, and never in an annotation.
 */
export type Evidence = object;

/** Placeholders<'{a} of {b}'> is 'a' | 'b'. */
type Placeholders<S> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** One of the messages, chosen, with a value for each of its placeholders. */
export type Said<M extends Messages> = {
  readonly [Id in keyof M & string]: {
    readonly messageId: Id;
    readonly evidence?: Evidence;
  } & Readonly<Record<Placeholders<M[Id]['sentence']>, string | number>>;
}[keyof M & string];

/** Chooses a message. That the rule has it, and that no placeholder stays open, is checked where a rule returns it. */
export const say = <const Id extends string, V extends object = Record<never, never>>(
  messageId: Id,
  values?: V,
  evidence?: Evidence,
): V & { readonly messageId: Id; readonly evidence?: Evidence } => ({
  ...(values as V),
  messageId,
  ...(evidence ? { evidence } : {}),
});

/** Puts values into a sentence. Values come from others, so each is made printable here, once for every output. */
export function fill(
  sentence: string,
  values: Readonly<Record<string, unknown>>,
  where: string,
): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new Error(`${where}: no value for {${name}}.`);
    return printable(String(value));
  });
}
