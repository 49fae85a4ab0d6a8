import { beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Finding } from '../../src/engine/finding.ts';
import type { RuleWords } from '../../src/engine/words.ts';
import { type Asff, asffId, asffOf } from '../../src/formats/asff.ts';
import { frameworks } from '../../src/frameworks/index.ts';
import { run } from '../cli/run.ts';
import { problemsOfFinding } from '../contract-server/finding-checks.ts';
import { problemsOf, structures } from '../contract-server/published-model.ts';
import { createHub } from '../contract-server/security-hub.ts';

const [rule] = rules as unknown as [RuleWords];
const finding: Finding = {
  ...{ rule: rule.id, verdict: 'NON_COMPLIANT', state: 'FAIL', messageId: 'm', message: 'No.' },
  ...{ severity: 'critical', requirements: ['gdpr 32(1)(a)'], capturedAt: null },
  subject: {
    ...{ type: 'AWS::S3::Bucket', id: 'b', name: 'b', arn: 'arn:aws:s3:::b' },
    ...{ account: '111122223333', region: 'eu-central-1' },
  },
};
const context = {
  ...{ rule, partition: 'aws', region: 'eu-central-1', pagesUrl: 'https://docs.example/rules' },
  ...{ createdAt: '2026-03-01T00:00:00.000Z', updatedAt: '2026-03-02T00:00:00.000Z' },
};
const fieldsOf = ({ ProductFields }: Asff): Readonly<Record<string, string>> => ProductFields;
const problems = (asff: object, hub = createHub()) => problemsOfFinding(hub, asff as never);

describe('the model that the SDK publishes', () => {
  it('is read with its types, its required members and its limits', () => {
    const asff = structures.get('AwsSecurityFinding');
    const required = [...(asff ?? [])].filter(([, { isRequired }]) => isRequired);
    expect(required.map(([name]) => name).sort()).toEqual([
      'AwsAccountId',
      'CreatedAt',
      'Description',
      'GeneratorId',
      'Id',
      'ProductArn',
      'Resources',
      'SchemaVersion',
      'Title',
      'UpdatedAt',
    ]);
    const most = (type: string, name: string) => structures.get(type)?.get(name)?.most;
    expect(most('AwsSecurityFinding', 'Id')).toBe(512);
    expect(most('AwsSecurityFinding', 'AwsAccountId')).toBe(12);
    expect(most('AwsSecurityFinding', 'Title')).toBe(256);
    expect(most('AwsSecurityFinding', 'Description')).toBe(1024);
    expect(most('AwsSecurityFinding', 'Resources')).toBe(32);
    expect(most('Compliance', 'RelatedRequirements')).toBe(32);
    expect(most('Recommendation', 'Text')).toBe(512);
    expect(asff?.get('ProductFields')).toMatchObject({ most: 50, mapOf: [128, 2048] });
  });

  it('finds what is missing, unknown, too long, of another type or no member of an enumeration', () => {
    const asff = asffOf(finding, context);
    const { Title: _, ...untitled } = asff;
    const told = (value: object) => problemsOf('AwsSecurityFinding', value);
    expect(told(asff)).toEqual([]);
    expect(told(untitled)).toEqual(['AwsSecurityFinding.Title is missing']);
    expect(told({ ...asff, Colour: 'red' })).toEqual([
      'AwsSecurityFinding.Colour is not in the model',
    ]);
    expect(told({ ...asff, Title: 'x'.repeat(257) })[0]).toMatch(/257 characters, at most 256/);
    expect(told({ ...asff, AwsAccountId: '1' })[0]).toMatch(/1 characters, at least 12/);
    expect(told({ ...asff, ProductArn: 'arn:aws' })[0]).toMatch(/at least 12/);
    expect(told({ ...asff, Resources: [] })[0]).toMatch(/0 entries, at least 1/);
    expect(told({ ...asff, Title: ' ' })).toEqual(['AwsSecurityFinding.Title is blank']);
    expect(told({ ...asff, Confidence: '1' })).toEqual([
      'AwsSecurityFinding.Confidence is no number',
    ]);
    expect(told({ ...asff, RecordState: 'GONE' })[0]).toMatch(/not one of RecordState: GONE/);
    expect(told({ ...asff, Resources: [{ Type: 'x' }] })).toEqual([
      'AwsSecurityFinding.Resources[0].Id is missing',
    ]);
  });
});

describe('the example organization', () => {
  let findings: readonly Asff[] = [];
  beforeAll(async () => {
    const { stdout } = await run([
      ...['evaluate', 'examples/organization', '--settings', 'examples/settings.yaml'],
      ...[
        '--now',
        '2026-11-23T00:00:00Z',
        '--format',
        'asff',
        '--pages',
        'https://docs.example/rules',
      ],
    ]);
    findings = JSON.parse(stdout) as Asff[];
  });

  it('satisfies the API model of BatchImportFindings, field by field', () => {
    expect(findings.length).toBeGreaterThan(1500);
    const broken = findings.flatMap((each) => {
      const [, , , region = '', account = ''] = each.ProductArn.split(':');
      return problems(each, createHub({ account, region }));
    });
    expect(broken).toEqual([]);
  });

  it('has every state, and an id for each finding', () => {
    const states = new Set(findings.map((each) => fieldsOf(each)['s3-config-rules/state']));
    expect([...states].sort()).toEqual(['FAIL', 'NOT_APPLICABLE', 'PASS', 'UNKNOWN', 'WAIVED']);
    expect(new Set(findings.map(({ Id }) => Id)).size).toBe(findings.length);
  });

  it('reads as a list of things to do', () => {
    for (const { Title, Remediation, FindingProviderFields, Compliance } of findings) {
      const isOpen = Compliance.Status === 'FAILED' || Compliance.Status === 'WARNING';
      expect(Title.startsWith('Not ') || Title.startsWith('Waived: ')).toBe(isOpen);
      expect(Title.length).toBeLessThan(110);
      if (isOpen) expect(Remediation?.Recommendation.Text).toMatch(/^[A-Z].*\.$/s);
      else expect(Remediation?.Recommendation).not.toHaveProperty('Text');
      const { Label, Original } = FindingProviderFields.Severity;
      expect(Label).toBe(isOpen ? Original.toUpperCase() : 'INFORMATIONAL');
    }
  });
});

it.each([
  ['aws', 'eu-central-1', 'aws'],
  ['aws-us-gov', 'us-gov-west-1', 'aws-us-gov'],
  ['aws-cn', 'cn-north-1', 'aws-cn'],
])('speaks of the partition %s', (partition, region, expected) => {
  const arn = `arn:${partition}:s3:::b`;
  const subject = { ...finding.subject, region, arn };
  const asff = asffOf({ ...finding, subject }, { ...context, partition, region });
  expect(problems(asff, createHub({ region }))).toEqual([]);
  expect(asff.Id.startsWith(`${expected}/${region}/111122223333/s3-config-rules/`)).toBe(true);
  expect(asff.Resources[0]).toMatchObject({ Id: arn, Partition: expected, Region: region });
});

/** Subjects as AWS Config records them: those of IAM by their unique id, in a Region called "global". */
const subjectOf = (type: string, id: string, name: string, arn: string, region = 'global') => ({
  ...{ type, id, name, arn, account: '111122223333', region },
});

it.each([
  [
    subjectOf('AWS::IAM::User', 'AIDA1', 'ana', 'arn:aws:iam::111122223333:user/ana'),
    { Type: 'AwsIamUser', Details: { AwsIamUser: { UserId: 'AIDA1', UserName: 'ana' } } },
  ],
  [
    subjectOf('AWS::IAM::Role', 'AROA1', 'deploy', 'arn:aws:iam::111122223333:role/deploy'),
    { Type: 'AwsIamRole', Details: { AwsIamRole: { RoleId: 'AROA1', RoleName: 'deploy' } } },
  ],
  [
    subjectOf('AWS::IAM::Group', 'AGPA1', 'ops', 'arn:aws:iam::111122223333:group/ops'),
    { Type: 'AwsIamGroup', Details: { AwsIamGroup: { GroupId: 'AGPA1', GroupName: 'ops' } } },
  ],
  [
    subjectOf('AWS::IAM::Policy', 'ANPA1', 'all', 'arn:aws:iam::111122223333:policy/all'),
    { Type: 'AwsIamPolicy', Details: { AwsIamPolicy: { PolicyId: 'ANPA1', PolicyName: 'all' } } },
  ],
  [
    subjectOf('AWS::IAM::Role', 'AROA2', 'AROA2', ''),
    { Type: 'AwsIamRole', Id: 'AROA2', Details: { AwsIamRole: { RoleId: 'AROA2' } } },
  ],
  [
    subjectOf('AWS::S3::Bucket', 'b', 'b', 'arn:aws:s3:::b', 'eu-central-1'),
    { Type: 'AwsS3Bucket', Details: { AwsS3Bucket: { OwnerAccountId: '111122223333' } } },
  ],
  [
    subjectOf(
      'AWS::S3::AccessPoint',
      'p',
      'p',
      'arn:aws:s3:eu-central-1:111122223333:accesspoint/p',
    ),
    { Type: 'AwsS3AccessPoint', Details: { AwsS3AccessPoint: { Name: 'p' } } },
  ],
  [
    subjectOf(
      'AWS::S3::MultiRegionAccessPoint',
      'm',
      'm',
      'arn:aws:s3::111122223333:accesspoint/m.mrap',
    ),
    { Type: 'Other', Details: { Other: { resourceType: 'AWS::S3::MultiRegionAccessPoint' } } },
  ],
  [subjectOf('AWS::::Account', '111122223333', '111122223333', ''), { Type: 'AwsAccount' }],
])('says which resource $type is, in the Region of the finding', (subject, expected) => {
  const asff = asffOf({ ...finding, subject }, context);
  expect(problems(asff)).toEqual([]);
  const Id =
    subject.type === 'AWS::::Account' ? 'AWS::::Account:111122223333' : subject.arn || subject.id;
  expect(asff.Resources[0]).toMatchObject({ Id, Region: 'eu-central-1', ...expected });
  if (subject.arn === '') expect(JSON.stringify(asff.Resources)).not.toContain('Name');
  // The event of AWS Config tells the Region where the rule ran; that must be no other finding.
  const told = asffOf({ ...finding, subject: { ...subject, region: 'eu-central-1' } }, context);
  expect(fieldsOf(told)['s3-config-rules/digest']).toBe(fieldsOf(asff)['s3-config-rules/digest']);
});

it('keeps within its limits whatever strangers write', () => {
  const long = `"\u{1f600}<script>`.repeat(400);
  const requirements = frameworks.flatMap(({ id, requirements: all }) =>
    Object.keys(all).map((each) => `${id} ${each}`),
  ) as unknown as Finding['requirements'];
  expect(requirements.length).toBeGreaterThan(64);
  const hostile: Finding = {
    ...finding,
    ...{ message: long, requirements, waiver: 'w' },
    subject: { ...finding.subject, id: long.slice(0, 768), name: long.slice(0, 768) },
  };
  const texts = { ...rule, title: long, rationale: long, remediation: long };
  const asff = asffOf(hostile, { ...context, rule: texts });
  expect(problems(asff)).toEqual([]);
  expect(asff.Id).toMatch(/\/[0-9a-f]{64}$/);
  // Nothing is lost: the first 32 requirements stand where they belong, the others beside them.
  const rest = Object.entries(asff.ProductFields)
    .filter(([key]) => key.startsWith('s3-config-rules/requirements-'))
    .flatMap(([, value]) => value.split('; '));
  expect(asff.Compliance.RelatedRequirements.length + rest.length).toBe(requirements.length);
});

it('has an id that neither the state nor the times nor the name in AWS Config change', () => {
  const id = asffId(finding, 'aws', 'eu-central-1');
  const other = asffOf(
    { ...finding, state: 'PASS', message: 'Yes.' },
    { ...context, updatedAt: '2027-01-01T00:00:00Z' },
  );
  expect(other.Id).toBe(id);
  expect(id).not.toMatch(/conformance-pack/);
  const long = (end: string) =>
    asffId({ ...finding, subject: { ...finding.subject, id: 'x'.repeat(700) + end } }, 'aws', 'r');
  expect(long('a')).not.toBe(long('b'));
});

it('has a digest of what it says, not of when or by which build', () => {
  const digest = (each: Finding, more: object = {}) =>
    asffOf(each, { ...context, ...more }).ProductFields['s3-config-rules/digest'];
  const same = digest(finding);
  expect(digest(finding, { updatedAt: '2027-01-01T00:00:00Z', contentHash: 'other' })).toBe(same);
  const release = { version: '1.2.3', commit: 'c0ffee' };
  expect(digest(finding, { release })).toBe(same);
  expect(asffOf(finding, { ...context, release }).ProductFields).toMatchObject({
    's3-config-rules/version': '1.2.3',
    's3-config-rules/commit': 'c0ffee',
  });
  expect(digest({ ...finding, message: 'Other.' })).not.toBe(same);
  expect(digest(finding, { pagesUrl: undefined })).not.toBe(same);
});

it('names the requirements that the rule tests, and not only helps, apart from the others', () => {
  const primary = 's3-config-rules/primaryRequirements';
  const requirements = ['gdpr 24(1)', 'gdpr 32(1)(d)', 'hipaa 164.308(a)(4)(ii)(C)'] as const;
  const { ProductFields, Compliance } = asffOf({ ...finding, requirements }, context);
  expect(Compliance.RelatedRequirements).toEqual([
    'GDPR 24(1)',
    'GDPR 32(1)(d)',
    'HIPAA Security Rule 164.308(a)(4)(ii)(C)',
  ]);
  expect(ProductFields).toMatchObject({
    [primary]: 'GDPR 32(1)(d); HIPAA Security Rule 164.308(a)(4)(ii)(C)',
  });
  const supporting = asffOf({ ...finding, requirements: ['gdpr 24(1)'] }, context);
  expect(supporting.ProductFields).not.toHaveProperty([primary]);
  expect(problems(supporting)).toEqual([]);
  expect(problems(asffOf({ ...finding, requirements: [] }, context))).toEqual([]);
});
