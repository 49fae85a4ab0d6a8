import { describe, expect, it } from 'vitest';
import { JUDGE_NAME } from '../../infra/judging/judging.ts';
import { addValidations } from '../../infra/validations.ts';
import { type Deployment, parseDeployment } from '../../src/settings-file/deployment/deployment.ts';
import { CENTRAL, deployed, HOME, resourcesOf, synthesize } from './central.ts';
import { example, ofType, someCode, synthesized } from './world.ts';

const delivery = {
  bucket: 'examplehealth-config',
  prefix: 'org/',
  key: `arn:aws:kms:${HOME}:${CENTRAL}:key/0a1b2c3d`,
};
const both: Deployment = { ...example, rules: 'both', delivery };
const code = { ...someCode, judge: 'exports.handler = async () => "judge";' };
const template = synthesize(both);
const resources = resourcesOf(template);
const properties = (id: string) =>
  deployed(resources[id]?.Properties) as Readonly<Record<string, unknown>>;

describe('judging in the central account', () => {
  it.each(['central', 'both'] as const)('passes every validation with rules: %s', (rules) => {
    const parts = rules === 'both' ? {} : ({ notification: undefined } as object);
    const all = synthesized({ rules, delivery, ...parts }, code, addValidations);
    expect(Object.keys(all.central.Resources)).toContain('JudgingFunction');
  });

  it('leaves the central stack without rules in members to judging only, and the members without stacks', () => {
    const all = synthesized({ rules: 'central', delivery }, code);
    expect(all.member).toBeUndefined();
    expect(ofType(all.organization, 'AWS::CloudFormation::StackSet')).toEqual([]);
    const types = new Set(Object.values(all.central.Resources).map(({ Type }) => Type));
    for (const gone of ['AWS::Events::EventBus', 'AWS::KinesisFirehose::DeliveryStream']) {
      expect(types).not.toContain(gone);
    }
    expect(ofType(all.central, 'AWS::Lambda::Function').map(([id]) => id)).toEqual([
      'JudgingFunction',
    ]);
  });

  it('is not there with rules: members', () => {
    expect(
      Object.keys(resourcesOf(synthesize(example))).filter((id) =>
        /Judging|^Data(Bucket|Key|LogBucket)/.test(id),
      ),
    ).toEqual([]);
  });

  it('has a role that reads the deliveries, and writes results only', () => {
    const [{ PolicyDocument: policy } = { PolicyDocument: undefined }] = properties('JudgingRole')[
      'Policies'
    ] as {
      PolicyDocument: { Statement: { Action: string[]; Resource: unknown; Condition?: object }[] };
    }[];
    const grants = policy?.Statement ?? [];
    const of = (action: string) => grants.filter(({ Action }) => Action.includes(action));
    const prefix = 'arn:aws:s3:::examplehealth-config';
    expect(of('s3:ListBucket')).toMatchObject([
      { Resource: prefix, Condition: { StringLike: { 's3:prefix': 'org/AWSLogs/*' } } },
      {
        Resource: 'arn:aws:s3:::databucket',
        Condition: { StringLike: { 's3:prefix': 'results/run/*' } },
      },
      {
        Resource: 'arn:aws:s3:::historybucket',
        Condition: { StringLike: { 's3:prefix': ['events/*', 'coverage/*'] } },
      },
    ]);
    expect(of('s3:GetObject').map(({ Resource }) => Resource)).toEqual([
      `${prefix}/org/AWSLogs/*/Config/*`,
      ['run', 'regions', 'subjects', 'findings', 'changes'].map(
        (table) => `arn:aws:s3:::databucket/results/${table}/*`,
      ),
      ['events', 'coverage'].map((name) => `arn:aws:s3:::historybucket/${name}/*`),
    ]);
    expect(JSON.stringify(of('kms:Decrypt'))).toContain('historykey');
    const withoutHistory = synthesize({ ...both, consumers: { ...both.consumers, history: null } });
    expect(JSON.stringify(resourcesOf(withoutHistory)['JudgingFunction'])).not.toContain('HISTORY');
    expect(of('s3:PutObject').map(({ Resource }) => Resource)).toEqual([
      ['results', 'dashboard'].map((name) => `arn:aws:s3:::databucket/${name}/*`),
    ]);
    expect(of('config:SelectAggregateResourceConfig')).toMatchObject([
      { Resource: 'Aggregator.ConfigurationAggregatorArn' },
    ]);
    const actions = new Set(grants.flatMap(({ Action }) => Action));
    expect([...actions].filter((each) => /Delete|\*|PutBucket|AssumeRole/.test(each))).toEqual([]);
  });

  it('prints what the owner of the bucket and of the key has to allow', () => {
    const outputs = template.toJSON()['Outputs'] as Record<string, { Value: unknown }>;
    const text = JSON.stringify(deployed(outputs['DeliveryBucketStatements']?.Value));
    expect(text).toContain('JudgingRole.Arn');
    expect(text).toContain('examplehealth-config/org/AWSLogs/*/Config/*');
    expect(JSON.stringify(outputs['DeliveryKeyStatement']?.Value)).toContain('kms:Decrypt');
  });

  it('tells of a run that failed, and of none for 26 hours, but not before the first', () => {
    const topic = 'topic';
    expect(properties('JudgingFailedAlarm')).toMatchObject({
      MetricName: 'Errors',
      Threshold: 1,
      AlarmActions: [topic],
    });
    expect(properties('JudgingSilentAlarm')).toMatchObject({
      MetricName: 'Invocations',
      ...{ Period: 3600, EvaluationPeriods: 26, TreatMissingData: 'missing' },
      InsufficientDataActions: [topic],
    });
  });

  it('keeps results for the time decided, and the page for good', () => {
    const rules = (properties('DataBucket')['LifecycleConfiguration'] as { Rules: object[] }).Rules;
    expect(rules).toMatchObject([
      { Prefix: 'results/', ExpirationInDays: 400 },
      { Prefix: 'dashboard/data/runs/', ExpirationInDays: 30 },
    ]);
    expect(resources['DataBucket']?.DeletionPolicy).toBe('Retain');
    expect(properties('JudgingFunction')).toMatchObject({
      FunctionName: JUDGE_NAME,
      ...{ Timeout: 900, EphemeralStorage: { Size: 10_240 } },
    });
  });
});

describe('the deployment file', () => {
  const text = (more: string) => `
organization: { id: o-examplehealth, managementAccount: "333344445555", units: [r-exa1] }
centralAccount: "111122223333"
regions: [eu-central-1]
${more}`;

  it('judges in the members by default, and keeps results for 400 days', () => {
    const { rules, delivery: none, consumers } = parseDeployment(text(''), 'deployment.yaml');
    expect([rules, none, consumers.results]).toEqual([
      'members',
      undefined,
      { retentionDays: 400 },
    ]);
  });

  it.each([
    ['rules: central', /:5.*expected delivery with the name of that bucket/],
    ['rules: sometimes', /rules/],
    ['rules: central\ndelivery: { bucket: "a/b" }', /the name of a bucket/],
    ['rules: both\ndelivery: { bucket: abc, prefix: "/x*" }', /without wildcards/],
    ['rules: both\ndelivery: { bucket: abc, key: alias/x }', /the ARN of a KMS key/],
  ])('refuses %j', (more, problem) => {
    expect(() => parseDeployment(text(more), 'deployment.yaml')).toThrow(problem);
  });
});
