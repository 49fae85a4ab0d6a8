import { rules } from '../../../rules/index.ts';
import { citationOf, type Framework } from '../../../src/frameworks/framework.ts';
import { frameworks } from '../../../src/frameworks/index.ts';
import type { CatalogRow } from '../../../src/results/tables.ts';

/** The words of all rules and the texts of all frameworks, as a run carries them. */
export const catalogOf = (runId: string): CatalogRow => ({
  runId,
  rules: rules.map(({ parameters, ...rule }) => ({
    ...rule,
    parameters: Object.entries(parameters).map(([name, { description }]) => ({
      name,
      description,
    })),
  })),
  frameworks: (frameworks as readonly Framework[]).map((framework) => {
    const { requirements, parts: _, ...words } = framework;
    return {
      ...words,
      requirements: Object.entries(requirements).map(([id, requirement]) => ({
        ...requirement,
        id: `${framework.id} ${id}`,
        citation: citationOf(framework, id),
      })),
    };
  }),
});
