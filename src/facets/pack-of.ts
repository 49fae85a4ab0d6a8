import { RESOURCE_TYPES } from '../assessment/subject.ts';
import type { Rule } from '../engine/rule.ts';
import type { Pack } from '../facts/pack.ts';
import { facets } from './index.ts';
import { needsOf } from './needs.ts';

/** What a rule on the pack itself may know of all rules: which there are, where they run and whose records they read. */
export function packOf(rules: readonly Rule[]): Pack {
  return {
    rules: rules.map((rule) => {
      const { homeRegionOnly, onChange } = needsOf(rule);
      // An account has no record.
      const types = rule.subject === 'account' ? [] : RESOURCE_TYPES[rule.subject];
      return {
        id: rule.id,
        frameworks: unique(Object.keys(rule.satisfies).map((id) => id.split(' ')[0] ?? id)),
        homeRegionOnly,
        judges: onChange ? types : [],
        needs: unique([...types, ...rule.reads.flatMap(recordsOf)]),
      };
    }),
  };
}

function recordsOf(name: Rule['reads'][number]): readonly string[] {
  const facet = facets[name];
  return facet.from === 'inventory' ? facet.records : [];
}

const unique = (words: readonly string[]) => [...new Set(words)].sort();
