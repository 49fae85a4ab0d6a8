import type { CatalogFramework, CatalogRow, CatalogRule, RunRow } from '../../results/index.ts';
import { markup, uuidOf } from './ids.ts';

/** What all documents of a bundle are about. */
export interface Basis {
  /** Who was assessed, as the settings name it. */
  readonly organization: string;
  /** From the first moment to before the last (ISO, UTC). */
  readonly period: { readonly from: string; readonly to: string };
  /** The run whose findings are the results. */
  readonly run: RunRow;
  readonly rules: CatalogRow['rules'];
  /** Those that the bundle is about, with the requirements that it is about. */
  readonly frameworks: readonly CatalogFramework[];
}

export const OSCAL_VERSION = '1.2.1';

/** The file names of the documents, next to one another, so that they refer to each other by name. */
export const FILES = {
  catalog: 'catalog.json',
  profile: 'profile.json',
  component: 'component-definition.json',
  plan: 'assessment-plan.json',
  results: 'assessment-results.json',
  mapping: 'mapping-collection.json',
  poam: 'plan-of-action-and-milestones.json',
} as const;
export type DocumentName = keyof typeof FILES;

/** The id of a document names its subject and not its content, so that a revision keeps it (OSCAL, assessment-results.uuid). */
export const documentId = (
  { organization, frameworks, period }: Basis,
  name: DocumentName,
): string =>
  uuidOf('document', name, organization, ...frameworks.map(({ id }) => id), period.from, period.to);

/** The time of the run and not of the clock, so that the same input gives the same bytes. */
export const metadataOf = ({ run }: Basis, title: string) => ({
  title: markup(title),
  'last-modified': run.evaluatedAt,
  version: run.runId,
  'oscal-version': OSCAL_VERSION,
});

/** A rule with one of the requirements that it supports, under the parameters of the run. */
export interface Supported {
  readonly rule: CatalogRule;
  readonly requirement: string;
  readonly strength: 'primary' | 'supporting';
  readonly reason: string;
}

/** Every link between a requirement of these frameworks and a rule that ran, in the order of the requirements, then of the rules. */
export function supportedIn({ frameworks, rules, run }: Basis): readonly Supported[] {
  const ran = new Set(run.rules.map(({ rule }) => rule));
  return frameworks.flatMap(({ requirements }) =>
    requirements.flatMap(({ id }) =>
      rules.flatMap((rule) => {
        const link = ran.has(rule.id)
          ? rule.requirements[id as keyof typeof rule.requirements]
          : undefined;
        return link
          ? [{ rule, requirement: id, strength: link.strength, reason: link.reason }]
          : [];
      }),
    ),
  );
}

/** The requirements that at least one rule supports, once each. */
export const controlsIn = (supported: readonly Supported[]): readonly string[] => [
  ...new Set(supported.map(({ requirement }) => requirement)),
];
