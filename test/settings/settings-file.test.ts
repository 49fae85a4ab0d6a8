import { describe, expect, it } from 'vitest';
import health from '../../rules/config-recorder-health.ts';
import { rules } from '../../rules/index.ts';
import classified from '../../rules/s3-data-classification.ts';
import reviewed from '../../rules/s3-policy-review-attested.ts';
import measured from '../../rules/s3-request-metrics-alarms.ts';
import encrypted from '../../rules/s3-sse-kms-approved-keys.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { parameterProblems } from '../../src/settings-file/problems/parameters.ts';
import {
  loadSettings,
  parseSettings,
  SettingsError,
} from '../../src/settings-file/settings-file.ts';
import { validatorOf } from '../../src/settings-file/validators.ts';

const problemsOf = (text: string): readonly string[] => {
  try {
    parseSettings(text, 's.yaml');
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
};

const waiver = (change: Record<string, string> = {}) => {
  const fields = {
    id: 'W-1',
    rule: 's3-tls-only',
    subject: '{ account: "111122223333" }',
    owner: 'team',
    approver: 'ciso',
    reason: 'because',
    created: '2026-01-01',
    expires: '2026-12-31',
    ...change,
  };
  const lines = Object.entries(fields).map(([key, value]) => `    ${key}: ${value}`);
  return `waivers:\n  -\n${lines.join('\n')}\n`;
};

const PLACED = `organization:
  accounts:
    "111122223333": o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/
`;

const review = (change: Record<string, string> = {}) => {
  const fields = {
    arn: 'arn:aws:s3:::my-bucket',
    policySha256: 'ab'.repeat(32),
    reviewer: 'team',
    at: '2026-01-01',
    ...change,
  };
  const lines = Object.entries(fields).map(([key, value]) => `    ${key}: "${value}"`);
  return `reviews:\n  -\n${lines.join('\n')}\n`;
};

const attestation = (change: Record<string, string> = {}) => {
  const fields = {
    watches: 'alarms',
    arn: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/organization',
    accounts: '["*"]',
    attestedBy: 'Head of security',
    at: '"2026-01-01"',
    ...change,
  };
  const lines = Object.entries(fields).map(([key, value]) => `    ${key}: ${value}`);
  return `attestations:\n  -\n${lines.join('\n')}\n`;
};

describe('a settings file', () => {
  it('may be empty, or leave sections out', () => {
    expect(parseSettings('', 's.yaml').trust.accounts).toEqual([]);
    expect(parseSettings('kms: { approvedKeys: [alias/a] }', 's.yaml')).toMatchObject({
      kms: { approvedKeys: ['alias/a'] },
      logs: { approvedTargets: [] },
      waivers: [],
    });
  });

  it('is read with everything in it', () => {
    const text = `trust:
  accounts: ["012345678901"]
  organizations: [o-a1b2c3d4e5]
  organizationPaths: [o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/]
  services: [cloudtrail.amazonaws.com, logging.s3.amazonaws.com]
  canonicalUsers: [${'a'.repeat(64)}]
rules:
  s3-log-retention: { minimumDays: 180 }
${waiver()}`;
    expect(parseSettings(text, 's.yaml')).toMatchObject({
      trust: { accounts: ['012345678901'] },
      rules: { 's3-log-retention': { minimumDays: 180 } },
      waivers: [{ id: 'W-1', subject: { account: '111122223333' } }],
    });
  });
});

it('may place accounts in the organization, so that waivers by OU apply', () => {
  for (const ou of ['ou-ab12-11111111', 'ou-ab12-22222222']) {
    const settings = parseSettings(`${PLACED}${waiver({ subject: `{ ou: ${ou} }` })}`, 's.yaml');
    expect(settings.waivers).toMatchObject([{ subject: { ou } }]);
    expect(Object.keys(settings.organization.accounts)).toEqual(['111122223333']);
  }
});

it.each([
  'eu-central-1',
  'us-gov-west-1',
  'cn-northwest-1',
  'eusc-de-east-1',
  'us-isob-east-1',
])('takes %s for a home Region, where the pack names none', (region) => {
  const settings = parseSettings(`organization: { homeRegions: [${region}] }`, 's.yaml');
  expect(parametersOf(health, settings)).toMatchObject({ homeRegions: [region] });
  const told = { homeRegions: ['us-east-1'] };
  expect(parametersOf(health, settings, told)).toMatchObject(told);
});

it('hands attestations to the rules that read them', () => {
  const { attestations } = parseSettings(attestation(), 's.yaml');
  expect(attestations).toMatchObject([{ watches: 'alarms', accounts: ['*'], at: '2026-01-01' }]);
  const reading = rules.filter(({ parameters }) => 'attestations' in parameters);
  expect(reading).toHaveLength(5);
  for (const each of reading) {
    expect(parametersOf(each, parseSettings(attestation(), 's.yaml'))).toMatchObject({
      attestations,
    });
  }
});

describe('the classification', () => {
  const CLASSES =
    'classification: { tags: [Class, Kind], values: [phi, public], sensitive: [phi] }\n';
  const parameters = (text: string, rule: Parameters<typeof parametersOf>[0]) =>
    parametersOf(rule, parseSettings(text, 's.yaml'));

  it('reaches the rules that ask for it, whose own parameters take its place', () => {
    expect(parameters(CLASSES, classified)).toMatchObject({
      classificationTags: ['Class', 'Kind'],
      allowedValues: ['phi', 'public'],
    });
    expect(parameters(CLASSES, measured)).toMatchObject({ classifications: ['phi'] });
    const own = `${CLASSES}rules: { ${measured.id}: { classifications: [public] } }`;
    expect(parameters(own, measured)).toMatchObject({
      classificationTags: ['Class', 'Kind'],
      classifications: ['public'],
    });
    expect(parameters('', measured)).toMatchObject({
      classificationTags: ['data-classification'],
      classifications: ['restricted'],
    });
  });

  it('stands in a list of buckets for the tags of sensitive data', () => {
    const scope = `rules: { ${encrypted.id}: { appliesTo: [a, 'classification:sensitive'] } }`;
    expect(parameters(CLASSES + scope, encrypted)).toMatchObject({
      appliesTo: ['a', 'Class=phi', 'Kind=phi'],
      exceptFor: [],
    });
  });

  it('never turns a scope into that of every bucket', () => {
    const { classification } = emptySettings;
    const none = { ...emptySettings, classification: { ...classification, sensitive: [] } };
    const given = { appliesTo: ['classification:sensitive'] };
    const values = parametersOf(encrypted, none, given);
    expect(values).toMatchObject(given);
    // As a parameter of a pack it would otherwise leave every bucket out, and no one would notice.
    const [problem] = parameterProblems(encrypted, values, validatorOf(encrypted.id));
    expect(problem).toContain('needs classification.tags and classification.sensitive');
  });
});

it('hands the retention schedule to the rules that keep to it', () => {
  const period = '{ buckets: Class=phi, minimumDays: 1, maximumDays: 2 }';
  const settings = parseSettings(`retention: [${period}]`, 's.yaml');
  const reading = rules.filter(({ parameters }) => 'schedule' in parameters);
  expect(reading.map(({ id }) => id)).toEqual([
    's3-lifecycle-expiration',
    's3-versioning-with-lifecycle',
  ]);
  for (const each of reading) {
    expect(parametersOf(each, settings)).toMatchObject({
      schedule: [{ buckets: 'Class=phi', minimumDays: 1, maximumDays: 2 }],
    });
  }
});

it('hands reviews to the rule, whose own take their place', () => {
  const settings = parseSettings(review(), 's.yaml');
  const { arn, policySha256 } = settings.reviews[0] ?? {};
  expect(parametersOf(reviewed, settings)).toMatchObject({ reviews: [{ arn, policySha256 }] });
  const own = `rules:\n  ${reviewed.id}:\n    reviews: []\n`;
  expect(parametersOf(reviewed, parseSettings(review() + own, 's.yaml'))).toMatchObject({
    reviews: [],
  });
});

describe('what is wrong with it is said with file, line and expectation', () => {
  it.each([
    [
      'retention:\n  - buckets: Class=phi\n    minimumDays: 3\n    maximumDays: 2',
      's.yaml:2: expected minimumDays of at most maximumDays.',
    ],
    [
      'retention:\n  - { buckets: a, minimumDays: 1, maximumDays: 2, noncurrentMinimumDays: 1 }',
      's.yaml:2: expected both noncurrentMinimumDays and noncurrentMaximumDays, or neither.',
    ],
    [
      'retention:\n  - { buckets: a/b, minimumDays: 1, maximumDays: 2 }',
      's.yaml:2: retention.0.buckets is "a/b", expected a bucket name or tag=value',
    ],
    ['retention:\n  - { buckets: a, minimumDays: 1 }', 's.yaml:2: retention.0 lacks maximumDays.'],
    [
      'classification:\n  values: [a]\n  sensitive: [a, b]',
      's.yaml:3: sensitive has b, expected only entries of values.',
    ],
    // The default of sensitive is not among the values, so no bucket would be sensitive.
    [
      'classification:\n  values: [a]',
      's.yaml:1: sensitive has restricted, expected only entries of values.',
    ],
    // An empty scope would mean every bucket.
    [
      'classification: { sensitive: [] }\nrules:\n  s3-access-logging:\n    appliesTo: [classification:sensitive]',
      's.yaml:3: s3-access-logging: appliesTo must be a list, each entry a bucket name, tag=value (wildcards * and ? in the name and ' +
        'in the value), or classification:sensitive (needs classification.tags and classification.sensitive in the settings), got ' +
        '"classification:sensitive".',
    ],
    [
      'classification:\n  tags: ["a=b"]',
      's.yaml:2: classification.tags.0 is "a=b", expected the key of a tag, without "="',
    ],
    [
      'trust:\n  acounts: []',
      's.yaml:2: trust.acounts is unknown, expected one of accounts, organizations, organizationPaths, services, canonicalUsers, grants.',
    ],
    [
      'trust:\n  grants:\n    - principal: "*"',
      's.yaml:3: trust.grants.0.principal is "*", expected an account id, the ARN of a user or role, or an organization id.',
    ],
    [
      'trust:\n  grants:\n    - actions: ["s3:GetObject"]',
      's.yaml:3: trust.grants.0 lacks principal.',
    ],
    [
      'trust:\n  grants:\n    - principal: "111122223333"\n      action: s3:GetObject',
      's.yaml:4: trust.grants.0.action is unknown, expected one of principal, actions, prefixes.',
    ],
    [
      'trust:\n  grants:\n    - principal: "111122223333"\n      prefixes:\n        - a/*',
      's.yaml:5: trust.grants.0.prefixes.0 is "a/*", expected the beginning of object keys, without wildcards.',
    ],
    [
      'rules:\n  s3-cross-account-scoped:\n    grants:\n      - principal: 1',
      's.yaml:4: rules.s3-cross-account-scoped.grants.0.principal is 1, expected an account id',
    ],
    [
      'trust:\n  accounts: [123456789012]',
      's.yaml:2: trust.accounts.0 is 123456789012, expected an account id of twelve digits, in quotes.',
    ],
    [
      'trust:\n  accounts:\n    - "1234"',
      's.yaml:3: trust.accounts.0 is "1234", expected an account id of twelve digits.',
    ],
    [
      'trust:\n  organizations: ["o-*"]',
      's.yaml:2: trust.organizations.0 is "o-*", expected an organization id such as o-a1b2c3d4e5.',
    ],
    [
      'trust: yes please',
      's.yaml:1: trust is "yes please", expected a section with keys (accounts, ',
    ],
    ['\n\nrules:\n  s3-tls: {}', 's.yaml:4: rules.s3-tls is unknown, expected one of '],
    [
      'rules:\n  s3-log-retention:\n    minimumDays: 1y',
      's.yaml:3: rules.s3-log-retention.minimumDays is "1y", expected a whole number',
    ],
    [
      'rules:\n  s3-log-retention:\n    minDays: 1',
      's.yaml:3: rules.s3-log-retention.minDays is unknown, expected one of logBuckets, minimumDays, ',
    ],
    [
      'rules:\n  s3-log-retention:\n    minimumDays: 99999',
      's.yaml:3: rules.s3-log-retention.minimumDays is 99999, expected a number <= 36500.',
    ],
    [
      'rules:\n  s3-log-retention:\n    minimumDays: 3000',
      's.yaml:2: s3-log-retention: minimumDays must be an integer from 1 to 36500, at most maximumDays, got 3000.',
    ],
    [
      waiver({ expires: '2027-01-02' }),
      's.yaml:10: waiver W-1: expires is 2027-01-02, expected at most 365 days after created (2026-01-01).',
    ],
    [
      waiver({ expires: '2025-12-31' }),
      's.yaml:10: waiver W-1: expires is 2025-12-31, expected at most 365 days after created (2026-01-01).',
    ],
    [
      waiver({ expires: 'tomorrow' }),
      's.yaml:10: waivers.0.expires is "tomorrow", expected a date such as 2026-12-31.',
    ],
    [
      waiver({ rule: 's3-nothing' }),
      's.yaml:4: waiver W-1: rule is s3-nothing, expected the id of a rule.',
    ],
    [
      waiver({ subject: '{}' }),
      's.yaml:5: waivers.0.subject is {}, expected one of arn, account and ou.',
    ],
    [
      waiver({ subject: '{ ou: ou-ab12-11111111 }' }),
      's.yaml:5: waiver W-1: ou is ou-ab12-11111111, expected the OU of an account in organization.accounts. Otherwise the waiver never applies.',
    ],
    [
      `${PLACED}${waiver({ subject: '{ ou: ou-ab12-2222222 }' })}`,
      's.yaml:8: waiver W-1: ou is ou-ab12-2222222, expected the OU of an account',
    ],
    [
      waiver({ subject: '{ ou: r-ab12 }' }),
      's.yaml:5: waivers.0.subject.ou is "r-ab12", expected the id of an organizational unit such as ou-ab12-11111111.',
    ],
    [
      'organization:\n  accounts:\n    012345678901: o-a1b2c3d4e5/r-ab12/',
      's.yaml:3: organization.accounts.12345678901 is unknown, expected account ids of twelve digits, in quotes.',
    ],
    [
      'organization:\n  accounts:\n    "012345678901": ou-ab12-11111111',
      's.yaml:3: organization.accounts.012345678901 is "ou-ab12-11111111", expected where the account is in the organization, such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/.',
    ],
    [
      'organization:\n  homeRegions: [Frankfurt]',
      's.yaml:2: organization.homeRegions.0 is "Frankfurt", expected a Region such as eu-central-1.',
    ],
    [
      'organization:\n  acounts: {}',
      's.yaml:2: organization.acounts is unknown, expected one of homeRegions, accounts, names. Did you mean accounts?',
    ],
    [
      'organization: {}\nreviews:\n  - arn: arn:aws:s3:::a\n',
      's.yaml:3: reviews.0 lacks policySha256.',
    ],
    [
      review({ arn: 'my-bucket' }),
      's.yaml:3: reviews.0.arn is "my-bucket", expected the ARN of a bucket.',
    ],
    [review({ policySha256: 'A'.repeat(64) }), 's.yaml:4: reviews.0.policySha256 is "AAAA'],
    [review({ reviewer: 'x'.repeat(65) }), 'expected the reviewer, in at most 64 characters.'],
    [review({ at: '2026-1-1' }), 's.yaml:6: reviews.0.at is "2026-1-1", expected a date such as'],
    [attestation({ watches: 'everything' }), 's.yaml:3: attestations.0.watches is "everything"'],
    [attestation({ accounts: '[]' }), 's.yaml:5: attestations.0.accounts'],
    [attestation({ accounts: '[all]' }), 'expected an account id of twelve digits, or * for all'],
    [
      attestation({ arn: 'arn:aws:s3:::b' }),
      'expected the ARN of an analyzer, a trail or an event data store',
    ],
    [
      attestation({ watches: 'externalAccess' }),
      's.yaml:4: arn is arn:aws:cloudtrail:eu-central-1:111122223333:trail/organization, expected the ARN of an analyzer',
    ],
    [
      attestation({ arn: 'arn:aws:cloudtrail:eu-central-1:111122223333:eventdatastore/1' }),
      'expected the ARN of a trail for alarms.',
    ],
    [waiver().replace('    owner: team\n', ''), 's.yaml:3: waivers.0 lacks owner.'],
    [waiver() + waiver().replace('waivers:\n', ''), 's.yaml:12: waiver W-1: the id is used twice'],
    ['trust: {\n  accounts: [', 's.yaml:2: '],
    ['trust: {}\ntrust: {}', 's.yaml:2: the key trust stands here twice'],
    ['[]', 's.yaml:1: the file is [], expected a section with keys'],
    ['"\\e[2J": 1', 's.yaml:1: \\u{1b}[2J is unknown'],
  ])('%j', (text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected);
  });

  it('names every problem, not just the first', () => {
    expect(problemsOf('trust:\n  a: 1\nkms:\n  b: 2')).toHaveLength(2);
  });

  it('refuses a bomb of aliases', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [key, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map((pair) => [...pair])) {
      bomb.push(`${key}: &${key} [${Array(9).fill(`*${of}`).join(',')}]`);
    }
    expect(() => parseSettings(bomb.join('\n'), 's.yaml')).toThrow(/s\.yaml: .*alias/i);
  });

  it('says which file cannot be read', async () => {
    await expect(loadSettings('/nowhere/s.yaml')).rejects.toThrow(
      /^\/nowhere\/s\.yaml: cannot be read: ENOENT/,
    );
  });
});
