import { writeFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { EXAMINATIONS } from '../../src/doctor/diagnosis.ts';
import { run } from '../cli/run.ts';
import { CENTRAL, MEMBERS, REGIONS, recorder, throwing, world } from './world.ts';

it('finds nothing where nothing is missing, and says what it examined', async () => {
  const { told } = await world();
  const { code, counts, diagnoses } = await told();
  expect(diagnoses.filter(({ state }) => state !== 'OK')).toEqual([]);
  expect(code).toBe(0);
  expect(counts).toEqual({ FIX: 0, UNKNOWN: 0, WARN: 0, OK: diagnoses.length });
  // Of accounts and of buckets for the code it tells only where there is something to tell.
  const told_ = new Set(diagnoses.map(({ examined }) => examined));
  expect(EXAMINATIONS.filter((each) => !told_.has(each))).toEqual([
    ...['code-bucket', 'delivery-bucket', 'site-key', 'coverage', 'account', 'deliveries'],
    ...['deployed-rules', 'deployed-functions'],
  ]);
  const places = diagnoses.filter(({ examined }) => examined === 'recorder');
  expect(places.map(({ account, region }) => `${account} ${region}`).sort()).toEqual(
    [CENTRAL, ...MEMBERS].flatMap((id) => REGIONS.map((region) => `${id} ${region}`)).sort(),
  );
});

it('enters each account with the role, its own with its credentials, and each Region there', async () => {
  const { told, server } = await world();
  await told('--external-id', 'our-id');
  const assumed = server.calls.filter(({ operation }) => operation === 'AssumeRole');
  expect(assumed.map(({ input }) => input)).toContainEqual(
    expect.objectContaining({ ExternalId: 'our-id' }),
  );
  const roles = assumed.map(({ input }) => (input as { RoleArn: string }).RoleArn);
  expect(roles.sort()).toEqual(MEMBERS.map((id) => `arn:aws:iam::${id}:role/doctor`));
  const asked = server.calls.filter(({ operation }) => operation === 'DescribeHub');
  expect(asked.map(({ region }) => region).sort()).toEqual([
    ...Array(3).fill('eu-central-1'),
    ...Array(3).fill('us-east-1'),
  ]);
});

it('looks into its own account alone without a role, and calls no other account fine', async () => {
  const { doctor, server } = await world();
  const { code, stdout } = await doctor('--format', 'json');
  expect(code).toBe(4);
  const { diagnoses } = JSON.parse(stdout);
  const about = (id: string) =>
    diagnoses.filter(
      (each: { account: string; examined: string }) =>
        each.account === id && each.examined !== 'canary',
    );
  for (const id of MEMBERS) {
    expect(about(id)).toMatchObject([
      { state: 'UNKNOWN', examined: 'account', what: expect.stringMatching(/^Not examined/) },
    ]);
    expect(about(id)[0].fix).toContain('--role');
  }
  expect(server.calls.map(({ operation }) => operation)).not.toContain('AssumeRole');
  expect(about(CENTRAL).length).toBeGreaterThan(10);
});

it('says what is the same once, with the first places', async () => {
  const { doctor } = await world({
    DescribeConfigurationRecorders: { ConfigurationRecorders: [] },
  });
  const { code, stdout, stderr } = await doctor('--role', 'doctor');
  expect(code).toBe(1);
  expect(stderr).toBe('');
  // IAM is recorded in the home Region alone, so what to do there is not what to do elsewhere.
  for (const [region, global] of [
    ['eu-central-1', true],
    ['us-east-1', false],
  ]) {
    expect(stdout).toMatch(
      new RegExp(
        `FIX {6}recorder +No configuration recorder exists in this Region\\.\\n {9}in 3 accounts: \\d{12} ${region}, \\d{12} ${region}, \\d{12} ${region}\\n {9}fix: aws iam create-service-linked-role.*includeGlobalResourceTypes=${global} --region ${region}`,
      ),
    );
  }
  expect(stdout).toMatch(/\n6 to fix, 0 unknown, 0 to check, \d+ as required\.\n$/);
});

it('asks again where it was throttled', async () => {
  const { server, doctor } = await world();
  server.fail('DescribeHub', { name: 'ThrottlingException', status: 400 });
  expect((await doctor('--role', 'doctor')).code).toBe(0);
  expect(server.calls.filter(({ error }) => error === 'ThrottlingException')).toHaveLength(1);
});

it('ends with 3 when nobody says who calls, and asks nothing more', async () => {
  const { doctor, server } = await world({
    GetCallerIdentity: throwing('InvalidClientTokenId', 'bad\u001b[2J', 403),
  });
  const { code, stdout, stderr } = await doctor();
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toBe(
    `AWS could not identify the credentials (AWS answered InvalidClientTokenId: bad\\u{1b}[2J): expected credentials of the central account ${CENTRAL}.\n`,
  );
  expect(new Set(server.calls.map(({ operation }) => operation))).toEqual(
    new Set(['GetCallerIdentity']),
  );
});

it('ends with 3 without credentials', async () => {
  const { doctor, server } = await world();
  vi.stubEnv('AWS_ACCESS_KEY_ID', '');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
  const { code, stderr } = await doctor();
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /^AWS could not identify .*\(Could not load credentials.*\): expected credentials of/,
  );
  expect(server.calls).toEqual([]);
});

it('asks nothing on wrong usage', async () => {
  const { doctor, server, file } = await world({}, { deployment: { regions: ['everywhere'] } });
  const wrong = await doctor();
  expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr).toContain(`${file}:1: regions.0`);
  for (const more of [
    ['--role', 'arn:aws:iam::111122223333:role/x'],
    ['--role', 'a b'],
    ['--external-id', 'our-id'],
    ['--format', 'xml'],
    ['--settings', 'no-such-file.yaml'],
  ]) {
    expect((await doctor(...more)).code, more.join(' ')).toBe(2);
  }
  expect(server.calls).toEqual([]);
});

it('shows a person how far it is, on standard error alone', async () => {
  const { file } = await world();
  const { stdout, stderr } = await run(['doctor', file, '--role', 'doctor'], '', true);
  expect(stderr).toMatch(/^\r.*% {2}organization/);
  expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  expect(stdout).not.toContain('%');
});

it('holds recorders to the types that the settings name', async () => {
  const types = { resourceTypes: ['AWS::S3::Bucket'] };
  const { told, file } = await world({
    DescribeConfigurationRecorders: {
      ConfigurationRecorders: [recorder({ recordingGroup: types })],
    },
  });
  expect((await told()).code).toBe(1);
  const settings = file.replace('deployment', 'settings');
  writeFileSync(
    settings,
    JSON.stringify({
      rules: {
        'config-recorder-health': { requiredTypes: ['AWS::S3::Bucket'], requireContinuous: false },
      },
    }),
  );
  expect((await told('--settings', settings)).code).toBe(0);
});
