import { expect, it } from 'vitest';
import { packs } from '../../conformance-pack/packs.ts';
import {
  homeRegionOf,
  loadDeployment,
  parseDeployment,
} from '../../src/settings-file/deployment.ts';
import { SettingsError } from '../../src/settings-file/settings-file.ts';

const LEAST = `organization: { id: o-a1b2c3d4e5, managementAccount: "333344445555", units: [r-ab12] }
centralAccount: "111122223333"
regions: [eu-central-1]
`;

const UNITS = (units: string) =>
  `organization: { id: o-a1b2c3d4e5, managementAccount: "333344445555", units: ${units} }`;
const CANARY = (accounts: string) => `canary: { accounts: ${accounts} }`;
const AFTER = (partition: string, kind: string) =>
  `rollout: { after: ["arn:${partition}:cloudformation:eu-central-1:111122223333:${kind}/r:0a1b2c3d-0000-0000-0000-000000000000"] }`;
const ELEVEN = `rollout: { after: ${JSON.stringify(
  Array.from({ length: 11 }, (_, n) =>
    /"(.*)"/.exec(AFTER('aws', `stackset/r${n}`))?.[1]?.replace('/r:', ':'),
  ),
)} }`;
const PAGES = (url: string) => `functions: { rulePagesUrl: "${url}" }`;
const HISTORY = (days: number) => `consumers: { history: { retentionDays: ${days} } }`;
const FIFTY = Array.from({ length: 50 }, (_, n) => `ou-ab12-${String(n).padStart(8, '0')}`);
const THOUSAND = Array.from({ length: 1000 }, (_, n) => String(100_000_000_000 + n));

const problemsOf = (text: string): readonly string[] => {
  try {
    parseDeployment(text, 'd.yaml');
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
};

it('reads the example, whose first Region is the home Region', async () => {
  const deployment = await loadDeployment('examples/deployment.yaml');
  expect(homeRegionOf(deployment)).toBe('eu-central-1');
  expect(deployment.rollout).toEqual({ concurrencyPercentage: 20, failureTolerancePercentage: 5 });
  expect(deployment.assetBucketPrefix).toBeNull();
  // Who tries the example locks nothing for years.
  expect(deployment.consumers.history).toEqual({ retentionDays: 1 });
});

it('completes what is left out', () => {
  expect(parseDeployment(LEAST, 'd.yaml')).toMatchObject({
    rollout: { concurrencyPercentage: 10, failureTolerancePercentage: 0 },
    functions: { logRetentionDays: 365, silenceHours: 36 },
    consumers: { securityHub: true, history: null },
    pack: 's3-gdpr-hipaa',
    awsManagedRules: false,
  });
  expect(parseDeployment(`${LEAST}functions: { silenceHours: 48 }`, 'd.yaml').functions).toEqual({
    alarms: false,
    logRetentionDays: 365,
    silenceHours: 48,
  });
  const kept = `${LEAST}consumers: { history: { retentionDays: 2557 } }`;
  expect(parseDeployment(kept, 'd.yaml').consumers).toEqual({
    securityHub: true,
    history: { retentionDays: 2557 },
    results: { retentionDays: 400 },
  });
});

it.each([
  ['regions: [eu]', 'd.yaml:3: regions.0 is "eu", expected a Region such as eu-central-1.'],
  [
    'centralAccount: 111122223333',
    'd.yaml:2: centralAccount is 111122223333, expected an account id of twelve digits, in quotes.',
  ],
  ['functions: { logRetentionDays: 100 }', 'logRetentionDays is 100, expected'],
  ['functions: { silenceHours: 12 }', 'silenceHours is 12, expected'],
  [
    'pack: s3-pci',
    `pack is "s3-pci", expected one of ${packs
      .map(({ name }) => name)
      .join(', ')
      .replace(/, (?=[^,]*$)/, ' and ')}.`,
  ],
  ['notification: { email: nobody }', 'email is "nobody", expected an email address'],
  ['rolout: {}', 'd.yaml:4: rolout is unknown, expected one of organization, '],
  [
    'assetBucketPrefix: A_B',
    'assetBucketPrefix is "A_B", expected the beginning of names of buckets',
  ],
])('refuses %s by its line', (line, problem) => {
  const key = line.slice(0, line.indexOf(':'));
  const lines = LEAST.split('\n');
  const index = lines.findIndex((each) => each.startsWith(`${key}:`));
  const text =
    index < 0 ? `${LEAST}${line}` : lines.map((each, i) => (i === index ? line : each)).join('\n');
  expect(problemsOf(text).join('\n')).toContain(problem);
});

/** Written down before they were tried: what an outsider may write, and what is said of it; null where nothing is. */
const OUTSIDERS: readonly (readonly [what: string, text: string, problem: string | null])[] = [
  ['no Region', 'regions: []', 'regions is [], expected at least 1 entry.'],
  ['a Region twice', 'regions: [eu-central-1, eu-central-1]', 'expected different entries'],
  ['a Region that is no list', 'regions: eu-central-1', 'expected a list.'],
  ['a Region with a space', 'regions: ["eu-central-1 "]', 'expected a Region such as'],
  ['a Region of hyphens', 'regions: [eu----1]', 'expected a Region such as'],
  [
    'Regions of two partitions',
    'regions: [us-gov-west-1, us-gov-east-1, eu-central-1]',
    'd.yaml:3: regions.2 is eu-central-1, expected a Region of the partition aws-us-gov, as us-gov-west-1 is.',
  ],
  ['a Region that may come', 'regions: [zz-north-9]', null],
  ['no unit', UNITS('[]'), 'organization.units is [], expected at least 1 entry.'],
  ['a unit twice', UNITS('[r-ab12, r-ab12]'), 'expected different entries'],
  [
    'units of two organizations',
    UNITS('[ou-ab12-11111111, ou-cd34-11111111]'),
    'd.yaml:1: organization.units.1 is ou-cd34-11111111, expected a unit of the root r-ab12, as ou-ab12-11111111 is.',
  ],
  [
    'a key of another partition',
    'delivery: { bucket: b-1, key: "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/a" }',
    'expected a key of the partition aws.',
  ],
  ['eleven stack sets before', ELEVEN, 'expected at most 10 entries.'],
  ['a command for a unit', UNITS('["ou-ab12-11111111; rm -rf /"]'), 'expected the id of an'],
  [
    'no organization',
    'organization:',
    'organization is null, expected a section with keys (id, managementAccount, units).',
  ],
  ['an account with a leading 0', 'centralAccount: 012345678901', 'of twelve digits, in quotes.'],
  ['an account twice', CANARY('["444455556666", "444455556666"]'), 'expected different entries'],
  ['no canaries', 'canary: {}', 'canary lacks accounts.'],
  ['an empty canary', CANARY('[]'), null],
  ['the central account as canary', CANARY('["111122223333"]'), null],
  ['a thousand canaries', CANARY(JSON.stringify(THOUSAND)), null],
  [
    'a canary on its way and there',
    CANARY('["444455556666"], moving: ["444455556666"]'),
    'd.yaml:4: canary.moving.0 is 444455556666, which canary.accounts names as well, expected it under one of them.',
  ],
  [
    'the management account on its way',
    CANARY('[], moving: ["333344445555"]'),
    'd.yaml:4: canary.moving.0 is 333344445555, the management account, expected a member account.',
  ],
  ['nobody at a time', 'rollout: { concurrencyPercentage: 0 }', 'expected a number >= 1.'],
  [
    'a number as text',
    'rollout: { concurrencyPercentage: "20" }',
    'expected a whole number from 1 to 100.',
  ],
  [
    'a part of a percent',
    'rollout: { concurrencyPercentage: 20.5 }',
    'a whole number from 1 to 100.',
  ],
  [
    'a number without end',
    'rollout: { concurrencyPercentage: .inf }',
    'a whole number from 1 to 100.',
  ],
  ['a stack for a stack set', AFTER('aws', 'stack'), 'expected the ARN of a stack set.'],
  [
    'a stack set of China',
    AFTER('aws-cn', 'stackset'),
    'expected a stack set of the partition aws.',
  ],
  ['functions that never run', 'functions: { reservedConcurrency: 0 }', 'a number >= 5.'],
  [
    'a section without keys',
    'functions:',
    'functions is null, expected a section with keys (logRetentionDays, silenceHours,',
  ],
  ['a script', PAGES('javascript:alert(1)'), 'expected an https address.'],
  ['what acts on a screen', PAGES('https://x/\\e]0;x\\a'), 'expected an https address.'],
  [
    'an address that is turned round',
    'notification: { email: "a\\u202e@example.com" }',
    'email is "a\\u{202e}@example.com", expected an email address',
  ],
  ['a pack of the language', 'pack: __proto__', 'pack is "__proto__", expected one of'],
  ['no for never', 'onChange: false', 'onChange is false, expected one of low, medium'],
  ['yes for true', 'awsManagedRules: yes', 'awsManagedRules is "yes", expected true or false.'],
  ['a history without days', 'consumers: { history: {} }', 'history lacks retentionDays.'],
  ['a history of 100 years', HISTORY(36500), 'retentionDays is 36500, expected a number <= 3653.'],
  ['as many units as a stack set takes', UNITS(`[${FIFTY}]`), null],
  [
    'one more',
    UNITS(`[${FIFTY}, ou-ab12-99999999]`),
    'd.yaml:1: organization.units is a list of 51, expected at most 50, as many as a stack set takes at a time: name a unit above',
  ],
  [
    'the root beside a unit of it',
    UNITS('[ou-ab12-11111111, r-ab12]'),
    'organization.units.1 is r-ab12, the root, beside units of it, expected it by itself.',
  ],
  ['a key twice', 'canary: { accounts: [] }\ncanary: {}', 'the key canary stands here twice'],
  ['two documents', '---\na: 1', 'a second document begins here (---)'],
  ['a tab', '\ttier: strict', 'the line is indented with a tab, expected spaces.'],
];

it.each(OUTSIDERS)('says of %s what is wrong, and nothing else', (_, line, problem) => {
  const key = line.slice(0, line.indexOf(':'));
  const lines = LEAST.split('\n').filter((each) => each !== '');
  const index = lines.findIndex((each) => each.startsWith(`${key}:`));
  const text = index < 0 ? [...lines, line] : lines.with(index, line);
  const problems = problemsOf(text.join('\n'));
  expect(problems).toHaveLength(problem === null ? 0 : 1);
  if (problem !== null) expect(problems[0]).toContain(problem);
});

it('refuses the management account where it can do nothing', () => {
  const text = LEAST.replace('"111122223333"', '"333344445555"');
  expect(problemsOf(`${text}canary: { accounts: ["333344445555"] }`)).toEqual([
    'd.yaml:2: centralAccount is 333344445555, the management account, expected a delegated administrator.',
    'd.yaml:4: canary.accounts.0 is 333344445555, the management account, expected a member account.',
  ]);
});

it('says of a folder that it is one', async () => {
  await expect(loadDeployment('examples')).rejects.toThrow(
    'examples: cannot be read: it is a folder, expected a file.',
  );
});
