import { belongsTo } from '../engine/requirement.ts';
import type { Rule } from '../engine/rule.ts';
import { facetOf } from '../facets/facet-of.ts';
import { needsOf } from '../facets/needs.ts';
import type { Pack } from '../facts/pack.ts';
import { kinds, typesOf } from '../records/kinds.ts';

/** What a rule on the pack itself may know of the rules in it, without drafts: which, where they run, whose records they read. */
export function packOf(rules: readonly Rule[]): Pack {
  return {
    rules: rules
      .filter(({ draft }) => draft !== true)
      .map((rule) => {
        const { homeRegionOnly, onChange } = needsOf(rule);
        const served = unique(Object.keys(rule.requirements).map((id) => id.split(' ')[0] ?? id));
        const types = kinds[rule.subject].isRecorded ? typesOf(rule.subject) : [];
        return {
          id: rule.id,
          frameworks: served.filter((each) => belongsTo(rule.requirements, [each])),
          tier: rule.tier ?? 'strict',
          homeRegionOnly,
          judges: onChange ? types : [],
          needs: unique([...types, ...rule.reads.flatMap((name) => recordsOf(rule, name))]),
        };
      }),
  };
}

/** The types of which any of these rules reads records, of its subjects or of what they depend on. */
export const typesReadBy = (rules: readonly Rule[]): ReadonlySet<string> =>
  new Set(
    rules.flatMap((rule) => [
      ...typesOf(rule.subject),
      ...rule.reads.flatMap((name) => recordsOf(rule, name)),
    ]),
  );

function recordsOf({ subject }: Rule, name: Rule['reads'][number]): readonly string[] {
  const facet = facetOf(subject, name);
  return facet.from === 'inventory' ? facet.records : [];
}

const unique = (words: readonly string[]) => [...new Set(words)].sort();
