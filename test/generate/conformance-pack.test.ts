import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packs } from '../../conformance-pack/packs.ts';
import { rules } from '../../rules/index.ts';
import logRetention from '../../rules/s3-log-retention.ts';
import { fromStrings } from '../../src/core/parameters.ts';
import type { Rule } from '../../src/core/rule.ts';
import { packTemplate } from '../../src/generate/conformance-pack.ts';
import { LIMITS, PackTooLarge, roomForList } from '../../src/generate/pack-limits.ts';
import { RESOURCE_TYPE } from '../../src/sources/subject.ts';

interface PackRule {
  readonly Type: string;
  readonly Properties: {
    readonly ConfigRuleName: string;
    readonly Description: string;
    readonly InputParameters: Readonly<
      Record<string, string | { readonly 'Fn::If': readonly unknown[] }>
    >;
    readonly Scope: { readonly ComplianceResourceTypes: readonly string[] };
    readonly Source: {
      readonly Owner: string;
      readonly SourceDetails: readonly { readonly MessageType: string }[];
    };
  };
}

const [both] = packs;
if (!both) throw new Error('There are no packs.');
const many = (count: number, change: (index: number) => Partial<Rule>) =>
  Array.from({ length: count }, (_, index) => ({
    ...logRetention,
    id: `s3-rule-${index}`,
    parameters: {},
    ...change(index),
  }));

describe.each(packs)('the pack $name', (pack) => {
  const template = packTemplate(pack, rules);
  const { Parameters, Conditions, Resources } = parse(template);
  const resources = Object.entries<PackRule>(Resources);

  it('stays within the limits of AWS Config', () => {
    expect(Buffer.byteLength(template)).toBeLessThanOrEqual(LIMITS.templateBytes);
    expect(Object.keys(Parameters).length).toBeLessThanOrEqual(LIMITS.parameters);
    expect(resources.length).toBeLessThanOrEqual(LIMITS.rules);
    expect(pack.name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
  });

  it('holds each rule that serves its frameworks, once', () => {
    const served = rules.filter(({ satisfies }) =>
      Object.keys(satisfies).some((id) => pack.frameworks.some((each) => id.startsWith(each))),
    );
    expect(resources.map(([, { Properties }]) => Properties.ConfigRuleName)).toEqual(
      served.map(({ id }) => id),
    );
  });

  it.each(resources)('%s is a rule that Config takes', (_name, { Type, Properties }) => {
    expect(Type).toBe('AWS::Config::ConfigRule');
    expect(Properties.ConfigRuleName.length).toBeLessThanOrEqual(LIMITS.ruleName);
    expect(Properties.Description.length).toBeLessThanOrEqual(LIMITS.description);
    const subject = rules.find(({ id }) => id === Properties.ConfigRuleName)?.subject ?? 'bucket';
    expect(Properties.Scope.ComplianceResourceTypes).toEqual([RESOURCE_TYPE[subject]]);
    expect(Properties.Source).toMatchObject({ Owner: 'CUSTOM_LAMBDA' });
    const messages = Properties.Source.SourceDetails.map(
      (each: { MessageType: string }) => each.MessageType,
    );
    expect(messages.slice(0, 2)).toEqual([
      'ConfigurationItemChangeNotification',
      'OversizedConfigurationItemChangeNotification',
    ]);
    for (const detail of Properties.Source.SourceDetails) {
      const isScheduled = detail.MessageType === 'ScheduledNotification';
      expect('MaximumExecutionFrequency' in detail).toBe(isScheduled);
    }
    const { rule, ...values } = Properties.InputParameters;
    expect(rule).toBe(Properties.ConfigRuleName);
    for (const value of Object.values(values)) {
      const [condition, set, unset] = (value as { 'Fn::If': [string, { Ref: string }, object] })[
        'Fn::If'
      ];
      expect(Parameters).toHaveProperty(set.Ref);
      expect(Conditions).toHaveProperty(condition, {
        'Fn::Not': [{ 'Fn::Equals': ['', { Ref: set.Ref }] }],
      });
      expect(unset).toEqual({ Ref: 'AWS::NoValue' });
    }
  });

  it('refers to every parameter it has, and leaves each to the settings unless it is set', () => {
    for (const [name, { Type, Default }] of Object.entries<{ Type: string; Default: string }>(
      Parameters,
    )) {
      expect(Type).toBe('String');
      expect(template).toMatch(new RegExp(`Ref: ${name}\\}|\\$\\{${name}\\}`));
      if (!name.endsWith('Function')) expect(Default).toBe('');
    }
    for (const rule of rules) {
      const unset = Object.fromEntries(Object.keys(rule.parameters).map((name) => [name, '']));
      expect(fromStrings(rule, unset)).toEqual({});
    }
  });
});

it('leaves room for lists within InputParameters', () => {
  for (const rule of rules) expect(roomForList(rule)).toBeGreaterThan(100);
});

describe('a pack that AWS Config would refuse is not written', () => {
  it.each<[string, Rule[], RegExp]>([
    [
      'too many rules',
      many(131, () => ({ title: 'T' })),
      /number of rules is 131, AWS Config allows 130/,
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
      many(13, () => ({ parameters: logRetention.parameters })),
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
