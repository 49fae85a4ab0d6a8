import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { shared } from '../../../src/sources/account/accounts.ts';
import { findingsIn, run } from '../../cli/run.ts';
import { startBench } from '../../contract-server/clients.ts';
import { ServiceError } from '../../contract-server/faults.ts';
import type { Bucket, State } from '../../contract-server/state.ts';

const ACCOUNT = '111122223333';
const caller = (account: string) => ({
  ...{ Account: account, Arn: `arn:aws:iam::${account}:user/auditor`, UserId: 'AIDA' },
});
const denyHttp = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    ...{ Effect: 'Deny', Principal: '*', Action: 's3:*' },
    Resource: ['arn:aws:s3:::safe', 'arn:aws:s3:::safe/*'],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
});
const safe: Bucket = { sections: { GetBucketPolicy: denyHttp } };
const channel = { name: 'default', s3BucketName: 'logs' };
const RULES = ['--rules', 's3-tls-only,s3-acl-disabled'];

/** A server over the state, and how the command line is called to ask it. */
async function startAws(parts: Partial<State>) {
  const bench = await startBench({ answers: { GetCallerIdentity: caller(ACCOUNT) }, ...parts });
  const folder = mkdtempSync(join(tmpdir(), 'collect-'));
  const environment = {
    AWS_ACCESS_KEY_ID: 'own',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'eu-central-1',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
    await bench.close();
  });
  const at = ['--endpoint-url', bench.server.endpoint];
  // The command line adds the rules of several options, so the usual ones stand back.
  const rulesFor = (more: readonly string[]) => (more.includes('--rules') ? [] : RULES);
  return {
    ...bench,
    collect: (name: string, ...more: string[]) =>
      run([
        'collect',
        'account',
        '--output',
        join(folder, name),
        ...at,
        ...rulesFor(more),
        ...more,
      ]),
    evaluate: async (source: string, ...more: string[]) => {
      const isLive = source === 'account';
      const options = [...(isLive ? at : []), ...rulesFor(more), '--format', 'ndjson', ...more];
      const ran = await run(['evaluate', isLive ? source : join(folder, source), ...options]);
      const found = findingsIn<Found>(ran.stdout);
      const states = found.map(({ rule, subject, state }) => `${rule} ${subject.name} ${state}`);
      return { ...ran, found, states };
    },
    path: (name: string) => join(folder, name),
    filesOf: (name: string) =>
      (readdirSync(join(folder, name), { recursive: true }) as string[])
        .filter((file) => file.includes('json'))
        .sort()
        .map((file) => [file, readFileSync(join(folder, name, file), 'utf8')] as const),
  };
}

interface Found {
  readonly rule: string;
  readonly state: string;
  readonly message: string;
  readonly subject: { readonly name: string; readonly account: string; readonly region: string };
}

describe('collect account', () => {
  it('asks each bucket in its own Region, page by page, and is judged as it was', async () => {
    const aws = await startAws({
      pageSizes: { ListBuckets: 2 },
      buckets: {
        safe: { ...safe, ownership: 'BucketOwnerEnforced' },
        open: {},
        far: { region: 'us-east-1', ownership: 'BucketOwnerEnforced' },
      },
    });
    const { code, stderr, stdout } = await aws.collect('all');
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^Collected 3 buckets and 0 other records of 1 account in 2 Regions, with 12 requests, 3\.0 for each bucket\.\n$/,
    );
    expect(code).toBe(0);
    const { states } = await aws.evaluate('all');
    const expected = [
      's3-acl-disabled far PASS',
      's3-acl-disabled open FAIL',
      's3-acl-disabled safe PASS',
      's3-tls-only far FAIL',
      's3-tls-only open FAIL',
      's3-tls-only safe PASS',
    ];
    expect(states.sort()).toEqual(expected);
    const asked = aws.server.calls.map(({ operation, region }) => `${operation} ${region}`);
    expect(asked).toContain('GetBucketPolicy us-east-1');
    // In a data set it is as whole as a snapshot.
    const set = await aws.evaluate('all', '--output-dir', aws.path('set'));
    expect(set.stderr).not.toContain('assessed only in part');
    expect(set.code).toBe(1);
    // Both in one gives the same.
    expect((await aws.evaluate('account')).states.sort()).toEqual(expected);
  });

  it('asks no more than the rules read, and says of the rest that it is not known', async () => {
    const aws = await startAws({ buckets: { open: {} } });
    await aws.collect('few', '--rules', 's3-tls-only');
    const operations = new Set(aws.server.calls.map(({ operation }) => operation));
    expect([...operations].sort()).toEqual([
      'GetBucketPolicy',
      'GetBucketVersioning',
      'GetCallerIdentity',
      'ListBuckets',
    ]);
    const { found } = await aws.evaluate(
      'few',
      '--rules',
      's3-block-public-access-bucket,s3-acl-disabled',
    );
    expect(found.map(({ state }) => state)).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(found.map(({ message }) => message).join()).toContain('it was not collected');
  });

  it('asks where AWS Config delivers, which no record says', async () => {
    const kept = ['--rules', 's3-log-retention'];
    const aws = await startAws({
      buckets: { logs: {} },
      deliveryChannels: [channel],
      answers: {
        GetCallerIdentity: caller(ACCOUNT),
        DescribeTrails: { trailList: [] },
        ListRecoveryPointsByResource: { RecoveryPoints: [] },
      },
    });
    const { states } = await aws.evaluate('account', ...kept);
    expect(states).toEqual(['s3-log-retention logs FAIL']);
    aws.server.fail('DescribeDeliveryChannels', { name: 'AccessDeniedException', status: 400 });
    expect((await aws.collect('denied', ...kept)).stderr).toContain(
      'config:DescribeDeliveryChannels',
    );
    const judged = await aws.evaluate('denied', ...kept);
    expect(judged).toMatchObject({ code: 4, states: ['s3-log-retention logs UNKNOWN'] });
    expect(judged.found[0]?.message).toContain('needs config:DescribeDeliveryChannels');
  });

  it('keeps what is denied as missing evidence, with the action', async () => {
    const aws = await startAws({
      buckets: { safe: { ...safe, denied: ['GetBucketPolicy', 'GetBucketOwnershipControls'] } },
    });
    const { code, stderr } = await aws.collect('denied');
    expect(code).toBe(4);
    expect(stderr).toContain(
      'Could not be had: s3:GetBucketPolicy (1) and s3:GetBucketOwnershipControls (1).',
    );
    const { found, code: judged } = await aws.evaluate('denied');
    expect(judged).toBe(4);
    expect(found.map(({ rule, message }) => `${rule}: ${message}`).sort()).toEqual([
      's3-acl-disabled: The ownership could not be assessed: access was denied (needs s3:GetBucketOwnershipControls).',
      's3-tls-only: The policy could not be assessed: access was denied (needs s3:GetBucketPolicy).',
    ]);
  });

  it('asks about no more buckets at a time than it is told, and about each thing once', async () => {
    const names = Array.from({ length: 12 }, (_, at) => [`bucket-${at}`, { blocked: ['SSE-C'] }]);
    const none = { DescribeTrails: { trailList: [] }, ListAliases: { Aliases: [] } };
    const aws = await startAws({
      buckets: Object.fromEntries(names),
      answers: { GetCallerIdentity: caller(ACCOUNT), ...none },
    });
    aws.server.fail('GetBucketEncryption', { delayMs: 10 }, 24);
    let most = 0;
    const watch = setInterval(() => {
      const open = aws.server.calls.filter(({ status }) => status === 0);
      most = Math.max(most, open.filter((each) => each.operation === 'GetBucketEncryption').length);
    }, 1);
    const rules = ['--rules', 's3-sse-c-blocked,s3-sse-kms-approved-keys'];
    const { code } = await aws.collect('slowly', ...rules, '--concurrency', '3');
    clearInterval(watch);
    expect([code, most]).toEqual([0, 3]);
    const asked = aws.server.calls.map(({ operation, input }) => operation + JSON.stringify(input));
    expect(asked.filter((each) => each.startsWith('GetBucketEncryption'))).toHaveLength(12);
    expect(new Set(asked).size).toBe(asked.length);
    const { states } = await aws.evaluate('slowly', ...rules);
    expect(states.filter((each) => each.startsWith('s3-sse-c-blocked')).sort()[0]).toMatch(/PASS/);
  });

  it('takes a bucket that is deleted meanwhile for deleted', async () => {
    const aws = await startAws({
      buckets: { gone: { isGone: true }, safe: { ...safe, ownership: 'BucketOwnerEnforced' } },
    });
    expect((await aws.collect('gone')).code).toBe(0);
    const { states } = await aws.evaluate('gone');
    expect(states.sort()).toEqual([
      's3-acl-disabled gone NOT_APPLICABLE',
      's3-acl-disabled safe PASS',
      's3-tls-only gone NOT_APPLICABLE',
      's3-tls-only safe PASS',
    ]);
  });

  it('tries again what is throttled, and counts it', async () => {
    const aws = await startAws({ buckets: { safe } });
    aws.server.fail('GetBucketPolicy', 'SlowDown', 1);
    const { code, stderr } = await aws.collect('slow');
    expect(code).toBe(0);
    expect(stderr).toContain('with 6 requests, 4.0 for each bucket.');
  });

  it('goes on where it was interrupted, and ends as if it had not been', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `bucket-${at + 10}`);
    const few = ['--rules', 's3-tls-only'];
    const regions = ['eu-central-1', 'us-east-1'];
    const buckets = Object.fromEntries(
      names.map((name, at) => [name, { region: regions[at % 2] ?? '' }]),
    );
    const aws = await startAws({ buckets });
    expect((await aws.collect('whole', ...few)).code).toBe(0);
    const before = aws.server.calls.length;
    // At the 18th of 20 buckets of the second Region the credentials expire.
    aws.server.fail('GetBucketPolicy', { delayMs: 0 }, 37);
    aws.server.fail('GetBucketPolicy', { name: 'ExpiredToken', status: 400 }, 1);
    const broken = await aws.collect('parts', ...few);
    expect(broken.code).toBe(3);
    expect(broken.stderr).toContain('ExpiredToken');
    const { states, code, stderr } = await aws.evaluate('parts', ...few, '--fail-on', 'never');
    expect(states).toHaveLength(20);
    expect(code).toBe(4);
    expect(stderr).toContain('Not read: 2 files with other endings');
    const middle = aws.server.calls.length;
    expect((await aws.collect('parts', ...few)).code).toBe(0);
    expect(aws.filesOf('parts')).toEqual(aws.filesOf('whole'));
    // What was written before is not asked again.
    expect(aws.server.calls.length - middle).toBeLessThan(before / 4);
    const again = await aws.collect('parts', ...few);
    expect(again).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('complete collection'),
    });
    const other = await aws.collect('whole');
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('Name a new folder') });
  });

  it('collects the accounts of organizational units with a role in each', async () => {
    const OTHER = '444455556666';
    const aws = await startAws({
      buckets: { safe: { ...safe, ownership: 'BucketOwnerEnforced' } },
      answers: {
        GetCallerIdentity: caller(ACCOUNT),
        ListAccountsForParent: ({ ParentId }) => ({
          Accounts: [
            { Id: ParentId === 'ou-ab12-11111111' ? OTHER : '777788889999', Status: 'ACTIVE' },
          ],
        }),
        ListOrganizationalUnitsForParent: ({ ParentId }) => ({
          OrganizationalUnits: ParentId === 'ou-ab12-11111111' ? [{ Id: 'ou-ab12-22222222' }] : [],
        }),
        AssumeRole: ({ RoleArn, ExternalId }) => {
          if (String(RoleArn).includes('777788889999') || ExternalId !== 'our-id:1')
            throw new ServiceError('AccessDenied', 'no', 403);
          return {
            Credentials: {
              ...{ AccessKeyId: OTHER, SecretAccessKey: 'x', SessionToken: 't' },
              Expiration: new Date('2100-01-01'),
            },
          };
        },
      },
    });
    aws.state.accountId = OTHER;
    const { code, stderr } = await aws.collect(
      'unit',
      '--role-name',
      'auditor',
      ...['--external-id', 'our-id:1'],
      '--ou',
      'ou-ab12-11111111',
    );
    expect(stderr).toMatch(
      /Account 777788889999, eu-central-1: the list of buckets could not be collected: .*sts:AssumeRole/,
    );
    expect(code).toBe(4);
    const { states, code: judged, stderr: said } = await aws.evaluate('unit');
    expect(states).toEqual(['s3-acl-disabled safe PASS', 's3-tls-only safe PASS']);
    expect(judged).toBe(4);
    expect(said).toContain('Account 777788889999');
    expect(
      aws.server.calls.find(({ operation }) => operation === 'GetBucketPolicy')?.accessKeyId,
    ).toBe(OTHER);
    expect(stderr).toMatch(/of 2 accounts in 1 Region, /);
  });

  it('assumes a role once for all clients, and again before it expires', async () => {
    let [time, count] = [0, 0];
    const given = () => ({
      ...{ accessKeyId: String(++count), secretAccessKey: 'x', sessionToken: 't' },
      expiration: new Date(time + 3_600_000),
    });
    let isDenied = true;
    const credentials = shared(
      async () => {
        if (isDenied) throw new Error('denied');
        return given();
      },
      () => new Date(time),
    );
    await expect(credentials()).rejects.toThrow('denied');
    isDenied = false;
    const keys = async () =>
      (await Promise.all([credentials(), credentials()])).map(({ accessKeyId }) => accessKeyId);
    expect(await keys()).toEqual(['1', '1']);
    time = 3_299_999;
    expect(await keys()).toEqual(['1', '1']);
    time = 3_300_000;
    expect(await keys()).toEqual(['2', '2']);
  });

  it.each([
    [['--region', 'nowhere!'], /--region: nowhere! is not the name/],
    [['--accounts', '111122223333'], /need --role-name/],
    [['--role-name', 'x', '--accounts', '1'], /not an account id/],
    [['--role-name', 'arn:aws:iam::111122223333:role/x'], /Use the name without its ARN/],
    [['--concurrency', '0'], /--concurrency: 0 is not a number from 1 to 32/],
    [['--concurrency', '33'], /is not a number from/],
    [['--concurrency', '1e1'], /is not a number from/],
    [['--external-id', 'our-id'], /--external-id needs --role-name/],
    [['--role-name', 'x', '--external-id', 'our id'], /2 to 1,224 letters/],
    [['--endpoint-url', 'localhost'], /is not an address/],
    [['--endpoint-url', 'ftp://localhost'], /is not an address/],
    [['--rules', 's3-nothing'], /there is no rule/],
  ])('refuses %j before anything is asked', async (options, message) => {
    const aws = await startAws({});
    const { code, stderr } = await aws.collect('refused', ...options);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(aws.server.calls).toEqual([]);
  });

  it('reads the settings once, which may be a pipe, and tells the disk from AWS', async () => {
    const aws = await startAws({
      buckets: { safe: { ...safe, ownership: 'BucketOwnerEnforced' } },
    });
    const pipe = aws.path('settings.pipe');
    execFileSync('mkfifo', [pipe]);
    const text = 'waivers: [{ id: W1, rule: s3-tls-only, subject: { account: "1" } }]';
    const writer = once(execFile('sh', ['-c', 'printf %s "$1" > "$2"', 'sh', text, pipe]), 'exit');
    const wrong = await aws.evaluate('account', '--settings', pipe);
    await writer;
    expect([wrong.code, aws.server.calls]).toEqual([2, []]);
    const names = 'organization: { names: { "111122223333": Our account } }';
    const again = once(execFile('sh', ['-c', 'printf %s "$1" > "$2"', 'sh', names, pipe]), 'exit');
    const judged = await aws.evaluate('account', '--settings', pipe);
    await again;
    expect(judged.stdout).toContain('Our account');
    // No folder can be made under a file.
    writeFileSync(aws.path('file'), '');
    const taken = await aws.collect('file/x');
    expect([taken.code, taken.stderr]).toEqual([
      2,
      expect.stringMatching(/cannot be made: [a-z ]+\.\n$/),
    ]);
    const nobody = await aws.collect('nobody', '--profile', 'no-such-profile');
    expect([nobody.code, nobody.stderr]).toEqual([3, expect.stringContaining('no-such-profile')]);
  });

  it('finds nothing where nothing is, which is no success', async () => {
    const aws = await startAws({ buckets: { safe } });
    const { code, stderr } = await aws.evaluate('account', '--region', 'eu-west-3');
    expect(code).toBe(4);
    expect(stderr).toContain('Not asked for: 1 bucket in other Regions.');
    expect(stderr).toContain('Nothing was judged');
  });

  it('needs a policy, and in other accounts a role that trusts who collects', async () => {
    const policyOf = async (...more: string[]) => {
      const { code, stdout } = await run(['permissions', ...more]);
      return { code, statement: stdout === '' ? null : JSON.parse(stdout).Statement[0] };
    };
    expect((await policyOf('--rules', 's3-tls-only')).statement.Action).toEqual([
      ...['s3:GetBucketLocation', 's3:GetBucketPolicy', 's3:GetBucketVersioning'],
      's3:ListAllMyBuckets',
    ]);
    const trusted = await policyOf('--trust', ACCOUNT, '--external-id', 'our-id:1');
    expect(trusted.statement).toMatchObject({
      ...{ Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' },
      Condition: { StringEquals: { 'sts:ExternalId': 'our-id:1' } },
    });
    const role = await policyOf('--trust', 'arn:aws-us-gov:iam::111122223333:role/a/auditor');
    expect(role.statement).not.toHaveProperty('Condition');
    for (const wrong of [
      ['--trust', '*'],
      ['--trust', 'arn:aws:iam::111122223333:role/*'],
      ['--trust', ACCOUNT, '--external-id', '*?'],
      ['--external-id', 'our-id'],
    ])
      expect(await policyOf(...wrong), wrong.join(' ')).toEqual({ code: 2, statement: null });
  });

  it('options for live accounts do not go with files', async () => {
    const { code, stderr } = await run(['evaluate', 'x.json', '--region', 'eu-central-1']);
    expect(code).toBe(2);
    expect(stderr).toContain('evaluate account');
  });
});
