import type { Dossier } from './dossier.ts';

/** How many problems of the last run page 1 repeats. */
const NAMED = 20;

/** What is wrong with the runs that a bundle is made from, as sentences: what was not read, and runs that do not follow one another. */
export function faultsInRuns({ runs, closing, rules, redaction }: Dossier): readonly string[] {
  const { problems } = closing.run;
  const told = problems.filter(({ kind }) => kind !== 'account' && kind !== 'region');
  // A problem names files and resources, which a redacted bundle does not.
  const shown = redaction === null ? told.slice(0, NAMED).map(({ message }) => message) : [];
  const more = told.length - shown.length;
  const broken = runs.flatMap(({ run }, index) => {
    const before = runs[index - 1]?.run;
    if (before === undefined || run.previousRun === before.runId) return [];
    return [
      `The run ${run.runId} was compared with ${run.previousRun ?? 'none'}, and not with ${before.runId}, the one before it here: ` +
        'changes between the two may be missing.',
    ];
  });
  const last = new Set(closing.run.rules.map(({ rule }) => rule));
  const dropped = new Set(
    runs.flatMap(({ run }) => run.rules.map(({ rule }) => rule)).filter((rule) => !last.has(rule)),
  );
  const partial = new Set(
    rules.filter((rule) => runs.some(({ run }) => !run.rules.some((each) => each.rule === rule))),
  );
  return [
    ...shown,
    ...(more > 0
      ? [`The last run had ${more} more problems with its inputs; run.json counts them.`]
      : []),
    ...broken,
    ...sentence(
      new Set(closing.run.leftOut),
      'were left out of the last run on purpose, so that this bundle says nothing of what they test',
    ),
    ...sentence(
      new Set([...dropped].filter((rule) => closing.run.leftOut?.includes(rule) !== true)),
      'ran in the period, and not in its last run, so that their results are not in this bundle',
    ),
    ...sentence(partial, 'did not run in every run of the period'),
  ];
}

const sentence = (rules: ReadonlySet<string>, what: string): readonly string[] =>
  rules.size === 0 ? [] : [`These rules ${what}: ${[...rules].sort().join(', ')}.`];
