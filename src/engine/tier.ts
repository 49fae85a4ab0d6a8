/**
 * How much an organization asks of its accounts, each tier with all rules of those before it: essential is what nobody argues
 * about, recommended what most should reach, strict is every rule.
 */
export const TIERS = ['essential', 'recommended', 'strict'] as const;
export type Tier = (typeof TIERS)[number];

/** The tiers whose rules a tier holds, the smallest first. */
export const tiersUpTo = (tier: Tier): readonly Tier[] => TIERS.slice(0, TIERS.indexOf(tier) + 1);

/** Whether a tier holds a rule. A rule that names no tier is a strict one. */
export const isInTier = ({ tier = 'strict' }: { readonly tier?: Tier }, chosen: Tier): boolean =>
  tiersUpTo(chosen).includes(tier);

/**
 * Which rules AWS Config also runs as soon as it records a change: those of this severity and above, or none. All of them run once
 * a day.
 */
export const ON_CHANGE = ['low', 'medium', 'high', 'critical', 'never'] as const;
export type OnChange = (typeof ON_CHANGE)[number];
