import { readFileSync } from 'node:fs';
import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addValidations } from '../../infra/validations.ts';
import { LIMITS } from '../../src/generate/pack-limits.ts';
import { KNOWN_REGIONS } from '../../src/values/known-regions.ts';
import { partitionOf } from '../../src/values/region.ts';
import { example, exampleCode, ofType, packBody, synthesized, type Template } from './world.ts';

/** A StackSet takes 1 MB from S3; the rest is room for longer settings, and for what is still to come. */
const TEMPLATE_BYTES = 450_000;

describe('what is synthesized for the example company, with no finding of the validations', () => {
  let all: ReturnType<typeof synthesized>;
  let templates: ReadonlyArray<[string, Template]>;
  beforeAll(async () => {
    all = synthesized({}, await exampleCode(), addValidations);
    templates = Object.entries({
      member: all.member,
      organization: all.organization,
      central: all.central,
    });
  });

  it('is within the limits of CloudFormation', () => {
    const bytes = Buffer.byteLength(all.asset);
    expect(bytes).toBeLessThan(TEMPLATE_BYTES);
    for (const [, template] of templates) {
      expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(500);
      expect(template).not.toHaveProperty('Transform');
      expect(JSON.stringify(template)).not.toMatch(/"Fn::Transform"|AWS::Include/);
    }
  });

  it('gives the stack sets the template that stands beside them', () => {
    expect(JSON.parse(all.asset)).toEqual(all.member);
    // Service-managed stack sets have no parameters of their own here, and need no bootstrap in the accounts.
    expect(all.member).not.toHaveProperty('Parameters');
    expect(all.member).not.toHaveProperty('Rules');
  });

  it('carries the code of the functions, and a pack that AWS Config takes inline', () => {
    for (const [, { Properties }] of ofType(all.member, 'AWS::Lambda::Function')) {
      expect(Properties.Code.ZipFile.length).toBeGreaterThan(30_000);
      expect(Properties.Runtime).toMatch(/^nodejs(22|24)\.x$/);
    }
    expect(Buffer.byteLength(packBody(all.member))).toBeLessThanOrEqual(LIMITS.templateBytes);
    for (const [id, { Type, Properties }] of Object.entries<{
      Type: string;
      Properties: { ConfigRuleName: string };
    }>(parse(packBody(all.member)).Resources)) {
      expect(Type, id).toBe('AWS::Config::ConfigRule');
      expect(Properties.ConfigRuleName.length).toBeLessThanOrEqual(LIMITS.ruleName);
    }
  });

  it('gives a function no more environment than Lambda takes, for as many units and Regions as there can be', () => {
    const units = Array.from({ length: 50 }, (_, n) => `ou-ab12-${String(n).padStart(8, '0')}`);
    const { central } = synthesized({
      ...{ rules: 'both', delivery: { bucket: 'b'.repeat(63), prefix: 'p'.repeat(255) } },
      organization: { ...example.organization, units },
      regions: KNOWN_REGIONS.filter((region) => partitionOf(region) === 'aws'),
    });
    const functions = ofType(central, 'AWS::Lambda::Function');
    expect(functions.length).toBe(2);
    // Lambda Developer Guide, "Lambda quotas": 4 KB for all variables of a function.
    for (const [id, { Properties }] of functions)
      expect(JSON.stringify(Properties.Environment.Variables).length, id).toBeLessThan(4096);
  });

  it('names roles after their Region, as IAM is the same in all of them', () => {
    for (const [, template] of templates) {
      for (const [id, { Properties }] of ofType(template, 'AWS::IAM::Role')) {
        expect(JSON.stringify(Properties.RoleName), id).toContain('${AWS::Region}');
      }
    }
  });
});

it('is deployed without a question, so that a pipeline can do it', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(scripts['deploy:here']).toContain('--require-approval never');
  expect(scripts['deploy']).toBe('tsx infra/deploying/deploy.ts');
  expect(readFileSync('infra/deploying/deploy.ts', 'utf8')).toContain(
    "'--require-approval', 'never'",
  );
});

it('is not deployed for the example company', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(scripts['deploy:here']).toContain('--context deploying=true');
  expect(readFileSync('infra/deploying/deploy.ts', 'utf8')).toContain(
    "'--context', 'deploying=true'",
  );
});

describe('the validations', () => {
  it.each([
    [
      'CloudFormation Validate',
      (stack: Stack) =>
        new CfnResource(stack, 'Bad', {
          type: 'AWS::SQS::Queue',
          properties: { QueueNam: 'x', VisibilityTimeout: 'soon' },
        }),
    ],
    ['AwsSolutions', (stack: Stack) => new CfnBucket(stack, 'Bad')],
    ['HIPAA.Security', (stack: Stack) => new CfnBucket(stack, 'Bad')],
  ])('fail the synthesis for what %s finds', (name, addBad) => {
    const synthesize = () =>
      synthesized({}, undefined, (app) => {
        addValidations(app);
        addBad(new Stack(app, 'bad'));
      });
    expect(synthesize).toThrow(`(${name})`);
  });
});
