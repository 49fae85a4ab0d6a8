import { Document, isCollection, isScalar, visit } from 'yaml';
import type { Pack } from '../../conformance-pack/packs.ts';
import { expectationOf, type Parameter } from '../core/parameters.ts';
import type { Rule } from '../core/rule.ts';
import { needsOf } from '../facets/needs.ts';
import { RESOURCE_TYPE } from '../sources/subject.ts';
import { assertLimits, roomForList } from './pack-limits.ts';

interface PackParameter {
  readonly Type: 'String';
  readonly Default: string;
  readonly Description: string;
}

function rulesOf(pack: Pack, rules: readonly Rule[]): readonly Rule[] {
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
    for (const [name, parameter] of packable(rule)) {
      parameters[parameterName(rule, name)] = {
        Type: 'String',
        Default: '',
        Description: describeParameter(rule, parameter),
      };
    }
  }
  const resources = Object.fromEntries(rules.map((rule) => [pascal(rule.id), resourceOf(rule)]));
  const optional = Object.keys(parameters).filter((name) => parameters[name]?.Default === '');
  const conditions = optional.map((name) => [
    isSet(name),
    { 'Fn::Not': [{ 'Fn::Equals': ['', { Ref: name }] }] },
  ]);
  const template =
    HEADING +
    yaml({
      Parameters: parameters,
      Conditions: Object.fromEntries(conditions),
      Resources: resources,
    });
  assertLimits(pack.name, template, Object.keys(parameters).length, rules);
  return template;
}

const HEADING =
  '# Generated from rules/ by "npm run generate". A parameter left empty leaves the matter to the settings in the function.\n';

/** Short lists and maps stand on one line: the template has to stay small, and reads better so. */
function yaml(template: object): string {
  const document = new Document(template, { aliasDuplicateObjects: false });
  visit(document, (_key, node, path) => {
    if (isCollection(node) && JSON.stringify(node).length <= ONE_LINE) node.flow = true;
    // YAML 1.1 has no plain colons within braces, and CloudFormation does not say which YAML it reads.
    const isInline = path.some((outer) => isCollection(outer) && outer.flow);
    if (isInline && isScalar(node) && String(node.value).includes(':')) node.type = 'QUOTE_DOUBLE';
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

const ONE_LINE = 100;

function resourceOf(rule: Rule): object {
  const needs = needsOf(rule.reads);
  const inputs = packable(rule).map(([name]) => [name, valueIfSet(parameterName(rule, name))]);
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

/** What fits into InputParameters: grants do not, and stay with the settings. */
const packable = (rule: Rule) =>
  Object.entries(rule.parameters).filter(([, { type }]) => type !== 'grants');

/** The way of AWS's own packs: an empty value is not handed to the rule at all. */
const valueIfSet = (name: string) => ({
  'Fn::If': [isSet(name), { Ref: name }, { Ref: 'AWS::NoValue' }],
});
const isSet = (name: string) => `${name}IsSet`;

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
