import { stringify } from 'yaml';
import type { Pack } from '../../conformance-pack/packs.ts';
import { expectationOf, type Parameter } from '../core/parameters.ts';
import type { Rule } from '../core/rule.ts';
import { needsOf } from '../facets/needs.ts';
import { RESOURCE_TYPE } from '../sources/subject.ts';

/** Limits of AWS Config (API reference, PutConformancePack and ConfigRule; service quotas of conformance packs). */
export const LIMITS = {
  templateBytes: 51_200,
  parameters: 60,
  rules: 130,
  inputParameters: 1024,
  ruleName: 37,
  description: 256,
} as const;

/** The pack would be refused by AWS Config, so it is not written. */
export class PackTooLarge extends Error {
  override readonly name = 'PackTooLarge';
}

interface PackParameter {
  readonly Type: 'String';
  readonly Default: string;
  readonly Description: string;
}

export function rulesOf(pack: Pack, rules: readonly Rule[]): readonly Rule[] {
  return rules.filter((rule) =>
    Object.keys(rule.satisfies).some((id) =>
      pack.frameworks.some((each) => id.startsWith(`${each} `)),
    ),
  );
}

/** The template of a conformance pack, deployable as it is where the functions are. @throws PackTooLarge */
export function packTemplate(pack: Pack, allRules: readonly Rule[]): string {
  const rules = rulesOf(pack, allRules);
  const parameters: Record<string, PackParameter> = {};
  for (const name of new Set(rules.map((rule) => needsOf(rule.reads).function))) {
    parameters[functionParameter(name)] = {
      Type: 'String',
      Default: `s3-config-rules-${name}`,
      Description: `Name of the function of this account and Region that runs the ${name} rules.`,
    };
  }
  for (const rule of rules) {
    for (const [name, parameter] of Object.entries(rule.parameters)) {
      parameters[parameterName(rule, name)] = {
        Type: 'String',
        Default: '',
        Description: describeParameter(rule, parameter),
      };
    }
  }
  const resources = Object.fromEntries(rules.map((rule) => [pascal(rule.id), resourceOf(rule)]));
  const body = stringify({ Parameters: parameters, Resources: resources }, { lineWidth: 0 });
  const template = `# Generated from rules/ by "npm run generate". Every parameter may stay empty: the settings in the function decide then.\n${body}`;
  assertLimits(pack, template, parameters, rules);
  return template;
}

function resourceOf(rule: Rule): object {
  const needs = needsOf(rule.reads);
  const inputs = Object.keys(rule.parameters).map((name) => [
    name,
    { Ref: parameterName(rule, name) },
  ]);
  const source = (MessageType: string, more = {}) => ({
    EventSource: 'aws.config',
    MessageType,
    ...more,
  });
  return {
    Type: 'AWS::Config::ConfigRule',
    Properties: {
      ConfigRuleName: rule.id,
      Description: rule.title,
      InputParameters: { rule: rule.id, ...Object.fromEntries(inputs) },
      Scope: { ComplianceResourceTypes: [RESOURCE_TYPE[rule.subject]] },
      Source: {
        Owner: 'CUSTOM_LAMBDA',
        SourceIdentifier: {
          'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:\${${functionParameter(needs.function)}}`,
        },
        SourceDetails: [
          source('ConfigurationItemChangeNotification'),
          source('OversizedConfigurationItemChangeNotification'),
          ...(needs.daily
            ? [source('ScheduledNotification', { MaximumExecutionFrequency: 'TwentyFour_Hours' })]
            : []),
        ],
      },
    },
  };
}

const functionParameter = (name: string) => `${pascal(name)}Function`;

/** Lists that come from the settings are one parameter for all rules that use them. */
function parameterName(rule: Rule, name: string): string {
  const parameter = rule.parameters[name];
  const shared = parameter?.type === 'array' ? parameter.setting : undefined;
  return pascal(shared ?? `${rule.id}-${name}`);
}

function pascal(words: string): string {
  return words
    .split(/[-.]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function describeParameter(rule: Rule, parameter: Parameter): string {
  if (parameter.type !== 'array') {
    return `${parameter.description} ${capital(expectationOf(parameter))}; default ${parameter.default}.`;
  }
  const form = `Separated by commas, at most ${roomForList(rule)} characters; each entry ${parameter.items.expected}.`;
  return `${parameter.description} ${form}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What is left for each list of a rule in its InputParameters when every other value is as long as it can be. */
export function roomForList(rule: Rule): number {
  const entries = Object.entries(rule.parameters);
  const longest = entries.map(([name, parameter]) => [name, longestValue(parameter)]);
  const fixed = JSON.stringify({ rule: rule.id, ...Object.fromEntries(longest) }).length;
  const lists = entries.filter(([, { type }]) => type === 'array').length;
  return Math.floor((LIMITS.inputParameters - fixed) / Math.max(lists, 1));
}

function longestValue(parameter: Parameter): string {
  switch (parameter.type) {
    case 'integer':
      return String(parameter.maximum);
    case 'boolean':
      return 'false';
    case 'string':
      return parameter.enum.reduce((a, b) => (b.length > a.length ? b : a), '');
    case 'array':
      return '';
  }
}

function assertLimits(
  { name }: Pack,
  template: string,
  parameters: Readonly<Record<string, PackParameter>>,
  rules: readonly Rule[],
): void {
  const fail = (what: string, size: number, limit: number) => {
    throw new PackTooLarge(`Pack ${name}: ${what} is ${size}, AWS Config allows ${limit}.`);
  };
  const check = (what: string, size: number, limit: number) => {
    if (size > limit) fail(what, size, limit);
  };
  check('the number of parameters', Object.keys(parameters).length, LIMITS.parameters);
  check('the number of rules', rules.length, LIMITS.rules);
  check('the size of the template in bytes', Buffer.byteLength(template), LIMITS.templateBytes);
  for (const rule of rules) {
    check(`the length of the name ${rule.id}`, rule.id.length, LIMITS.ruleName);
    check(`the length of the title of ${rule.id}`, rule.title.length, LIMITS.description);
    if (roomForList(rule) < 0)
      fail(
        `InputParameters of ${rule.id} at its longest`,
        LIMITS.inputParameters - roomForList(rule),
        LIMITS.inputParameters,
      );
  }
}
