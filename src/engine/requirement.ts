import type { RequirementId } from '../frameworks/index.ts';

/** How a rule supports a requirement: `primary` tests what the text asks, `supporting` helps. Neither proves compliance. */
export interface Link<Name extends string = string> {
  readonly strength: 'primary' | 'supporting';
  /** What the rule tests that the text asks for, in one sentence. */
  readonly reason: string;
  /**
   * Parameters with the least value at which the link holds, such as a number of days that the text names. A flag counts
   * as 1, a list as the number of its entries.
   */
  readonly atLeast?: Readonly<Partial<Record<Name, number>>>;
}

export type Links<Name extends string = string> = Readonly<
  Partial<Record<RequirementId, Link<Name>>>
>;

export type Strengths = Readonly<Partial<Record<RequirementId, Link['strength']>>>;

/** How a reason begins that is still to be written; the compiler refuses it. */
export type Placeholder = `Say what ${string}`;
type Written<R extends string> = R extends Placeholder ? never : R;

const link =
  (strength: Link['strength']) =>
  <const Reason extends string, const Name extends string = never>(
    reason: Written<Reason>,
    atLeast?: Readonly<Partial<Record<Name, number>>>,
  ): Link<Name> => ({ strength, reason, ...(atLeast ? { atLeast } : {}) });

export const primary = link('primary');
export const supporting = link('supporting');

/**
 * Whether a rule belongs to the pack of these frameworks: for one framework, if a link of it is primary; for several, if there
 * is any link. So the pack of all frameworks holds every rule, and that of one those that test what its text asks.
 */
export function belongsTo(links: Links, frameworks: readonly string[]): boolean {
  return Object.entries(links).some(
    ([id, link]) =>
      frameworks.some((each) => id.startsWith(`${each} `)) &&
      (frameworks.length > 1 || link.strength === 'primary'),
  );
}

/** The messages of a rule, as far as they withdraw from its requirements. */
type Withdrawals = Readonly<
  Record<
    string,
    { readonly except?: readonly RequirementId[]; readonly only?: readonly RequirementId[] }
  >
>;

/**
 * The requirements that a finding is evidence for: those of its rule, but for the ones that its message withdraws from and
 * those that the parameters of the evaluation do not reach.
 * @param messageId one of the rule or of the engine; the engine's messages withdraw from nothing.
 * @param params the values the rule was evaluated with; null for a rule whose links were chosen by its parameters before.
 */
export function requirementsOf(
  rule: { readonly requirements: Links; readonly messages: Withdrawals },
  messageId: string,
  params: Readonly<Record<string, unknown>> | null,
): RequirementId[] {
  const message = Object.hasOwn(rule.messages, messageId) ? rule.messages[messageId] : undefined;
  const links = Object.entries(rule.requirements) as [RequirementId, Link][];
  return links
    .filter(([id]) => message?.except?.includes(id) !== true)
    .filter(([id]) => message?.only?.includes(id) !== false)
    .filter(([, { atLeast }]) => params === null || reaches(params, atLeast ?? {}))
    .map(([id]) => id);
}

/** The strength of each of these requirements of a rule. */
export const strengthsOf = (links: Links, requirements: readonly RequirementId[]): Strengths =>
  Object.fromEntries(
    requirements.flatMap((id) => {
      const strength = links[id]?.strength;
      return strength ? [[id, strength]] : [];
    }),
  );

const reaches = (
  params: Readonly<Record<string, unknown>>,
  atLeast: Readonly<Record<string, number | undefined>>,
) => Object.entries(atLeast).every(([name, least = 0]) => amountOf(params[name]) >= least);

const amountOf = (value: unknown) => (Array.isArray(value) ? value.length : Number(value));
