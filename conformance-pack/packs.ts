import { belongsTo } from '../src/engine/requirement.ts';
import type { Rule } from '../src/engine/rule.ts';
import { isInTier, type OnChange, type Tier } from '../src/engine/tier.ts';
import type { FrameworkId } from '../src/frameworks/index.ts';

/** The pack of all frameworks holds every rule; that of one the rules with a primary link to it (belongsTo of the engine). */
export interface Pack {
  readonly name: string;
  readonly frameworks: readonly FrameworkId[];
  /** It holds only rules of this tier and those below; all rules without. */
  readonly tier?: Tier;
  /** Rules below this severity run only once a day; every rule that can runs on changes, too, without. */
  readonly onChange?: OnChange;
}

/** A deployment chooses one of these, and a tier of it. */
export const packs: readonly Pack[] = [
  { name: 's3-gdpr-hipaa', frameworks: ['gdpr', 'hipaa'] },
  { name: 's3-gdpr', frameworks: ['gdpr'] },
  { name: 's3-hipaa', frameworks: ['hipaa'] },
];

/** For those who begin with fewer rules; of the strict tier, which has every rule, the pack is s3-gdpr-hipaa. */
export const tierPacks: readonly Pack[] = [
  { name: 's3-essential', frameworks: ['gdpr', 'hipaa'], tier: 'essential' },
  { name: 's3-recommended', frameworks: ['gdpr', 'hipaa'], tier: 'recommended' },
];

/** The rules that a pack holds, of ours or of AWS. */
export const heldBy =
  ({ frameworks, tier = 'strict' }: Pack) =>
  (rule: Pick<Rule, 'draft' | 'requirements' | 'tier'>): boolean =>
    rule.draft !== true && belongsTo(rule.requirements, frameworks) && isInTier(rule, tier);
