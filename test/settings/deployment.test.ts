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
});

it('completes what is left out', () => {
  expect(parseDeployment(LEAST, 'd.yaml')).toMatchObject({
    rollout: { concurrencyPercentage: 10, failureTolerancePercentage: 0 },
    functions: { logRetentionDays: 365, silenceHours: 36 },
    consumers: { securityHub: true, history: null },
    pack: 's3-gdpr-hipaa',
    awsManagedRules: true,
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

it('refuses the management account where it can do nothing', () => {
  const text = LEAST.replace('"111122223333"', '"333344445555"');
  expect(problemsOf(`${text}canary: { accounts: ["333344445555"] }`)).toEqual([
    'd.yaml:2: 333344445555 is the management account, expected a delegated administrator.',
    'd.yaml:4: 333344445555 is the management account, expected a member account.',
  ]);
});
