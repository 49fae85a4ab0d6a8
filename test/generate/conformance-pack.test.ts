import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { managedRules } from '../../conformance-pack/managed-rules.ts';
import { packs, tierPacks } from '../../conformance-pack/packs.ts';
import { rules } from '../../rules/index.ts';
import logRetention from '../../rules/s3-log-retention.ts';
import {
  CONTENT_HASH,
  fromStrings,
  OWN_PARAMETERS,
  UNSET,
} from '../../src/engine/pack-parameters.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { needsOf } from '../../src/facets/needs.ts';
import { packTemplate } from '../../src/generate/conformance-pack.ts';
import { described, LIMITS, PackTooLarge, roomForList } from '../../src/generate/pack-limits.ts';
import { typesOf } from '../../src/records/kinds.ts';
import { packRules } from '../pack-rules.ts';

interface PackRule {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: readonly string[];
  readonly Properties: {
    readonly ConfigRuleName: string;
    readonly Description: string;
    readonly InputParameters: Readonly<Record<string, unknown>>;
    readonly Scope?: { readonly ComplianceResourceTypes: readonly string[] };
    readonly Source: {
      readonly Owner: string;
      readonly SourceDetails: readonly { readonly MessageType: string }[];
    };
  };
}

const [both] = packs;
if (!both) throw new Error('There are no packs.');
const ruleOf = (id: string): Rule => {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Error(`There is no rule ${id}.`);
  return rule;
};
const many = (count: number, change: (index: number) => Partial<Rule>) =>
  Array.from({ length: count }, (_, index) => ({
    ...logRetention,
    id: `s3-rule-${index}`,
    parameters: {},
    ...change(index),
  }));

describe.each([...packs, ...tierPacks])('the pack $name', (pack) => {
  const template = packTemplate(pack, rules);
  const { Parameters, Resources } = parse(template);
  const all = Object.entries<PackRule>(Resources);
  const belongs = ({ requirements, tier = 'strict' }: Pick<Rule, 'requirements' | 'tier'>) =>
    (pack.frameworks.length > 1 ||
      Object.entries(requirements).some(
        ([id, { strength }]) => strength === 'primary' && id.startsWith(`${pack.frameworks[0]} `),
      )) &&
    (pack.tier === undefined || tier === 'essential' || tier === pack.tier);
  const resources = all.filter(([, { Properties }]) => Properties.Source.Owner !== 'AWS');

  it('stays within the limits of AWS Config', () => {
    expect(Buffer.byteLength(template)).toBeLessThanOrEqual(LIMITS.templateBytes);
    expect(Object.keys(Parameters).length).toBeLessThanOrEqual(LIMITS.parameters);
    expect(all.length).toBeLessThanOrEqual(LIMITS.rules);
    expect(pack.name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
  });

  it('has room for 20 % more', () => {
    expect(Buffer.byteLength(template) * 1.2).toBeLessThanOrEqual(LIMITS.templateBytes);
    expect(Object.keys(Parameters).length * 1.2).toBeLessThanOrEqual(LIMITS.parameters);
    expect(all.length * 1.2).toBeLessThanOrEqual(LIMITS.rules);
  });

  it('carries the rules that AWS runs, unless it is told not to', () => {
    const managed = all.filter(([, { Properties }]) => Properties.Source.Owner === 'AWS');
    expect(managed.map(([, { Properties }]) => Properties.ConfigRuleName)).toEqual(
      managedRules.filter(belongs).map(({ name }) => name),
    );
    for (const [, { Condition, Properties }] of managed) {
      expect(Condition).toMatch(/^HasManagedRules(AtHome)?$/);
      expect(Properties.Source).toEqual({
        Owner: 'AWS',
        SourceIdentifier: Properties.ConfigRuleName.replaceAll('-', '_').toUpperCase(),
      });
    }
  });

  it('holds each rule with a primary link to its framework, or every rule, once', () => {
    expect(resources.map(([, { Properties }]) => Properties.ConfigRuleName)).toEqual(
      packRules.filter(belongs).map(({ id }) => id),
    );
  });

  it('cites the primary links of each rule in its description, where they fit', () => {
    for (const [name, { Properties }] of all) {
      const { ConfigRuleName: id, Description } = Properties;
      const rule =
        rules.find((each) => each.id === id) ?? managedRules.find((each) => each.name === id);
      const { title, requirements }: Pick<Rule, 'title' | 'requirements'> = rule ?? ruleOf(id);
      const cited = Object.entries(requirements)
        .filter(([, { strength }]) => strength === 'primary')
        .map(([requirement]) => requirement.split(' '))
        .filter(([framework]) => pack.frameworks.some((each) => each === framework));
      expect(Description.startsWith(title), name).toBe(true);
      for (const [, requirement = ''] of cited) expect(Description).toContain(requirement);
      if (cited.length === 0) expect(Description).toBe(title);
    }
  });

  it.each(resources)('%s is a rule that Config takes', (_name, { Type, Condition, Properties }) => {
    expect(Type).toBe('AWS::Config::ConfigRule');
    expect(Properties.ConfigRuleName.length).toBeLessThanOrEqual(LIMITS.ruleName);
    expect(Properties.Description.length).toBeLessThanOrEqual(LIMITS.description);
    const rule = ruleOf(Properties.ConfigRuleName);
    const { onChange, homeRegionOnly } = needsOf(rule);
    const types = Properties.Scope?.ComplianceResourceTypes ?? [];
    // An account has no record: what it is judged by has one.
    const own =
      rule.subject === 'account' ? ['AWS::S3::AccountPublicAccessBlock'] : typesOf(rule.subject);
    expect(types).toEqual(onChange ? own : []);
    expect(Condition).toBe(homeRegionOnly ? 'IsHomeRegion' : undefined);
    expect(Properties.Source).toMatchObject({ Owner: 'CUSTOM_LAMBDA' });
    expect(Properties.Source.SourceDetails.map(({ MessageType }) => MessageType)).toEqual([
      ...(onChange
        ? ['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification']
        : []),
      'ScheduledNotification',
    ]);
    const { rule: id, ...inputs } = Properties.InputParameters;
    expect(id).toBe(rule.id);
    const known = [...Object.keys(rule.parameters), OWN_PARAMETERS, CONTENT_HASH];
    for (const [name, value] of Object.entries(inputs)) {
      expect(known).toContain(name);
      if (typeof value === 'string') expect(['frameworks', 'tiers']).toContain(name);
      else expect(Parameters).toHaveProperty((value as { Ref: string }).Ref);
    }
  });

  it('refers to every parameter it has, and leaves each to the settings unless it is set', () => {
    for (const [name, { Type, Default }] of Object.entries<{ Type: string; Default: string }>(
      Parameters,
    )) {
      expect(Type).toBe('String');
      expect(template).toMatch(new RegExp(`Ref: ${name}\\}|\\$\\{${name}\\}`));
      if (!/Function$|^AwsManagedRules$/.test(name)) expect(Default).toBe(UNSET);
    }
    for (const rule of rules) {
      for (const unset of [UNSET, '']) {
        const inputs = [...Object.keys(rule.parameters), OWN_PARAMETERS].map((name) => [
          name,
          unset,
        ]);
        expect(fromStrings(rule, Object.fromEntries(inputs))).toEqual({});
      }
    }
  });
});

it('tells the rule on the pack which frameworks it is for, and where home is', () => {
  for (const pack of packs) {
    const { Resources } = parse(packTemplate(pack, rules));
    const { Condition, DependsOn, Properties } = Resources.ConfigRecorderHealth as PackRule;
    expect(Properties.InputParameters).toMatchObject({
      frameworks: pack.frameworks.join(','),
      homeRegions: { Ref: 'HomeRegion' },
    });
    expect(Condition).toBeUndefined();
    const others = Object.entries<PackRule>(Resources).filter(
      ([name, each]) => name !== 'ConfigRecorderHealth' && !each.Condition,
    );
    expect(DependsOn).toEqual(others.map(([name]) => name));
    const given = { frameworks: pack.frameworks.join(','), homeRegions: 'eu-central-1' };
    expect(fromStrings(ruleOf('config-recorder-health'), given)).toEqual({
      frameworks: [...pack.frameworks],
      homeRegions: ['eu-central-1'],
    });
  }
});

it('differs between the frameworks, and of all holds every rule', () => {
  const namesIn = (name: string) => {
    const pack = packs.find((each) => each.name === name) ?? both;
    return Object.keys(parse(packTemplate(pack, rules)).Resources);
  };
  expect(namesIn('s3-gdpr-hipaa').length).toBe(packRules.length + managedRules.length);
  expect(namesIn('s3-gdpr')).toContain('S3LifecycleExpiration');
  expect(namesIn('s3-hipaa')).not.toContain('S3LifecycleExpiration');
  expect(namesIn('s3-hipaa')).toContain('S3DeletionProtection');
  expect(namesIn('s3-gdpr')).not.toContain('S3DeletionProtection');
  expect(namesIn('s3-gdpr')).toContain('S3ResourcesProtectedByBackupPlan');
  expect(namesIn('s3-gdpr')).not.toContain('GuarddutyS3ProtectionEnabled');
});

it('cites as much as a description can hold', () => {
  const requirements = ruleOf('s3-tls-only').requirements;
  const cited = (length: number) =>
    described({ title: 'T'.repeat(length), requirements }, ['gdpr', 'hipaa']);
  expect(cited(10)).toBe(
    `${'T'.repeat(10)} (GDPR 32(1)(a); HIPAA 164.312(e)(1), 164.312(e)(2)(i), 164.312(e)(2)(ii))`,
  );
  expect(cited(230)).toBe(`${'T'.repeat(230)} (GDPR 32(1)(a))`);
  expect(cited(256)).toBe('T'.repeat(256));
});

it('leaves room for lists within InputParameters', () => {
  for (const rule of rules) expect(roomForList(rule)).toBeGreaterThan(100);
});

describe('a pack that AWS Config would refuse is not written', () => {
  it.each<[string, Rule[], RegExp]>([
    [
      'too many rules',
      many(131, () => ({ title: 'T' })),
      /number of rules is 137, AWS Config allows 130/,
    ],
    [
      'too many bytes',
      many(60, () => ({ title: 'T'.repeat(256) }))
        .map((rule) => ({ ...rule, parameters: {} }))
        .concat(many(60, (index) => ({ id: `s3-other-${index}`, title: 'T'.repeat(256) }))),
      /size of the template in bytes is \d+, AWS Config allows 51200/,
    ],
    [
      'too many parameters',
      many(61, () => ({ title: 'T', parameters: logRetention.parameters })),
      /number of parameters is \d+, AWS Config allows 60/,
    ],
    [
      'a name too long',
      many(1, () => ({ id: `s3-${'x'.repeat(35)}` })),
      /length of the name .* is 38, AWS Config allows 37/,
    ],
    [
      'a title too long',
      many(1, () => ({ title: 'T'.repeat(257) })),
      /length of the title .* is 257, AWS Config allows 256/,
    ],
    [
      'InputParameters too long',
      many(1, () => ({
        parameters: Object.fromEntries(
          Array.from({ length: 30 }, (_, index) => [
            `aParameterWithAVeryLongName${index}`,
            { type: 'boolean', default: true, description: 'D.' } as const,
          ]),
        ),
      })),
      /InputParameters .* AWS Config allows 1024/,
    ],
  ])('%s', (_name, fitting, message) => {
    expect(() => packTemplate(both, fitting)).toThrow(message);
    expect(() => packTemplate(both, fitting)).toThrow(PackTooLarge);
  });
});
