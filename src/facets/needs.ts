import type { Rule } from '../engine/rule.ts';
import { ON_CHANGE, type OnChange } from '../engine/tier.ts';
import type { FacetName } from '../facts/index.ts';
import { kinds, typesOf } from '../records/kinds.ts';
import { operations } from '../services/operations.ts';
import type { Facet } from './facet.ts';
import { facetOf } from './facet-of.ts';

/** What a rule needs to run, derived from its subject and the facets it reads and from nothing else. */
export interface Needs {
  /** The function that runs it: `live` may call the services its facets declare, `recorded` reads only AWS Config. */
  readonly function: 'recorded' | 'live';
  /** Whether the records of AWS Config are enough for it, at least if optional facets are not needed. */
  readonly fromRecords: boolean;
  /**
   * Judged as soon as AWS Config records a change of the subject, or, because an account has no record, of what it is judged by. What
   * is shared is not the subject's. Every rule is judged once a day as well: something else may decide than the record, an event
   * may be lost, and settings and waivers change.
   */
  readonly onChange: boolean;
  /** Types of the resources whose changes start it; empty without {@link onChange}. */
  readonly startedBy: readonly string[];
  /** One setting for the whole account: judged only in its home Region, because every Region would report the same fact. */
  readonly homeRegionOnly: boolean;
  /** Judges the pack itself, so it must not be there before the other rules are. */
  readonly afterOthers: boolean;
  /** The records of buckets that the subject names. */
  readonly neighbours: boolean;
  /** IAM actions beyond those of every rule, sorted. */
  readonly permissions: readonly string[];
}

/** Whether a deployment has the rule run on changes. */
export const isOnChange = (
  rule: Pick<Rule, 'subject' | 'reads' | 'everyRegion' | 'severity'>,
  from: OnChange,
): boolean => needsOf(rule).onChange && ON_CHANGE.indexOf(rule.severity) >= ON_CHANGE.indexOf(from);

type Reader = Pick<Rule, 'subject' | 'reads' | 'everyRegion'>;

/** Rules do not change, and are asked about for every record. */
const known = new WeakMap<Reader, Needs>();

export function needsOf(rule: Reader): Needs {
  const before = known.get(rule);
  if (before !== undefined) return before;
  const needs = derived(rule);
  known.set(rule, needs);
  return needs;
}

function derived({ subject, reads, everyRegion = false }: Reader): Needs {
  const { isGlobal, changesWithRecord } = kinds[subject];
  const origins = reads.map((name) => facetOf(subject, name));
  const startedBy =
    changesWithRecord && !origins.some(isShared) ? typesOf(subject) : origins.flatMap(changesWith);
  return {
    function: origins.some(({ from }) => from === 'service') ? 'live' : 'recorded',
    fromRecords: origins.every((facet) => facet.from !== 'service' || facet.isAlternative === true),
    onChange: startedBy.length > 0,
    startedBy,
    homeRegionOnly: isGlobal && !everyRegion,
    afterOthers: origins.some(({ from }) => from === 'pack'),
    neighbours: reads.some((name) => NEIGHBOURS.includes(name)),
    permissions: [...new Set(origins.flatMap(permissionsOf))].sort(),
  };
}

const NEIGHBOURS: readonly FacetName[] = ['logTarget', 'replicaBuckets'];

const changesWith = (facet: Facet<unknown>) =>
  (facet.from === 'service' && facet.changesWith) || [];

const isShared = (facet: Facet<unknown>) => facet.from === 'service' && facet.isShared === true;

/** The IAM actions that reading a facet takes beyond reading the subject's own record. */
export function permissionsOf(facet: Facet<unknown>): readonly string[] {
  switch (facet.from) {
    case 'inventory':
      return facet.permissions;
    case 'service':
      return facet.asks.map((operation) => operations[operation].action);
    case 'item':
    case 'clock':
    case 'pack':
      return [];
  }
}

/** How a rule runs, in words for its page. */
export function ruleFacts(rule: Rule) {
  const { onChange, startedBy, homeRegionOnly, permissions, function: name } = needsOf(rule);
  const { noun, isRecorded } = kinds[rule.subject];
  const changed = isRecorded ? noun : startedBy.join(' or ');
  const when = [
    ...(onChange ? [`when AWS Config records a change of ${changed}`] : []),
    'once a day',
  ].join(', and ');
  const where = homeRegionOnly
    ? ', only in the home Region'
    : rule.everyRegion
      ? ', in every Region'
      : '';
  return { triggers: `Judged by the ${name} function ${when}${where}.`, permissions };
}
