import { describe, expect, it } from 'vitest';
import { managedRules } from '../../conformance-pack/managed-rules.ts';
import { rules } from '../../rules/index.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { needsOf } from '../../src/facets/needs.ts';
import type { Requirement } from '../../src/frameworks/framework.ts';
import { frameworks } from '../../src/frameworks/index.ts';

/** Who serves what, as the catalogue of controls has it, and the mistakes that others make in mapping S3 to GDPR and HIPAA. */

const all = Object.values(frameworks).flatMap(({ id, requirements }) =>
  Object.entries<Requirement>(requirements).map(([key, value]) => [`${id} ${key}`, value] as const),
);
const serving = (requirement: string) =>
  rules.filter(({ requirements }) => Object.hasOwn(requirements, requirement)).map(({ id }) => id);
const strengths = (rule: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(rules.find(({ id }) => id === rule)?.requirements ?? {}).map(
      ([requirement, { strength }]) => [requirement, strength],
    ),
  );

describe('a requirement', () => {
  it.each(all)('%s has its words, and is served or says why not', (id, requirement) => {
    expect(requirement.title).toMatch(/^[A-Z].{3,}[^.]$/);
    expect(requirement.text.length).toBeGreaterThan(20);
    const advice = 'link a rule to it, or say in `unserved` why none is; not both';
    expect(serving(id).length > 0, advice).toBe(requirement.unserved === undefined);
    if (requirement.unserved !== undefined) {
      expect(requirement.unserved).toMatch(/^(Organizational|Physical|Outside S3): .+\.$/);
    }
    // The rules on privacy and breaches know no addressable specifications (45 CFR 164.306(d) is of the Security Rule).
    const isSecurityRule = /^hipaa 164\.3/.test(id);
    expect(requirement.implementation === undefined).toBe(!isSecurityRule);
  });

  it('has a source', () => {
    for (const { url, citation } of Object.values(frameworks)) {
      expect(url).toMatch(/^https:\/\/(www\.ecfr\.gov|eur-lex\.europa\.eu)\//);
      expect(citation).toMatch(/45 CFR|2016\/679/);
    }
  });
});

it.each<[string, string, string]>([
  ['s3-sse-kms-approved-keys', 'hipaa 164.312(a)(2)(iv)', 'primary'],
  ['s3-sse-kms-approved-keys', 'gdpr 32(1)(a)', 'primary'],
  ['s3-sse-kms-approved-keys', 'gdpr 5(1)(f)', 'supporting'],
  ['s3-sse-kms-approved-keys', 'gdpr 34(3)(a)', 'supporting'],
  ['s3-sse-c-blocked', 'hipaa 164.308(a)(7)(ii)(A)', 'supporting'],
  ['s3-kms-key-health', 'gdpr 32(1)(b)', 'supporting'],
  ['s3-tls-only', 'hipaa 164.312(e)(1)', 'primary'],
  ['s3-tls-only', 'hipaa 164.312(e)(2)(i)', 'primary'],
  ['s3-tls-only', 'hipaa 164.312(e)(2)(ii)', 'primary'],
  ['s3-tls-only', 'gdpr 32(1)(a)', 'primary'],
  ['s3-no-public-access', 'hipaa 164.312(a)(1)', 'primary'],
  ['s3-no-public-access', 'gdpr 25(2)', 'primary'],
  ['s3-block-public-access-account', 'gdpr 25(2)', 'primary'],
  ['s3-block-public-access-bucket', 'gdpr 25(2)', 'primary'],
  ['s3-cross-account-scoped', 'hipaa 164.312(a)(1)', 'primary'],
  ['s3-cross-account-scoped', 'hipaa 164.308(b)(1)', 'supporting'],
  ['s3-policy-least-privilege', 'hipaa 164.502(b)(1)', 'supporting'],
  ['s3-policy-network-perimeter', 'hipaa 164.312(e)(1)', 'supporting'],
  ['s3-presigned-url-guard', 'hipaa 164.312(d)', 'supporting'],
  ['s3-versioning-with-lifecycle', 'hipaa 164.312(c)(1)', 'primary'],
  ['s3-versioning-with-lifecycle', 'gdpr 32(1)(b)', 'primary'],
  ['s3-object-lock-retention', 'hipaa 164.312(c)(1)', 'primary'],
  ['s3-lifecycle-expiration', 'gdpr 5(1)(e)', 'primary'],
  ['s3-lifecycle-expiration', 'hipaa 164.310(d)(2)(i)', 'supporting'],
  ['s3-log-retention', 'hipaa 164.316(b)(2)(i)', 'supporting'],
  ['s3-access-logging', 'hipaa 164.312(b)', 'primary'],
  ['s3-data-events-logged', 'hipaa 164.312(b)', 'primary'],
  ['cloudtrail-log-integrity', 'hipaa 164.312(b)', 'primary'],
  ['cloudwatch-s3-activity-alarms', 'hipaa 164.308(a)(6)(ii)', 'supporting'],
  ['config-recorder-health', 'gdpr 32(1)(d)', 'primary'],
  ['iam-s3-credential-rotation', 'hipaa 164.312(d)', 'supporting'],
  ['access-analyzer-s3-reviewed', 'hipaa 164.308(a)(4)(ii)(C)', 'primary'],
  ['s3-policy-review-attested', 'gdpr 32(1)(d)', 'primary'],
  ['s3-residency', 'gdpr 44', 'supporting'],
  ['s3-data-classification', 'gdpr 30(1)(c)', 'supporting'],
  ['config-recorder-health', 'hipaa 164.308(a)(8)', 'primary'],
  ['config-recorder-health', 'gdpr 28(3)(h)', 'supporting'],
  ['config-recorder-health', 'gdpr 30(1)(g)', 'supporting'],
  ['s3-policy-review-attested', 'hipaa 164.316(b)(1)', 'supporting'],
  ['iam-s3-least-privilege', 'hipaa 164.308(a)(3)(i)', 'supporting'],
  ['s3-sse-kms-approved-keys', 'hipaa 164.402', 'supporting'],
  ['s3-no-public-access', 'hipaa 164.530(c)', 'supporting'],
])('%s serves %s: %s', (rule, requirement, strength) => {
  expect(strengths(rule)[requirement]).toBe(strength);
});

describe('no rule claims', () => {
  it.each([
    ['isolating clearinghouses: no clearinghouse, no claim', 'hipaa 164.308(a)(4)(ii)(A)'],
    ['emergency access: copies of data grant no access', 'hipaa 164.312(a)(2)(ii)'],
    ['log-in monitoring: events of S3 are no log-ins', 'hipaa 164.308(a)(5)(ii)(C)'],
    ['moving of equipment', 'hipaa 164.310(d)(2)(iv)'],
    ['passwords, which no rule looks at', 'hipaa 164.308(a)(5)(ii)(D)'],
    ['contracts', 'hipaa 164.308(b)(3)'],
    ['which countries are adequate', 'gdpr 45'],
    ['emergency mode operation', 'hipaa 164.308(a)(7)(ii)(C)'],
  ])('%s', (_, requirement) => {
    expect(all.map(([id]) => id)).toContain(requirement);
    expect(serving(requirement)).toEqual([]);
  });

  it('plan documents of health plans', () => {
    const plans = all.map(([id]) => id).filter((id) => id.startsWith('hipaa 164.314(b)'));
    expect(plans.length).toBeGreaterThan(0);
    for (const id of plans) expect(serving(id)).toEqual([]);
  });

  it('the record of processing by what logs or encrypts', () => {
    const records = all.map(([id]) => id).filter((id) => id.startsWith('gdpr 30'));
    expect(records.length).toBeGreaterThan(0);
    const servers = records.flatMap(serving);
    expect(servers).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/log|trail|kms|sse|event/)]),
    );
  });

  it('encryption in transit by what encrypts at rest, or the other way round', () => {
    expect(serving('hipaa 164.312(e)(2)(ii)')).not.toContain('s3-sse-kms-approved-keys');
    expect(serving('hipaa 164.312(a)(2)(iv)')).not.toContain('s3-tls-only');
    expect(serving('hipaa 164.312(e)(1)')).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/public/)]),
    );
    expect(serving('hipaa 164.312(c)(1)')).not.toContain('s3-sse-kms-approved-keys');
  });

  it('a period for medical records, which HIPAA does not set', () => {
    expect(serving('hipaa 164.316(b)(2)(i)')).toEqual(['s3-log-retention']);
    const reason = rules.find(({ id }) => id === 's3-log-retention')?.requirements[
      'hipaa 164.316(b)(2)(i)'
    ]?.reason;
    expect(reason).toMatch(/designate|documentation/i);
  });
});

it('titles and letters are those of the text, where others have them wrong', () => {
  const of = (id: string) => all.find(([known]) => known === id)?.[1];
  expect(of('hipaa 164.308(a)(4)(ii)(C)')?.title).toBe('Access establishment and modification');
  expect(of('hipaa 164.308(a)(4)(ii)(B)')?.title).toBe('Access authorization');
  expect(of('hipaa 164.312(b)')?.implementation).toBe('required');
  expect(of('hipaa 164.308(a)(3)(ii)(B)')?.implementation).toBe('addressable');
});

describe('the rules that AWS runs', () => {
  it.each([
    ['s3-resources-protected-by-backup-plan', 'gdpr 32(1)(c)', 'primary'],
    ['s3-resources-protected-by-backup-plan', 'hipaa 164.308(a)(7)(ii)(A)', 'primary'],
    ['s3-resources-protected-by-backup-plan', 'hipaa 164.308(a)(7)(ii)(B)', 'supporting'],
    ['guardduty-s3-protection-enabled', 'hipaa 164.312(b)', 'primary'],
    ['guardduty-s3-protection-enabled', 'hipaa 164.308(a)(6)(ii)', 'supporting'],
    ['guardduty-s3-protection-enabled', 'gdpr 33(1)', 'supporting'],
    ['iam-user-unused-credentials-check', 'hipaa 164.308(a)(3)(ii)(C)', 'supporting'],
    ['iam-root-access-key-check', 'hipaa 164.312(a)(2)(i)', 'supporting'],
  ])('%s serves %s: %s', (name, requirement, strength) => {
    const links = managedRules.find((rule) => rule.name === name)?.requirements ?? {};
    expect(Object.entries(links).find(([id]) => id === requirement)?.[1].strength).toBe(strength);
  });

  it('are all mapped, in words that a rule can keep', () => {
    for (const { requirements } of managedRules) {
      const reasons = Object.values(requirements).map(({ reason }) => reason);
      expect(reasons.length).toBeGreaterThan(0);
      for (const reason of reasons)
        expect(reason).not.toMatch(/\b(never|no one|every|always|excluded|at once|ensures?)\b/i);
    }
  });
});

describe('a rule that AWS runs', () => {
  it.each(managedRules)('$name may be left out, because $replacedBy serves the same', (managed) => {
    const own = rules.find(({ id }) => id === managed.replacedBy);
    expect(own?.draft).toBeUndefined();
    expect(own?.tier ?? 'strict').toBe(managed.tier);
    for (const [requirement, { strength }] of Object.entries(managed.requirements))
      expect(strengths(managed.replacedBy)[requirement], requirement).toBe(strength);
    // Where one account and Region has a result of AWS, it has one of ours.
    const { homeRegionOnly } = needsOf(own as Rule);
    expect(homeRegionOnly).toBe(managed.homeRegionOnly);
    const messages = Object.values(own?.messages ?? {});
    const passing = messages.filter(({ verdict }) => verdict === 'COMPLIANT');
    // A message of a pass is evidence for all of it.
    for (const { except = [], only } of passing) expect([except, only]).toEqual([[], undefined]);
  });
});
