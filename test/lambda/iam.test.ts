import { describe, expect, it } from 'vitest';
import type { Answers } from '../contract-server/asked.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { createRule } from '../contract-server/state.ts';
import { documentOf, iamItem, reportOf, reportRow, userArn } from '../iam.ts';
import { CONFIG_RULE, changeEvent, scheduledEvent, startLambda } from './world.ts';

const everything = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const EVERYTHING = documentOf(everything);

describe('iam-s3-least-privilege', () => {
  const RULE = 'iam-s3-least-privilege';
  const version = {
    document: [JSON.parse(decodeURIComponent(EVERYTHING))],
    isDefaultVersion: true,
  };
  const policy = iamItem('Policy', 'wide', { policyName: 'wide', policyVersionList: [version] });
  const role = iamItem('Role', 'app', {
    rolePolicyList: [{ policyName: 'inline', policyDocument: EVERYTHING }],
    permissionsBoundary: { permissionsBoundaryArn: 'arn:b', permissionsBoundaryType: 'Policy' },
  });

  it.each([
    [policy, 'everyBucket: Policy wide, statement #1 grants s3:* on *, not only on named buckets.'],
    [role, /^bounded: Policy inline, statement #1 grants s3:\* on \*, as far as boundary arn:b /],
    [iamItem('User', 'a'), 'noS3: No policy that is judged here grants anything in S3.'],
  ])('judges a change of a record of IAM', async (item, annotation) => {
    const { handle, puts, operations } = await startLambda();
    await handle(changeEvent(RULE, item));
    expect(puts()[0]?.Evaluations).toMatchObject([
      { ComplianceResourceType: item.resourceType, ComplianceResourceId: item.resourceId },
    ]);
    expect(puts()[0]?.Evaluations[0]?.Annotation).toEqual(
      typeof annotation === 'string' ? annotation : expect.stringMatching(annotation),
    );
    // Nothing is asked of IAM.
    expect(operations()).toEqual(['PutEvaluations']);
  });

  it('spares the roles that the settings of the pack name', async () => {
    const { handle, puts } = await startLambda();
    await handle(changeEvent(RULE, role, { adminRolePatterns: 'ops-*,app' }));
    expect(puts()[0]?.Evaluations[0]?.Annotation).toMatch(/^adminRole: /);
  });

  it('does not assess a document that it cannot read', async () => {
    const rolePolicyList = [{ policyName: 'inline', policyDocument: '{' }];
    const { handle, puts } = await startLambda();
    await handle(changeEvent(RULE, iamItem('Role', 'app', { rolePolicyList })));
    expect(puts()[0]?.Evaluations).toMatchObject([
      {
        ComplianceType: 'NON_COMPLIANT',
        Annotation: expect.stringMatching(/^evidenceUnavailable: .*policy inline does not parse/),
      },
    ]);
  });

  it('ends with the policy', async () => {
    const gone = { configurationItemStatus: 'ResourceDeleted', configuration: null };
    const { handle, puts } = await startLambda();
    await handle(changeEvent(RULE, iamItem('Policy', 'wide', {}, gone)));
    expect(puts()[0]?.Evaluations).toMatchObject([{ ComplianceType: 'NOT_APPLICABLE' }]);
  });
});

describe('iam-s3-credential-rotation', () => {
  const RULE = 'iam-s3-credential-rotation';
  const managed = 'arn:aws:iam::aws:policy/AmazonS3FullAccess';
  const user = (name: string, parts: object = {}) => ({
    ...{ UserName: name, UserId: `ID${name}`, Arn: userArn(name), ...parts },
  });
  const attached = [{ PolicyName: 'AmazonS3FullAccess', PolicyArn: managed }];
  const policies = [
    {
      ...{ PolicyName: 'AmazonS3FullAccess', Arn: managed, DefaultVersionId: 'v2' },
      PolicyVersionList: [
        { Document: EVERYTHING, VersionId: 'v2', IsDefaultVersion: true },
        { Document: documentOf(), VersionId: 'v1', IsDefaultVersion: false },
      ],
    },
  ];
  const used = { access_key_1_active: 'true', access_key_1_last_used_date: '2026-03-01T00:00:00Z' };
  const fresh = { ...used, access_key_1_last_rotated: '2026-02-01T00:00:00+00:00' };
  const old = { ...used, access_key_1_last_rotated: '2024-02-01T00:00:00+00:00' };
  const report = (...rows: readonly string[]): Answers => ({
    GenerateCredentialReport: { State: 'COMPLETE' },
    GetCredentialReport: { Content: Buffer.from(reportOf(...rows)), ReportFormat: 'text/csv' },
  });
  const answers: Answers = {
    ...report(...['inline', 'attached', 'grouped', 'none'].map((name) => reportRow(name, old))),
    // In pages, of which each has lists of its own.
    GetAccountAuthorizationDetails: ({ Marker }) =>
      Marker === undefined
        ? {
            UserDetailList: [
              user('inline', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: EVERYTHING }] }),
              user('attached', { AttachedManagedPolicies: attached }),
            ],
            GroupDetailList: [{ GroupName: 'g', AttachedManagedPolicies: attached }],
            ...{ IsTruncated: true, Marker: 'more' },
          }
        : {
            UserDetailList: [user('grouped', { GroupList: ['g'] }), user('none')],
            ...{ Policies: policies, IsTruncated: false },
          },
  };
  const items = ['inline', 'attached', 'grouped', 'none', 'vanished'].map((name) =>
    iamItem('User', name),
  );

  it('finds S3 in inline, attached and group policies, and asks once for all users', async () => {
    const { handle, puts, operations } = await startLambda({ items, answers });
    await handle(scheduledEvent(RULE));
    const said = puts()[0]?.Evaluations.map(({ ComplianceResourceId, Annotation }) => [
      ComplianceResourceId,
      Annotation?.split(':')[0],
    ]);
    expect(said).toEqual([
      ['IDinline', 'oldKey'],
      ['IDattached', 'oldKey'],
      ['IDgrouped', 'oldKey'],
    ]);
    const asked = operations().filter((name) => /Credential|Authorization/.test(name));
    expect(asked.sort()).toEqual([
      'GenerateCredentialReport',
      'GetAccountAuthorizationDetails',
      'GetAccountAuthorizationDetails',
      'GetCredentialReport',
    ]);
  });

  const one = (name: string, changes: Answers) =>
    startLambda({ items: [iamItem('User', name)], answers: { ...answers, ...changes } });

  it.each<[string, string, RegExp]>([
    ['a fresh key', reportRow('inline', fresh), /^rotated: /],
    [
      'an old key',
      reportRow('inline', old),
      /^oldKey: Access key 1 was last changed on 2024-02-01/,
    ],
    ['a password alone', reportRow('inline', { password_enabled: 'true' }), /^consoleWithoutMfa: /],
    ['no credentials', reportRow('inline', {}), /^noKeys: /],
    [
      'nothing yet in the report',
      reportRow('another', fresh),
      /^evidenceUnavailable: .*the credential report does not name the user\.$/,
    ],
  ])('judges a user with %s', async (_name, row, annotation) => {
    const { handle, puts } = await one('inline', report(row));
    await handle(scheduledEvent(RULE));
    expect(puts()[0]?.Evaluations[0]?.Annotation).toMatch(annotation);
  });

  it.each<[string, object, RegExp]>([
    [
      'a policy',
      { UserDetailList: [user('inline', { AttachedManagedPolicies: attached })] },
      /the policy arn:aws:iam::aws:policy\/AmazonS3FullAccess is missing/,
    ],
    [
      'a group',
      { UserDetailList: [user('inline', { GroupList: ['g'] })] },
      /the group g is missing/,
    ],
    [
      'sense in a document',
      {
        UserDetailList: [
          user('inline', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: 'x' }] }),
        ],
      },
      /policy p does not parse/,
    ],
  ])('misses evidence where the answer lacks %s', async (_name, answer, reason) => {
    const { handle, puts } = await one('inline', { GetAccountAuthorizationDetails: answer });
    await handle(scheduledEvent(RULE));
    const [evaluation] = puts()[0]?.Evaluations ?? [];
    expect(evaluation).toMatchObject({ ComplianceType: 'NON_COMPLIANT' });
    expect(evaluation?.Annotation).toMatch(/^evidenceUnavailable: /);
    expect(evaluation?.Annotation).toMatch(reason);
  });

  it.each([
    'GenerateCredentialReport',
    'GetAccountAuthorizationDetails',
    'GetCredentialReport',
  ])('misses evidence, and names the permission, where %s is refused', async (operation) => {
    const { handle, server, puts } = await one('inline', {});
    server.fail(operation, 'AccessDenied');
    await handle(scheduledEvent(RULE));
    expect(puts()[0]?.Evaluations).toMatchObject([
      {
        ComplianceType: 'NON_COMPLIANT',
        Annotation: expect.stringContaining(`access was denied (needs iam:${operation}).`),
      },
    ]);
  });

  it.each([
    'ReportInProgress',
    'ReportNotPresent',
    'ReportExpired',
  ])('is tried again while the report cannot be had (%s)', async (code) => {
    const { handle, puts } = await one('inline', {
      GenerateCredentialReport: { State: 'STARTED' },
      GetCredentialReport: () => {
        throw new ServiceError(code, 'not now', 410);
      },
    });
    await expect(handle(scheduledEvent(RULE))).rejects.toMatchObject({
      name: expect.stringMatching(/^CredentialReport/),
    });
    expect(puts()).toEqual([]);
  });

  it('retires the result of a user that is recorded no more', async () => {
    const stale = {
      resourceType: 'AWS::IAM::User',
      resourceId: 'IDleft',
      complianceType: 'NON_COMPLIANT',
      orderingTimestamp: 1,
    } as const;
    const rules = { [CONFIG_RULE]: createRule([stale]) };
    const { handle, results } = await startLambda({
      items: [iamItem('User', 'none')],
      answers,
      rules,
    });
    await handle(scheduledEvent(RULE));
    expect(results()).toEqual([]);
  });
});
