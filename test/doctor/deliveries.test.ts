import { expect, it } from 'vitest';
import { CENTRAL, REGIONS, recorder, world } from './world.ts';

const bucket = 'examplehealth-config';
const deployment = { rules: 'both', delivery: { bucket, prefix: 'org' } };
const buckets = { [bucket]: {} };
const daily = { deliveryFrequency: 'TwentyFour_Hours' };
const channel = (more: object) => [
  {
    ...{ name: 'default', s3BucketName: bucket, s3KeyPrefix: 'org/' },
    configSnapshotDeliveryProperties: daily,
    ...more,
  },
];

async function toldOf(channels: ReturnType<typeof channel>, more = {}) {
  const { told } = await world({}, { deployment, buckets, deliveryChannels: channels, ...more });
  const { diagnoses } = await told();
  return diagnoses.filter(({ examined }) => /^deliver(ies|y-bucket)$/.test(examined));
}

it('finds nothing to fix where snapshots go to the bucket that is read', async () => {
  const found = await toldOf(channel({}));
  expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['OK']));
  expect(found.map(({ what }) => what).join()).not.toContain('nothing to examine');
  expect(found).toHaveLength(1 + 3 * REGIONS.length);
});

it.each([
  [
    'no frequency',
    { configSnapshotDeliveryProperties: undefined },
    /no delivery frequency: AWS Config sends no snapshots/,
    /TwentyFour_Hours.*deliver-config-snapshot --delivery-channel-name default/,
  ],
  [
    'another bucket',
    { s3BucketName: 'x-other' },
    /delivers to s3:\/\/x-other\/org,/,
    /channel\.json/,
  ],
  ['another prefix', { s3KeyPrefix: undefined }, /delivers to s3:\/\/examplehealth-config\/,/, /./],
])('names a channel with %s', async (_, parts, what, fix) => {
  const all = await toldOf(channel(parts));
  const found = all.filter(({ examined }) => examined === 'deliveries');
  for (const each of found) {
    expect(each.state).toBe('FIX');
    expect(each.what).toMatch(what);
    expect(each.fix).toMatch(fix);
  }
  expect(found.length).toBeGreaterThan(0);
});

it.each([
  [
    'is refused',
    { [bucket]: { denied: true } },
    'WARN',
    `role/s3-config-rules-judging-${REGIONS[0]}`,
  ],
  ['does not exist', {}, 'FIX', 'Correct delivery.bucket.'],
] as const)('tells of a bucket that %s', async (_, others, state, fix) => {
  const found = await toldOf(channel({}), { deployment, buckets: others });
  const [told] = found.filter(({ examined }) => examined === 'delivery-bucket');
  expect(told).toMatchObject({ state, name: bucket });
  expect(told?.fix).toContain(fix);
});

it('asks nothing of members without rules but recorder and channel', async () => {
  const { told, server } = await world(
    {},
    {
      deliveryChannels: channel({}),
      deployment: { rules: 'central', delivery: { bucket, prefix: 'org' } },
      buckets,
    },
  );
  const { diagnoses } = await told();
  const ofMembers = diagnoses.filter(({ account, region }) => region && account !== CENTRAL);
  expect(new Set(ofMembers.map(({ examined }) => examined))).toEqual(
    new Set(['recorder', 'recorded-types', 'delivery-channel', 'deliveries']),
  );
  expect(server.calls.map(({ operation }) => operation)).not.toContain('DescribeHub');
});

const COMPLIANCE = 'AWS::Config::ResourceCompliance';
const ALL = { allSupported: true, includeGlobalResourceTypes: true };
it.each<[string, object, object, string | null, RegExp]>([
  [
    'with both, a recorder without them',
    { rules: 'both' },
    {},
    'FIX',
    /remove .* from the excluded/,
  ],
  [
    'with both, a recorder of named types',
    { rules: 'both' },
    { recordingGroup: { resourceTypes: ['AWS::S3::Bucket'] } },
    'FIX',
    /add AWS::Config::ResourceCompliance to its/,
  ],
  ['with both, of all types', { rules: 'both' }, { recordingGroup: ALL }, 'OK', /^null$/],
  ['with members, a recorder without them', { rules: 'members' }, {}, 'OK', /^null$/],
  [
    'with members, of named types, one too many',
    { rules: 'members' },
    { recordingGroup: { resourceTypes: ['AWS::S3::Bucket', COMPLIANCE] } },
    'WARN',
    /^Leave it if .* remove .* from its resourceTypes/,
  ],
  ['with central, of all types', { rules: 'central' }, { recordingGroup: ALL }, null, /./],
])('records of compliance: %s', async (_, { rules }: { rules?: string }, parts, state, fix) => {
  const answers = { DescribeConfigurationRecorders: { ConfigurationRecorders: [recorder(parts)] } };
  const all = { ...deployment, rules, ...(rules === 'members' ? { delivery: undefined } : {}) };
  const given = { deployment: all, buckets, deliveryChannels: channel({}) };
  const { diagnoses } = await (await world(answers, given)).told();
  const found = diagnoses.filter(({ examined }) => examined === 'compliance-records');
  expect(new Set(found.map((each) => each.state))).toEqual(new Set(state ? [state] : []));
  for (const each of found) expect(String(each.fix)).toMatch(fix);
});
