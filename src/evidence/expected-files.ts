/** What every bundle has, whatever it is about. A plan of action is only there where something is open, a mapping where rules support it. */
const REQUIRED = [
  ...['index.html', 'inputs.csv', 'parameters.csv', 'waivers.csv'],
  ...['accounts', 'regions', 'subjects'].map((name) => `population/${name}.csv`),
  ...['intervals', 'failures'].map((name) => `history/${name}.csv`),
  ...['assessment-plan', 'assessment-results', 'catalog'].map((name) => `oscal/${name}.json`),
  ...['component-definition', 'profile'].map((name) => `oscal/${name}.json`),
  'results/results.ndjson',
];

/** What else a bundle may have. */
const OTHERS = [
  /^public-key\.pem$/,
  /^oscal\/(?:plan-of-action-and-milestones|mapping-collection)\.json$/,
  /^results\/[a-z0-9-]+\.csv$/,
  /^requirements\/[a-z]+\/[0-9A-Za-z.]+\/(?:index\.html|results\.csv)$/,
  /^runs\/[0-9A-Za-z-]+\/(?:run|catalog)\.json$/,
  /^settings\/[0-9a-f]{64}\.json$/,
  /^(?:items|answers)\/[0-9a-f]{2}\/[0-9a-f]{64}\.json$/,
];

/** Files that a bundle lacks, and files that no bundle has, as sentences: a signature says nothing of either. */
export function faultsInNames(paths: readonly string[]): readonly string[] {
  const there = new Set(paths);
  const known = (path: string) =>
    REQUIRED.includes(path) || OTHERS.some((pattern) => pattern.test(path));
  return [
    ...REQUIRED.filter((path) => !there.has(path)).map(
      (path) => `The bundle has no ${path}, which every bundle has.`,
    ),
    ...paths
      .filter((path) => !known(path))
      .map((path) => `${JSON.stringify(path)} is not a file that bundles have.`),
  ];
}
