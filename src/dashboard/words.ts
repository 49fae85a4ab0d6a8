import {
  type Framework,
  type Message,
  type Requirement,
  type Rule,
  SEVERITIES,
} from '../../dashboard/data/shape.ts';
import { engineMessages } from '../engine/evaluate.ts';
import { kinds } from '../records/kinds.ts';
import type { CatalogRow, CatalogRule, RunRow } from '../results/tables.ts';
import { countsOf, NONE } from './counts.ts';

/** The rules of the catalog in the order of the page: most severe first, then by id. */
export const rulesInOrder = ({ rules }: CatalogRow): readonly CatalogRule[] =>
  rules.toSorted(
    (one, other) =>
      SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
      (one.id < other.id ? -1 : 1),
  );

/** The frameworks and, in one list, their requirements. */
export function frameworksOf({ frameworks }: CatalogRow): {
  readonly frameworks: readonly Framework[];
  readonly requirements: readonly Requirement[];
} {
  return {
    frameworks: frameworks.map(({ id, name, citation, url, leftOut }) => ({
      ...{ id, name, citation, url },
      ...(leftOut === undefined ? {} : { leftOut }),
    })),
    requirements: frameworks.flatMap(({ requirements }, framework) =>
      requirements
        .toSorted((one, other) => articleOf(one.id) - articleOf(other.id))
        .map(({ id, citation, title, text, implementation, unserved }) => ({
          ...{ id, framework, citation, title, text },
          ...(implementation === undefined ? {} : { implementation }),
          ...(unserved === undefined ? {} : { unserved }),
        })),
    ),
  };
}

/** "gdpr 32(1)(a)" is of article 32: a framework is read in the order of its articles, its paragraphs as they stand in the data. */
const articleOf = (id: string) => Number.parseFloat(id.slice(id.indexOf(' ') + 1)) || 0;

/** What a rule knows of where it was judged. */
export interface Judgings extends Pick<Rule, 'outcomes' | 'places'> {
  /** How many accounts have subjects of their own kind. */
  readonly accounts: number;
}

/** A rule as the page shows it. @param requirements by id, with their position. */
export function ruleOf(
  rule: CatalogRule,
  run: RunRow,
  { outcomes, places, accounts }: Judgings,
  requirements: ReadonlyMap<string, number>,
): Rule {
  const ran = run.rules.find((each) => each.rule === rule.id);
  const values = valuesOf(ran?.parameters);
  const counts = ran ? countsOf(ran.states) : NONE;
  // An account has a subject in each Region that such a rule judges: five of them are not five accounts.
  const isByRegion = rule.subject === 'account' && counts.reduce((a, b) => a + b, 0) > accounts;
  return {
    ...{ id: rule.id, title: rule.title, severity: rule.severity, rationale: rule.rationale },
    limits: rule.limits,
    noun: isByRegion ? 'Region of an account' : kinds[rule.subject].label,
    ...{ counts, places },
    messages: Object.fromEntries(
      [...new Set(outcomes.map(({ message }) => message))].map((id) => [id, messageOf(rule, id)]),
    ),
    links: Object.entries(rule.requirements).flatMap(([id, link]) => {
      const requirement = requirements.get(id);
      return requirement === undefined || link === undefined
        ? []
        : [{ requirement, strength: link.strength, reason: link.reason }];
    }),
    outcomes,
    parameters: rule.parameters.map(({ name, description }) => ({
      ...{ name, description },
      value: Object.hasOwn(values, name) ? JSON.stringify(values[name]) : '',
    })),
    codeHash: ran?.codeHash ?? '',
    parametersHash: ran?.parametersHash ?? '',
    ...(ran ? {} : { leftOut: true as const }),
  };
}

/** The words of a message; those of the engine may end any rule. */
export function messageOf({ messages }: Pick<CatalogRule, 'messages'>, id: string): Message {
  const known: Readonly<Record<string, Message>> = { ...engineMessages, ...messages };
  const found = Object.hasOwn(known, id) ? known[id] : undefined;
  return {
    sentence: found?.sentence ?? id,
    ...(found?.fix === undefined ? {} : { fix: found.fix }),
    ...(found?.caution === undefined ? {} : { caution: found.caution }),
  };
}

function valuesOf(parameters: string | undefined): Record<string, unknown> {
  if (parameters === undefined) return {};
  try {
    return { ...JSON.parse(parameters) };
  } catch {
    return {};
  }
}
