import type { Rule } from '../../engine/rule.ts';
import { facetOf } from '../../facets/facet-of.ts';
import type { FacetName } from '../../facts/index.ts';
import { kinds, type SubjectKind, typesOf } from '../../records/kinds.ts';
import { collecting } from '../../services/collecting.ts';
import { type OperationName, operations } from '../../services/operations.ts';
import { collectors } from './resources.ts';
import { type Section, sections } from './sections.ts';

/** What some rules need of an account, derived from what they read and from nothing else. */
export interface Wanted {
  /** Types of resources whose records are needed, as AWS Config names them. */
  readonly types: ReadonlySet<string>;
  readonly sections: ReadonlySet<Section>;
  /** The facets that services are asked for, by kind of subject. */
  readonly asked: ReadonlyMap<SubjectKind, readonly FacetName[]>;
  /** What is asked of a bucket for its record and for a facet alike. */
  readonly both: ReadonlySet<string>;
  /** What each Region is asked without input. */
  readonly regional: ReadonlySet<OperationName>;
}

export function wantedBy(rules: readonly Rule[]): Wanted {
  const types = new Set<string>();
  const regional = new Set<OperationName>();
  const read = new Map<SubjectKind, Set<FacetName>>();
  for (const { subject, reads } of rules) {
    for (const type of typesOf(subject)) types.add(type);
    const known = read.get(subject) ?? new Set();
    read.set(subject, known);
    for (const name of reads) {
      known.add(name);
      const facet = facetOf(subject, name);
      if (facet.from !== 'inventory') continue;
      for (const type of facet.records) types.add(type);
      for (const question of facet.asks ?? []) regional.add(question);
    }
  }
  const ofBuckets = read.get('bucket') ?? new Set();
  const parts = sections.filter(
    ({ facets }) => facets.length === 0 || facets.some((name) => ofBuckets.has(name)),
  );
  const asked = new Map(
    [...read].map(([kind, names]) => [
      kind,
      [...names].filter((name) => facetOf(kind, name).from === 'service'),
    ]),
  );
  const byFacets = new Set<string>(
    (asked.get('bucket') ?? []).flatMap((name) => questionsOf('bucket', name)),
  );
  const both = new Set(parts.map(({ asks }) => asks).filter((each) => byFacets.has(each)));
  return { types, regional, sections: new Set(parts), asked, both };
}

function questionsOf(kind: SubjectKind, name: FacetName): readonly OperationName[] {
  const facet = facetOf(kind, name);
  return facet.from === 'service' ? facet.asks : [];
}

/** The kinds of subjects that a record of this type is. */
export const kindsOf = (type: string): readonly SubjectKind[] =>
  (Object.keys(kinds) as SubjectKind[]).filter((kind) => typesOf(kind).includes(type));

/** The IAM actions that a collection for these rules takes, sorted. */
export function actionsFor(rules: readonly Rule[]): readonly string[] {
  const { types, sections: parts, asked, regional } = wantedBy(rules);
  const questions = new Set<keyof typeof collecting>(['GetCallerIdentity']);
  if (types.has('AWS::S3::Bucket')) {
    questions.add('ListBuckets');
    questions.add('GetBucketLocation');
    for (const { asks } of parts) questions.add(asks);
  }
  for (const { types: own, asks } of collectors)
    if (own.some((type) => types.has(type))) for (const each of asks) questions.add(each);
  const actions = new Set([...questions].map((question) => collecting[question].action));
  for (const question of regional) actions.add(operations[question].action);
  for (const [kind, names] of asked) {
    for (const name of names)
      for (const question of questionsOf(kind, name)) actions.add(operations[question].action);
  }
  // GetCallerIdentity needs no permission (AWS STS API reference).
  actions.delete('sts:GetCallerIdentity');
  return [...actions].sort();
}
