import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { zipsOf } from '../../infra/code.ts';
import { packed } from '../../infra/member/packed.ts';
import { example, ofType, packBody, someCode, synthesized } from './world.ts';

const { member, central } = synthesized();
const { member: alarming } = synthesized({ functions: { ...example.functions, alarms: true } });
const only = (type: string, template = member) => ofType(template, type);

describe('the member stack', () => {
  it('runs two functions that evaluate and one that publishes, from code inside the template', () => {
    const functions = only('AWS::Lambda::Function').map(([, { Properties }]) => Properties);
    expect(functions.map(({ FunctionName }) => FunctionName).sort()).toEqual([
      's3-config-rules-live',
      's3-config-rules-publish-findings',
      's3-config-rules-recorded',
    ]);
    for (const { FunctionName, Code, Handler, Runtime } of functions) {
      const name = FunctionName.replace('s3-config-rules-', '') as keyof typeof someCode.bundles;
      expect(Code).toEqual({ ZipFile: packed(someCode.bundles[name], name) });
      expect(Handler).toBe('index.handler');
      expect(Runtime).toBe('nodejs24.x');
    }
  });

  it('lets AWS Config invoke the functions for this account alone, before there is a rule', () => {
    const permissions = only('AWS::Lambda::Permission').filter(
      ([, { Properties }]) => Properties.Principal === 'config.amazonaws.com',
    );
    expect(permissions.map(([, { Properties }]) => Properties.SourceAccount)).toEqual([
      { Ref: 'AWS::AccountId' },
      { Ref: 'AWS::AccountId' },
    ]);
    const [pack] = only('AWS::Config::ConformancePack');
    for (const [id] of [...permissions, ...functionsOfEvaluators()]) {
      expect(pack?.[1].DependsOn).toContain(id);
    }
  });

  const functionsOfEvaluators = () =>
    only('AWS::Lambda::Function').filter(([id]) => id !== 'PublishFindingsFunction');

  it('deploys the pack of the deployment, told its home Region', () => {
    const [, pack] = only('AWS::Config::ConformancePack')[0] ?? [];
    expect(pack?.Properties.ConformancePackInputParameters).toEqual([
      { ParameterName: 'HomeRegion', ParameterValue: 'eu-central-1' },
      { ParameterName: 'AwsManagedRules', ParameterValue: 'false' },
    ]);
    const { Resources } = parse(packBody(member));
    const sources = Object.values<{ Properties: { Source: { SourceIdentifier: object } } }>(
      Resources,
    ).map(({ Properties }) => JSON.stringify(Properties.Source.SourceIdentifier));
    // The functions have the names that the pack expects unless it is told others.
    const { Parameters } = parse(packBody(member));
    expect(Parameters.RecordedFunction.Default).toBe('s3-config-rules-recorded');
    expect(Parameters.LiveFunction.Default).toBe('s3-config-rules-live');
    expect(sources.some((source) => source.includes('RecordedFunction'))).toBe(true);
    expect(packBody(synthesized({ pack: 's3-hipaa' }).member)).not.toBe(packBody(member));
  });

  it('keeps logs as long as the deployment says, in a group that is there before the function', () => {
    const groups = only('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(3);
    for (const [, { Properties }] of groups) expect(Properties.RetentionInDays).toBe(365);
    for (const [id, { DependsOn }] of only('AWS::Lambda::Function')) {
      expect(DependsOn).toContain(id.replace(/Function$/, 'Logs'));
    }
  });

  it('loses nothing that fails in the end', () => {
    const queue = { 'Fn::GetAtt': ['FailureQueue', 'Arn'] };
    const configs = only('AWS::Lambda::EventInvokeConfig');
    expect(configs).toHaveLength(3);
    for (const [id, { Properties }] of configs) {
      expect(Properties.DestinationConfig.OnFailure.Destination).toEqual(queue);
      // A daily comparison that failed is done the next day: what is refused for good would only be refused three times.
      expect(Properties.MaximumRetryAttempts).toBe(id.startsWith('PublishFindings') ? 0 : 2);
    }
    for (const [, { Properties }] of only('AWS::Events::Rule')) {
      for (const { DeadLetterConfig } of Properties.Targets) {
        expect(DeadLetterConfig).toEqual({ Arn: queue });
      }
    }
    const [, findings] = only('AWS::SQS::Queue').find(([id]) => id === 'FindingsQueue') ?? [];
    expect(findings?.Properties.RedrivePolicy.deadLetterTargetArn).toEqual(queue);
  });

  it('lets only its own rules of EventBridge, and nothing without TLS, into its queues', () => {
    const policies = Object.fromEntries(
      only('AWS::SQS::QueuePolicy').map(([id, { Properties }]) => [id, Properties.PolicyDocument]),
    );
    const rule = (name: string) => ({
      'Fn::Sub':
        'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/s3-config-rules-' +
        name,
    });
    for (const [id, from] of [
      ['FailureQueuePolicy', rule('*')],
      ['FindingsQueuePolicy', rule('findings')],
    ] as const) {
      const [deny, allow, ...more] = policies[id].Statement;
      expect(more).toEqual([]);
      expect(deny).toMatchObject({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
      expect(allow).toMatchObject({
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': [from] } },
      });
    }
    expect(member.Resources['FindingsRule']?.Properties.Name).toBe('s3-config-rules-findings');
  });

  it('alarms where it is asked to: on errors, throttles and silence of each function, and on what waits in the failure queue', () => {
    expect(only('AWS::CloudWatch::Alarm')).toEqual([]);
    const alarms = only('AWS::CloudWatch::Alarm', alarming).map(([, { Properties }]) => Properties);
    expect(alarms.map(({ AlarmName }) => AlarmName.replace('s3-config-rules-', '')).sort()).toEqual(
      ['failures', 'live', 'publish-findings', 'recorded'].flatMap((name) =>
        name === 'failures' ? name : [`${name}-errors`, `${name}-silence`, `${name}-throttles`],
      ),
    );
    for (const { MetricName, EvaluationPeriods, Period, TreatMissingData } of alarms) {
      const isSilence = MetricName === 'Invocations';
      expect(TreatMissingData).toBe(isSilence ? 'breaching' : 'notBreaching');
      if (isSilence) {
        expect(EvaluationPeriods * Period).toBe(example.functions.silenceHours * 3600);
      }
      // CloudWatch API reference, PutMetricAlarm: seven days at most, for periods of an hour or more.
      expect(EvaluationPeriods * Period).toBeLessThanOrEqual(7 * 86_400);
    }
  });

  it.each([
    ['s3-config-rules-live-errors', 'INSUFFICIENT_DATA', 'OK', false],
    ['s3-config-rules-live-errors', 'OK', 'ALARM', true],
    ['s3-config-rules-live-errors', 'ALARM', 'OK', true],
    ['s3-config-rules-live-silence', 'INSUFFICIENT_DATA', 'ALARM', false],
    ['s3-config-rules-live-silence', 'ALARM', 'OK', false],
    ['s3-config-rules-live-silence', 'OK', 'ALARM', true],
    ['s3-config-rules-of-others', 'OK', 'ALARM', false],
  ])('sends no mail of what is just being created: %s, %s to %s, %s', (name, from, to, isTold) => {
    const { EventPattern } = central.Resources['NotificationRule']?.Properties ?? {};
    const ways: readonly Record<string, unknown>[] = EventPattern.detail.$or;
    const told = ways.some(({ alarmName, state, previousState }) =>
      [
        [alarmName, name],
        [(state as { value: string[] }).value, to],
        [(previousState as { value: string[] }).value, from],
      ].every(([allowed, value]) => (allowed as string[]).includes(value as string)),
    );
    expect(told).toBe(isTold);
  });

  it('takes compliance changes and its own alarms to the bus of the central account', () => {
    const [compliance, alarms] = ['ForwardCompliance', 'ForwardAlarms'].map(
      (id) => alarming.Resources[id]?.Properties,
    );
    const bus = 'arn:${AWS::Partition}:events:eu-central-1:111122223333:event-bus/s3-config-rules';
    expect(compliance.Targets[0].Arn).toEqual({ 'Fn::Sub': bus });
    expect(compliance.EventPattern['detail-type']).toEqual(['Config Rules Compliance Change']);
    expect(alarms.EventPattern.detail.alarmName.sort()).toEqual(
      only('AWS::CloudWatch::Alarm', alarming)
        .map(([, { Properties }]) => Properties.AlarmName)
        .sort(),
    );
    const role = member.Resources['ForwarderRole']?.Properties;
    expect(role.Policies[0].PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: ['events:PutEvents'], Resource: { 'Fn::Sub': bus } },
    ]);
  });

  it('names the content, and hands the name to the publisher', () => {
    expect(member.Outputs['ContentHash']?.Value).toBe(someCode.hash);
    const publisher = member.Resources['PublishFindingsFunction']?.Properties;
    expect(publisher.Environment.Variables).toEqual({
      FINDINGS_QUEUE: { Ref: 'FindingsQueue' },
      CONTENT_HASH: someCode.hash,
      RELEASE_VERSION: someCode.release.version,
      SOURCE_COMMIT: someCode.release.commit,
    });
  });

  it('says no word of an account, so that it fits all of them', () => {
    const text = JSON.stringify(member);
    expect(text).not.toMatch(/arn:aws[a-z-]*:/);
    for (const id of text.match(/\b\d{12}\b/g) ?? []) expect(id).toBe(example.centralAccount);
  });
});

describe('the code in the template', () => {
  const load = (code: string) => {
    const module = { exports: {} as { handler?: () => string } };
    const require = createRequire(import.meta.url);
    const run = compileFunction(code, ['module', 'exports', 'require', '__filename']);
    run(module, module.exports, require, 'index.js');
    return module.exports.handler?.();
  };

  it('is the bundle, and does not run when a character of it is another', () => {
    const bundle = `module.exports = { handler: () => ${JSON.stringify('ä'.repeat(1000))} };`;
    const file = packed(bundle, 'live');
    expect(load(file)).toBe('ä'.repeat(1000));
    expect(packed(bundle, 'live')).toBe(file);
    const at = file.indexOf('return `') + 20;
    const damaged = file.slice(0, at) + (file[at] === 'A' ? 'B' : 'A') + file.slice(at + 1);
    expect(() => load(damaged)).toThrow();
  });

  it('starts a day with what failed, and ends it with a heartbeat on the central bus', () => {
    const { Environment } = member.Resources['LiveFunction']?.Properties ?? {};
    const bus = 'arn:${AWS::Partition}:events:eu-central-1:111122223333:event-bus/s3-config-rules';
    expect(Environment.Variables).toMatchObject({
      CENTRAL_BUS: { 'Fn::Sub': bus },
      FAILURE_QUEUE: { Ref: 'FailureQueue' },
    });
    expect(member.Resources['PublishingRule']?.Properties.ScheduleExpression).toBe(
      'rate(20 minutes)',
    );
    expect(only('AWS::Lambda::EventSourceMapping')).toEqual([]);
  });
});

describe('what a deployment may leave out', () => {
  it('the publisher', () => {
    const { member } = synthesized({
      consumers: { ...example.consumers, securityHub: false },
    });
    expect(
      Object.keys(member.Resources).filter((id) => /Findings|Reconciliation/.test(id)),
    ).toEqual([]);
    expect(only('AWS::Lambda::Function', member)).toHaveLength(2);
  });

  it('the history', () => {
    const { member } = synthesized({ consumers: { ...example.consumers, history: null } });
    expect(Object.keys(member.Resources)).not.toContain('ForwardCompliance');
    expect(Object.keys(member.Resources)).not.toContain('ForwarderRole');
  });
});

describe('what a deployment may add', () => {
  it('buckets with the code, one in each Region, under keys that change with the code', () => {
    const code = (bundles: typeof someCode.bundles) => {
      const { member } = synthesized(
        { assetBucketPrefix: 'example-code' },
        { ...someCode, bundles },
      );
      return member.Resources['LiveFunction']?.Properties.Code;
    };
    const first = code(someCode.bundles);
    expect(first.S3Bucket).toEqual({ 'Fn::Sub': 'example-code-${AWS::Region}' });
    expect(first.S3Key).toMatch(/^s3-config-rules\/live-[0-9a-f]{64}\.zip$/);
    expect(code({ ...someCode.bundles, live: 'exports.handler = 0;' }).S3Key).not.toBe(first.S3Key);
    const zips = zipsOf(someCode);
    expect(
      strFromU8(unzipSync(zips.get(first.S3Key) as Uint8Array)['index.js'] as Uint8Array),
    ).toBe(someCode.bundles.live);
    expect(zipsOf(someCode)).toEqual(zips);
  });

  it('a reservation, and the address of the pages of the rules', () => {
    for (const [, { Properties }] of only('AWS::Lambda::Function')) {
      expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
    }
    const { member } = synthesized({
      functions: { ...example.functions, reservedConcurrency: 20, rulePagesUrl: 'https://e.com/r' },
    });
    for (const [, { Properties }] of only('AWS::Lambda::Function', member)) {
      expect(Properties.ReservedConcurrentExecutions).toBe(20);
    }
    const publisher = member.Resources['PublishFindingsFunction']?.Properties;
    expect(publisher.Environment.Variables.RULE_PAGES_URL).toBe('https://e.com/r');
  });
});
