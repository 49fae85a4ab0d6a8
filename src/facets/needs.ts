import type { FacetName } from '../core/facets.ts';
import type { Rule } from '../core/rule.ts';
import type { Facet } from './facet.ts';
import { facets } from './index.ts';

/** What a rule needs to run, derived from the facets it reads and from nothing else. */
export interface Needs {
  /** The function that runs it: `live` may call the services its facets declare, `recorded` reads AWS Config alone. */
  readonly function: 'recorded' | 'live';
  /** Judged once a day, not only on a change: something other than the subject's own record decides. */
  readonly daily: boolean;
  /** The records of buckets that the subject names. */
  readonly neighbours: boolean;
  /** IAM actions beyond those of every rule, sorted. */
  readonly permissions: readonly string[];
}

export function needsOf(reads: readonly FacetName[]): Needs {
  const origins = reads.map((name) => facets[name]);
  const permissions = origins.flatMap((facet) => (facet.from === 'item' ? [] : facet.permissions));
  return {
    function: origins.some(({ from }) => from === 'service') ? 'live' : 'recorded',
    daily: origins.some((facet) => facet.from !== 'item' && !changesWithItem(facet)),
    neighbours: reads.some((name) => NEIGHBOURS.includes(name)),
    permissions: [...new Set(permissions)].sort(),
  };
}

const NEIGHBOURS: readonly FacetName[] = ['logTarget'];
const changesWithItem = (facet: Facet<unknown>) =>
  facet.from === 'inventory' && facet.changesWithItem === true;

/** How a rule runs, in words for its page. */
export function ruleFacts({ reads, subject }: Rule) {
  const { daily, permissions, function: name } = needsOf(reads);
  const change = `Judged by the ${name} function when AWS Config records a change of the ${subject}`;
  return { triggers: daily ? `${change}, and once a day.` : `${change}.`, permissions };
}
