import { posix } from 'node:path';
import { type Room, rooms } from './layers.ts';

const { join, relative } = posix;

const PURE = {
  Date: 'This room has no clock: take the time as an argument.',
  process: 'Only the command line, the functions and the generators touch the process.',
  console: 'Return data; the command line and the functions print.',
  setTimeout: 'This room does no waiting.',
  fetch: 'This room does no I/O.',
};

/** The configuration without the rooms. */
const BASE = {
  $schema: './node_modules/@biomejs/biome/configuration_schema.json',
  vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
  files: {
    // Generated and recorded files are not ours to format.
    includes: [
      '**',
      '!biome.json',
      '!examples/organization',
      '!examples/settings.schema.json',
      '!test/fixtures',
      // With two marks it is not even read.
      '!!dist',
      '!docs/rules',
      '!docs/data-set',
      '!conformance-pack/*.yaml',
      '!test/infra/releases',
    ],
  },
  formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 100 },
  javascript: { formatter: { quoteStyle: 'single' } },
  linter: {
    rules: {
      preset: 'recommended',
      complexity: { useLiteralKeys: 'off' },
      correctness: { noUnusedImports: 'error', noUnusedVariables: 'error' },
      style: { noNonNullAssertion: 'error', useImportType: 'error', noDefaultExport: 'error' },
      suspicious: {
        noExplicitAny: 'error',
        noConsole: 'error',
        // A circle of types is a circle: two files that cannot be read apart. This rule and the next read every file that a file
        // imports, which takes longer than all others together: "npm run check:graph" asks for them.
        noImportCycles: { level: 'off', options: { ignoreTypes: false } },
      },
      nursery: { noFloatingPromises: 'off' },
    },
  },
};

const off = (group: string, ...rules: readonly string[]) => ({
  linter: { rules: { [group]: Object.fromEntries(rules.map((rule) => [rule, 'off'])) } },
});

const EXCEPTIONS = [
  // Rules and their tests are read as prose: a sentence stands on one line.
  { includes: ['rules/*.ts', 'test/rules/**/*.ts'], formatter: { lineWidth: 140 } },
  // A view is read as the page that it makes.
  {
    includes: ['dashboard/**/*.tsx'],
    formatter: { lineWidth: 132 },
    // HTML has no element for a grid of cells or a list of a million rows; axe-core judges what these views come to.
    ...off(
      'a11y',
      'noNoninteractiveTabindex',
      'useAnchorContent',
      'useFocusableInteractive',
      'useSemanticElements',
      'useValidAnchor',
    ),
  },
  { includes: ['dashboard/style/*.css'], ...off('style', 'noDescendingSpecificity') },
  // Tables are read across.
  {
    includes: ['src/services/operations.ts', 'src/generate/layers.ts'],
    formatter: { lineWidth: 140 },
  },
  {
    includes: ['rules/**', 'test/**', 'conformance-pack/**', 'vitest.config.ts'],
    ...off('style', 'noDefaultExport'),
  },
  { includes: ['biome.json'], formatter: { enabled: false } },
  // CloudFormation writes its placeholders as JavaScript does.
  { includes: ['infra/**', 'test/infra/**'], ...off('suspicious', 'noTemplateCurlyInString') },
];

/** biome.json, with an override for each depth of each room that makes every import an error which the house does not allow. */
export function lintConfiguration(): string {
  const overrides = [
    ...EXCEPTIONS,
    ...rooms.flatMap((room) => depthsOf(room).map((depth) => overrideOf(room, depth))),
  ];
  const base = JSON.stringify(BASE, null, 2).replace(/\n}$/, '');
  const lines = overrides.map((override) => `    ${JSON.stringify(override)}`);
  return `${base},\n  "overrides": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** Each depth of the folders of a room has its own way to name the other rooms. */
const depthsOf = ({ depth = 0 }: Room) => Array.from({ length: depth + 1 }, (_, level) => level);

function overrideOf(room: Room, depth: number) {
  const { path, holds, isPure } = room;
  const folder = `${path}/${'*/'.repeat(depth)}`;
  const group = importsOf(room, depth);
  const message = `${path} may not import this (docs/architecture.md shows what it may). It is for: ${holds}`;
  const noRestrictedImports = { level: 'error', options: { patterns: [{ group, message }] } };
  const noRestrictedGlobals = { level: 'error', options: { deniedGlobals: PURE } };
  const style = isPure ? { noRestrictedImports, noRestrictedGlobals } : { noRestrictedImports };
  // The registry names every rule, and no rule names another.
  const includes =
    path === 'rules'
      ? ['rules/*.ts', '!rules/index.ts']
      : [`${folder}*.ts`, ...(path === 'dashboard' ? [`${folder}*.tsx`] : [])];
  return { includes, linter: { rules: { style } } };
}

/** Everything is refused but what is named: the last pattern that fits decides. */
function importsOf({ path, uses = [], packages = [] }: Room, depth: number): string[] {
  const from = join(path, ...Array.from({ length: depth }, (_, level) => `level-${level}`));
  const own =
    path === 'rules'
      ? []
      : [
          '!./**',
          ...Array.from({ length: depth }, (_, level) => `!${'../'.repeat(level + 1)}**`),
          `${'../'.repeat(depth + 1)}**`,
        ];
  return [
    '**',
    ...own,
    ...uses.filter((room) => room !== path).map((room) => allowed(from, room)),
    ...packages.map((name) => `!${name}`),
  ];
}

function allowed(from: string, target: string): string {
  const isFile = /\.[a-z]+$/.test(target);
  return `!${relative(from, target)}${isFile ? '' : '/**'}`;
}
