import type { ParametrisedRule } from '../../assessment/assessment.ts';
import { requirementsOf } from '../../engine/requirement.ts';
import { citationOf, type Framework } from '../../frameworks/framework.ts';
import { frameworks } from '../../frameworks/index.ts';
import type { CatalogFramework, CatalogRow, CatalogRule } from '../tables.ts';

/** The words of the rules and the texts of the frameworks. */
export const catalogOf = (runId: string, rules: readonly ParametrisedRule[]): CatalogRow => ({
  runId,
  rules: rules.map(catalogRule).sort((one, other) => (one.id < other.id ? -1 : 1)),
  frameworks: frameworks.map(catalogFramework),
});

function catalogRule({ rule, params }: ParametrisedRule): CatalogRule {
  const { id, title, rationale, limits, severity, areas, subject, messages, parameters } = rule;
  const reached: readonly string[] = requirementsOf(rule, '', params);
  const links = Object.entries(rule.requirements).filter(([each]) => reached.includes(each));
  return {
    ...{ id, title, rationale, limits, severity, areas, subject, messages },
    requirements: Object.fromEntries(links),
    parameters: Object.entries(parameters).map(([name, { description }]) => ({
      name,
      description,
    })),
  };
}

function catalogFramework(framework: Framework): CatalogFramework {
  const { requirements, parts: _, ...rest } = framework;
  return {
    ...rest,
    requirements: Object.entries(requirements).map(([id, requirement]) => ({
      ...requirement,
      id: `${framework.id} ${id}`,
      citation: citationOf(framework, id),
    })),
  };
}
