import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ACCOUNT, iamItem, reportOf, reportRow, userArn } from '../iam.ts';
import { findingsIn, run } from './run.ts';

const document = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'All', Effect: 'Allow', Action: 's3:*', Resource: '*' }],
};
const captured = (operation: string, input: object, output: object) => ({
  ...{ account: ACCOUNT, region: 'global', operation, input, output },
});

/** As `aws iam … --output json` prints them: documents as JSON, the report in base 64. */
const answers = [
  captured(
    'GetAccountAuthorizationDetails',
    { Filter: ['User', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] },
    {
      UserDetailList: [
        {
          ...{ UserName: 'app', UserId: 'IDapp', Arn: userArn('app'), GroupList: [] },
          UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: document }],
        },
      ],
    },
  ),
  captured('GenerateCredentialReport', {}, { State: 'STARTED' }),
  captured(
    'GetCredentialReport',
    {},
    {
      Content: Buffer.from(
        reportOf(
          reportRow('app', {
            access_key_1_active: 'true',
            access_key_1_last_rotated: '2026-01-01T00:00:00+00:00',
          }),
        ),
      ).toString('base64'),
      ReportFormat: 'text/csv',
      GeneratedTime: '2026-02-01T00:00:00+00:00',
    },
  ),
];

async function evaluate(...records: readonly object[]) {
  const folder = mkdtempSync(join(tmpdir(), 'iam-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const lines = records.map((record) => JSON.stringify(record));
  writeFileSync(join(folder, 'all.ndjson'), lines.join('\n'));
  const options = ['--format', 'ndjson', '--now', '2026-02-10T00:00:00Z', '--rules', 'iam-s3-*'];
  const { stdout } = await run(['evaluate', folder, ...options]);
  return findingsIn(stdout);
}

const item = iamItem('User', 'app', {
  userPolicyList: [{ policyName: 'inline', policyDocument: [document] }],
});

it('judges the policies of a user by the record, and the keys by captured answers', async () => {
  const findings = await evaluate(item, ...answers);
  expect(findings).toMatchObject([
    {
      rule: 'iam-s3-credential-rotation',
      state: 'PASS',
      messageId: 'rotated',
      subject: { type: 'AWS::IAM::User', id: 'IDapp', name: 'app', region: 'global' },
    },
    {
      rule: 'iam-s3-least-privilege',
      state: 'FAIL',
      message: 'Policy inline, statement "All" grants s3:* on *, not only on named buckets.',
      evidence: { policy: 'inline', statement: '"All"', action: 's3:*', resource: '*' },
    },
  ]);
});

it('judges the policies alone where nothing was captured', async () => {
  const findings = await evaluate(item);
  expect(findings.map(({ rule }) => rule)).toEqual(['iam-s3-least-privilege']);
});

it('does not assess keys where a report is missing', async () => {
  const findings = await evaluate(item, ...answers.slice(0, 2));
  expect(findings).toMatchObject([
    { state: 'UNKNOWN', message: expect.stringContaining('iam:GetCredentialReport') },
    { state: 'FAIL' },
  ]);
});
