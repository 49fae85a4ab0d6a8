import type { FacetName, FacetsOf } from '../facts/index.ts';
import type { AreaId } from '../frameworks/areas.ts';
import type { SubjectKind } from '../records/kinds.ts';
import type { Identity } from '../records/reading.ts';
import {
  type Evidence,
  fill,
  type Message,
  type Messages,
  type Said,
  type Verdict,
} from './message.ts';
import type { Parameter, Parameters, ParamsOf } from './parameters.ts';
import type { Links } from './requirement.ts';
import type { Subject } from './subject.ts';
import type { Tier } from './tier.ts';

export { type Evidence, fail, fill, pass, say, skip, type Verdict } from './message.ts';
export {
  choice,
  days,
  flag,
  fromPack,
  hours,
  listFrom,
  ownList,
  ownListFrom,
  recordsFrom,
  scopeList,
  seconds,
  trustedAccounts,
} from './parameters.ts';
// Everything that a rule file needs is exported here.
export { asking, partOf } from './precedents/asking.ts';
export { primary, supporting } from './requirement.ts';
export { EvidenceUnavailable } from './subject.ts';

export type Severity = 'low' | 'medium' | 'high' | 'critical';
export type { Tier } from './tier.ts';

/** The result of a rule for one subject. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly messageId: string;
  /** The sentence of `messageId` with its placeholders filled, safe to print. */
  readonly message: string;
  readonly evidence?: Evidence;
}

/** What `evaluate` is handed: the subject under its own name (`bucket`) with exactly the facets in `reads`, and its parameters. */
export type Evaluation<K extends SubjectKind, F extends keyof FacetsOf[K], P extends Parameters> = {
  readonly [Name in K]: Identity & Pick<FacetsOf[Name], F & keyof FacetsOf[Name]>;
} & { readonly params: ParamsOf<P> };

/** The texts of a rule; every page, pack and finding uses them. */
interface RuleText<Name extends string = string> {
  /** Kebab-case, at most 37 characters; file, page, test and Config rule carry the same name. Never changed once published. */
  readonly id: string;
  /** It is still being written: judged and documented, but not part of a pack, and not allowed in a release. */
  readonly draft?: true;
  /** The practice areas that the rule answers. */
  readonly areas: readonly AreaId[];
  readonly severity: Severity;
  /** The smallest set of rules that holds it; strict unless it says so. */
  readonly tier?: Tier;
  /** The secure state as a fact about the subjects that comply. */
  readonly title: string;
  /** The risk if it is not so. */
  readonly rationale: string;
  /** What the rule deliberately does not judge, or cannot see: one sentence each. */
  readonly limits: readonly string[];
  readonly requirements: Links<Name>;
  /** Judges the account in each Region, because what it reads differs between them; otherwise only in its home Region. */
  readonly everyRegion?: boolean;
}

export interface RuleDefinition<
  M extends Messages,
  K extends SubjectKind,
  F extends keyof FacetsOf[K],
  P extends Parameters,
> extends RuleText<keyof P & string> {
  /** A bucket, unless it says otherwise. */
  readonly subject?: K;
  readonly reads: readonly F[];
  readonly parameters?: P;
  readonly messages: M;
  evaluate(evaluation: Evaluation<K, F, P>): Said<M>;
}

/** A rule without its type parameters, as every consumer uses it. */
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
  const { id, messages, subject: kind = 'bucket', parameters = {} } = definition;
  return {
    ...definition,
    subject: kind,
    parameters,
    evaluate(subject, params) {
      // The one place where types are forgotten: consumers hold rules of every kind in one list.
      const evaluation = { [kind]: subject, params } as unknown as Evaluation<K, F, P>;
      const said = definition.evaluate(evaluation);
      const { messageId, evidence } = said;
      const { verdict, sentence } = messages[messageId] as Message;
      const message = fill(sentence, { ...said }, `${id}.${messageId}`);
      return { verdict, messageId, message, ...(evidence ? { evidence } : {}) };
    },
  };
}
