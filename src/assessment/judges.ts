import type { Evaluation } from '../engine/evaluation.ts';
import { facetOf } from '../facets/facet-of.ts';
import type { FacetName } from '../facts/index.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { SubjectKind } from '../records/kinds.ts';
import type { Assessment, ParametrisedRule } from './assessment.ts';
import { isJudgedBy } from './subject.ts';

/** A rule, its parameters, and what it has decided so far, where that is remembered. */
export interface Judge extends ParametrisedRule {
  readonly evaluation: Evaluation | undefined;
  /** The facets of the rule that services are asked for. */
  readonly asks: readonly FacetName[];
}

/** The rules that judge records of one type and Region. */
export interface Judges {
  readonly list: readonly Judge[];
  /** The facets that services have to be asked for, by kind of subject; none where no service has to be asked. */
  readonly asks: ReadonlyMap<SubjectKind, readonly FacetName[]>;
}

/** Those of these rules that judge the record. */
export const judgesOf = (
  item: ConfigurationItem,
  rules: readonly ParametrisedRule[],
  assessment: Assessment,
): Judges => new JudgesByPlace(rules, assessment).of(item);

/** More places than there are: what stands in a record is written by strangers. */
const MOST_PLACES = 1000;

/** Which rules judge which records, worked out once for each type and Region. */
export class JudgesByPlace {
  readonly #judges: readonly Judge[];
  readonly #applies: NonNullable<Assessment['applies']>;
  readonly #places = new Map<string, Judges>();

  constructor(rules: readonly ParametrisedRule[], assessment: Assessment) {
    const { settings, now, memory, applies = () => true } = assessment;
    const { waivers, organization } = settings;
    this.#applies = applies;
    this.#judges = rules.map(({ rule, params }) => {
      const context = { params, waivers, accounts: organization.accounts, now };
      const isRemembered = memory !== undefined && rule.subject === 'bucket';
      const evaluation = isRemembered ? memory.evaluation(rule, context) : undefined;
      const asks = rule.reads.filter((name) => facetOf(rule.subject, name).from === 'service');
      return { rule, params, evaluation, asks };
    });
  }

  of(item: ConfigurationItem): Judges {
    // A type with a space in it must not read as another type and another Region.
    const place = JSON.stringify([item.resourceType, item.region]);
    const known = this.#places.get(place);
    if (known !== undefined) return known;
    if (this.#places.size >= MOST_PLACES) this.#places.clear();
    const judges = this.#judgesOf(item);
    this.#places.set(place, judges);
    return judges;
  }

  #judgesOf(item: ConfigurationItem): Judges {
    const list = this.#judges.filter(
      ({ rule }) => isJudgedBy(item, rule) && this.#applies(rule, item),
    );
    const asks = new Map<SubjectKind, FacetName[]>();
    for (const { rule, asks: asked } of list) {
      if (asked.length === 0) continue;
      asks.set(rule.subject, [...new Set([...(asks.get(rule.subject) ?? []), ...asked])]);
    }
    return { list, asks };
  }
}
