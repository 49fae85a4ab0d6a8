import type { RequirementId } from '../frameworks/index.ts';
import type { FacetName, FacetsOf, SubjectKind } from './facets.ts';
import type { Parameter, Parameters, ValueOf } from './parameters.ts';
import type { Identity, Subject } from './subject.ts';
import { printable } from './text.ts';

// The whole vocabulary of a rule file comes from here.
export { choice, days, flag, grantsFrom, listFrom, ownList, seconds } from './parameters.ts';

export type Severity = 'low' | 'medium' | 'high' | 'critical';
export type Verdict = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';

/** What a rule says of one subject. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly messageId: string;
  /** The sentence of `messageId` with its placeholders filled, safe to print. */
  readonly message: string;
  readonly evidence?: Evidence;
}

/**
 * What shows that the message is true, as plain JSON: the request that gets in, the hole in a denial. It stands in our
 * outputs beside the sentence, and never in an annotation.
 */
export type Evidence = object;

/** How a rule serves a requirement: `primary` tests what the text asks, `supporting` helps. Neither proves compliance. */
export interface Service {
  readonly strength: 'primary' | 'supporting';
  readonly reason: string;
}
export const primary = (reason: string): Service => ({ strength: 'primary', reason });
export const supporting = (reason: string): Service => ({ strength: 'supporting', reason });

type Messages = Readonly<Record<string, string>>;

/** Placeholders<'{a} of {b}'> is 'a' | 'b'. */
type Placeholders<S> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type Values<S> = Readonly<Record<Placeholders<S>, string | number>>;

/** A message that a function of the core has chosen, with its values: how it finds what is wrong is its own business. */
export type Said<M> = {
  readonly [Id in keyof M & string]: { readonly messageId: Id } & Values<M[Id]>;
}[keyof M & string];

type Chosen = { readonly messageId: string; readonly evidence?: Evidence };

interface Say<M, V extends Verdict> {
  <const Id extends keyof M & string>(
    messageId: Id,
    ...rest: [Placeholders<M[Id]>] extends [never]
      ? [values?: undefined, evidence?: Evidence]
      : [values: Values<M[Id]>, evidence?: Evidence]
  ): Judgement & { readonly verdict: V };
  (said: Said<M> & { readonly evidence?: Evidence }): Judgement & { readonly verdict: V };
}

interface Verbs<M, P> {
  readonly params: { readonly [K in keyof P]: ValueOf<P[K]> };
  readonly pass: Say<M, 'COMPLIANT'>;
  readonly fail: Say<M, 'NON_COMPLIANT'>;
  readonly skip: Say<M, 'NOT_APPLICABLE'>;
}

/** What `evaluate` is handed: the subject under its own name (`bucket`) with exactly the facets in `reads`, and the verbs. */
export type Evaluation<M, K extends SubjectKind, F extends keyof FacetsOf[K], P> = {
  readonly [Name in K]: Identity & Pick<FacetsOf[Name], F & keyof FacetsOf[Name]>;
} & Verbs<M, P>;

/** What a rule says of itself; every page, pack and finding takes its words from here. */
export interface RuleText {
  /** Kebab-case, at most 37 characters; file, page, test and Config rule carry the same name. Never changed once published. */
  readonly id: string;
  /** The secure state as a fact about the subjects that comply. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly rationale: string;
  /** Which setting to change, and to what. */
  readonly remediation: string;
  /** What the rule deliberately does not judge, or cannot see. */
  readonly limits: string;
  readonly severity: Severity;
  readonly satisfies: Readonly<Partial<Record<RequirementId, Service>>>;
}

export interface RuleDefinition<
  M extends Messages,
  K extends SubjectKind,
  F extends keyof FacetsOf[K],
  P extends Parameters,
> extends RuleText {
  /** A bucket, unless it says otherwise. */
  readonly subject?: K;
  readonly reads: readonly F[];
  readonly parameters?: P;
  readonly messages: M;
  evaluate(evaluation: Evaluation<M, K, F, P>): Judgement;
}

/** A rule whose type parameters are forgotten: what every consumer handles. */
export interface Rule extends RuleText {
  readonly subject: SubjectKind;
  readonly reads: readonly FacetName[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly messages: Messages;
  /** @param params every parameter of the rule, validated. @throws EvidenceUnavailable when a facet it asks for cannot be read. */
  evaluate(subject: Subject, params: Readonly<Record<string, unknown>>): Judgement;
}

export function defineRule<
  const M extends Messages,
  const K extends SubjectKind = 'bucket',
  const F extends keyof FacetsOf[K] & FacetName = keyof FacetsOf[K] & FacetName,
  const P extends Parameters = Record<never, never>,
>(definition: RuleDefinition<M, K, F, P>): Rule {
  const { id, messages, subject: kind = 'bucket' } = definition;
  const say = <V extends Verdict>(verdict: V) =>
    ((said: string | Chosen, values: object = {}, shown?: Evidence): Judgement => {
      const chosen = typeof said === 'string' ? { ...values, messageId: said } : said;
      const { messageId, evidence = shown } = chosen as Chosen;
      const message = fill(messages[messageId], { ...chosen }, `${id}.${messageId}`);
      return { verdict, messageId, message, ...(evidence ? { evidence } : {}) };
    }) as Say<M, V>;
  const verbs = {
    pass: say('COMPLIANT'),
    fail: say('NON_COMPLIANT'),
    skip: say('NOT_APPLICABLE'),
  };
  return {
    ...definition,
    subject: kind,
    parameters: definition.parameters ?? {},
    // The one place where types are forgotten: consumers hold rules of every kind in one list.
    evaluate: (subject, params) =>
      definition.evaluate({ [kind]: subject, params, ...verbs } as unknown as Evaluation<
        M,
        K,
        F,
        P
      >),
  };
}

/** Puts values into a sentence. Values come from strangers, so each is made printable here, once for every output. */
export function fill(
  sentence: string | undefined,
  values: Readonly<Record<string, unknown>>,
  where: string,
): string {
  if (sentence === undefined) throw new Error(`${where}: no such message.`);
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new Error(`${where}: no value for {${name}}.`);
    return printable(String(value));
  });
}
