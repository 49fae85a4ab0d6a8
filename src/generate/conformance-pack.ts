import { type ManagedRule, managedRules } from '../../conformance-pack/managed-rules.ts';
import { heldBy, type Pack } from '../../conformance-pack/packs.ts';
import {
  CONTENT_HASH,
  ONLY_DAILY,
  OWN_PARAMETERS,
  ownParameters,
  packLists,
  sharedLists,
  UNSET,
} from '../engine/pack-parameters.ts';
import type { Rule } from '../engine/rule.ts';
import { tiersUpTo } from '../engine/tier.ts';
import { isOnChange, needsOf } from '../facets/needs.ts';
import { assertLimits, described, roomForList } from './pack-limits.ts';
import { pascal, usedConditions, yaml } from './pack-yaml.ts';

type HashOf = (rule: Rule) => string;

/**
 * The template of a conformance pack, deployable as it is where the functions are.
 * @param hashOf what each rule carries as its content; left out, the pack has one parameter for all.
 * @throws PackTooLarge
 */
export function packTemplate(pack: Pack, allRules: readonly Rule[], hashOf?: HashOf): string {
  const rules = allRules.filter(heldBy(pack));
  const carried = managedRules.filter(heldBy(pack));
  const parameters = new Map([
    ...functionParameters(rules),
    homeRegion,
    managed,
    ...(hashOf ? [] : [content]),
    ...rules.flatMap(ruleParameters),
  ]);
  const resources = [
    ...rules.map((rule) => [pascal(rule.id), resourceOf(rule, pack, rules, hashOf)]),
    ...carried.map((rule) => [pascal(rule.name), managedResource(rule, pack)]),
  ];
  const template =
    HEADING +
    yaml({
      Parameters: Object.fromEntries(parameters),
      Conditions: usedConditions(CONDITIONS, [resources, CONDITIONS[MANAGED_AT_HOME]]),
      Resources: Object.fromEntries(resources),
    });
  assertLimits(pack.name, template, parameters.size, rules, carried.length);
  return template;
}

type NamedParameter = ReturnType<typeof parameter>;

const parameter = (name: string, Default: string, Description: string) =>
  [name, { Type: 'String', Default, Description }] as const;

const HOME_REGION = 'HomeRegion';
const homeRegion = parameter(
  HOME_REGION,
  UNSET,
  'The one Region where rules on the account and on IAM run. While it is -, they run in every Region.',
);

const MANAGED = 'AwsManagedRules';
const managed = parameter(
  MANAGED,
  'false',
  'Whether the pack also brings rules that AWS runs, which not every Region has. Rules of the pack judge the same.',
);

const CONTENT = 'ContentHash';
const content = parameter(
  CONTENT,
  UNSET,
  'Any short text. Give a new one with new code or settings of the functions, so that AWS Config evaluates every rule again.',
);

const IN_HOME_REGION = 'IsHomeRegion';
const WITH_MANAGED = 'HasManagedRules';
const MANAGED_AT_HOME = 'HasManagedRulesAtHome';
const isEqual = (...values: readonly unknown[]) => ({ 'Fn::Equals': values });

const CONDITIONS = {
  [IN_HOME_REGION]: {
    'Fn::Or': [
      isEqual({ Ref: HOME_REGION }, UNSET),
      isEqual({ Ref: HOME_REGION }, { Ref: 'AWS::Region' }),
    ],
  },
  [WITH_MANAGED]: isEqual({ Ref: MANAGED }, 'true'),
  [MANAGED_AT_HOME]: { 'Fn::And': [{ Condition: WITH_MANAGED }, { Condition: IN_HOME_REGION }] },
};

const functionParameters = (rules: readonly Rule[]): readonly NamedParameter[] =>
  [...new Set(rules.map((rule) => needsOf(rule).function))].map((name) =>
    parameter(
      functionParameter(name),
      `s3-config-rules-${name}`,
      `Name of the function that runs the ${name} rules.`,
    ),
  );

/** Lists that come from the settings are one parameter for all rules that use them; what a rule has of its own is one text. */
function ruleParameters(rule: Rule): readonly NamedParameter[] {
  const lists = sharedLists(rule).map(([, { setting, description, items }]) =>
    parameter(
      pascal(setting),
      UNSET,
      `${description} Comma-separated, up to ${roomForList(rule)} characters: each ${items.expected}.`,
    ),
  );
  const own = ownParameters(rule);
  if (own.length === 0) return lists;
  const defaults = own.map(([name, { default: value }]) => `${name}=${shown(value)}`).join('; ');
  return [...lists, parameter(ownParameter(rule), UNSET, `Any of ${defaults}.`)];
}

/** A long list stands on the page of the rule only: the template has to stay small. */
const shown = (value: unknown) => (Array.isArray(value) && value.length > 3 ? '...' : value);

const HEADING =
  '# Generated from rules/ by "npm run generate". A parameter that is - leaves the matter to the settings. docs/rules explains each.\n';

function resourceOf(
  rule: Rule,
  { frameworks, tier, onChange = 'low' }: Pack,
  rules: readonly Rule[],
  hashOf?: HashOf,
): object {
  const needs = needsOf(rule);
  const lists = sharedLists(rule).map(([name, { setting }]) => [name, { Ref: pascal(setting) }]);
  const facts = {
    frameworks: frameworks.join(','),
    homeRegion: { Ref: HOME_REGION },
    tiers: tier ? tiersUpTo(tier).join(',') : UNSET,
  };
  const told = packLists(rule).map(([name, { pack }]) => [name, facts[pack]]);
  const own =
    ownParameters(rule).length > 0 ? { [OWN_PARAMETERS]: { Ref: ownParameter(rule) } } : {};
  const isTold = isOnChange(rule, onChange);
  const triggers = [...(isTold ? [CHANGE, `Oversized${CHANGE}`] : []), 'ScheduledNotification'];
  const scope = isTold ? { Scope: { ComplianceResourceTypes: needs.startedBy } } : {};
  return {
    Type: 'AWS::Config::ConfigRule',
    ...(needs.homeRegionOnly ? { Condition: IN_HOME_REGION } : {}),
    ...(needs.afterOthers ? { DependsOn: unconditional(rules, rule) } : {}),
    Properties: {
      ConfigRuleName: rule.id,
      Description: described(rule, frameworks),
      InputParameters: {
        rule: rule.id,
        ...Object.fromEntries([...lists, ...told]),
        ...own,
        ...(needs.onChange && !isTold ? { [ONLY_DAILY]: 'true' } : {}),
        [CONTENT_HASH]: hashOf?.(rule) ?? { Ref: CONTENT },
      },
      ...scope,
      Source: {
        Owner: 'CUSTOM_LAMBDA',
        SourceIdentifier: {
          'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:\${${functionParameter(needs.function)}}`,
        },
        // Once a day is what AWS Config does unless it is told another frequency.
        SourceDetails: triggers.map((MessageType) => ({ EventSource: 'aws.config', MessageType })),
      },
    },
  };
}

/** Resources that are there in every Region: nothing depends on one that may be left out. */
const unconditional = (rules: readonly Rule[], except: Rule) =>
  rules
    .filter((rule) => rule !== except && !needsOf(rule).homeRegionOnly)
    .map(({ id }) => pascal(id));

function managedResource(rule: ManagedRule, { frameworks }: Pack) {
  const { name, identifier, parameters, homeRegionOnly } = rule;
  const inputs = Object.keys(parameters).length > 0 ? { InputParameters: parameters } : {};
  return {
    Type: 'AWS::Config::ConfigRule',
    Condition: homeRegionOnly ? MANAGED_AT_HOME : WITH_MANAGED,
    Properties: {
      ConfigRuleName: name,
      Description: described(rule, frameworks),
      ...inputs,
      Source: { Owner: 'AWS', SourceIdentifier: identifier },
    },
  };
}

const CHANGE = 'ConfigurationItemChangeNotification';

const functionParameter = (name: string) => `${pascal(name)}Function`;
const ownParameter = (rule: Rule) => `${pascal(rule.id)}Parameters`;
