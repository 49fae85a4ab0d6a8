import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { requirementsOf, strengthsOf } from '../../src/engine/requirement.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { emptySettings } from '../../src/settings/settings.ts';

/** Which message is evidence for which requirement: decided from the text of the requirement, message by message. */

const ruleOf = (id: string): Rule => {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Error(`There is no rule ${id}.`);
  return rule;
};
const evidenceOf = (id: string, messageId: string, params: object = {}): string[] => {
  const rule = ruleOf(id);
  expect(Object.keys(rule.messages)).toContain(messageId);
  return requirementsOf(rule, messageId, parametersOf(rule, emptySettings, { ...params }));
};

/** "rule message": it is no evidence for the requirement. */
const WITHDRAWN: readonly [string, string, string, object?][] = [
  // A period, a required copy, a choice of the settings: the requirement has it, the parameters do not.
  ['s3-log-retention', 'retained', 'hipaa 164.316(b)(2)(i)'],
  ['s3-log-retention', 'retained', 'hipaa 164.316(b)(2)(i)', { minimumDays: 2191 }],
  ['s3-residency', 'notReplicated', 'hipaa 164.308(a)(7)(ii)(B)', { requireReplication: true }],
  ['s3-residency', 'resident', 'gdpr 32(1)(c)'],
  ['s3-residency', 'resident', 'gdpr 44'],
  ['s3-residency', 'notReplicated', 'gdpr 46(1)', { allowedRegions: ['eu-central-1'] }],
  ['iam-s3-credential-rotation', 'rotated', 'hipaa 164.312(d)', { requireMfaForConsole: false }],
  ['iam-s3-least-privilege', 'named', 'gdpr 25(2)', { forbidReadingEverything: false }],
  ['iam-s3-least-privilege', 'named', 'hipaa 164.312(a)(1)', { forbidReadingEverything: false }],
  ['cloudtrail-log-integrity', 'reliable', 'hipaa 164.312(b)', { requireManagementEvents: false }],
  ['cloudtrail-log-integrity', 'reliable', 'hipaa 164.312(b)', { requireMultiRegion: false }],
  ['cloudtrail-log-integrity', 'reliable', 'hipaa 164.312(c)(1)', { requireValidation: false }],
  ['cloudwatch-s3-activity-alarms', 'alarmed', 'gdpr 33(1)', { requireSubscription: false }],
  [
    's3-request-metrics-alarms',
    'alarmed',
    'hipaa 164.308(a)(6)(ii)',
    { requireSubscription: false },
  ],
  ['s3-upload-encryption-enforced', 'enforced', 'gdpr 32(1)(b)', { requireKey: false }],
  // A weaker lock, a key of someone else, a door that only another lock keeps closed, nothing to judge.
  ['s3-object-lock-retention', 'governance', 'hipaa 164.312(c)(1)'],
  ['s3-deletion-protection', 'governance', 'hipaa 164.312(c)(2)'],
  ['s3-deletion-protection', 'denied', 'hipaa 164.312(c)(2)'],
  ['s3-deletion-protection', 'mfaDelete', 'hipaa 164.312(c)(2)'],
  ['s3-deletion-protection', 'recoverable', 'hipaa 164.312(c)(2)'],
  ['s3-deletion-protection', 'lockedBackup', 'hipaa 164.312(c)(2)'],
  ['s3-kms-key-health', 'awsManaged', 'gdpr 32(1)(a)'],
  ['s3-kms-key-health', 'policyUnseen', 'gdpr 32(1)(a)'],
  ['s3-sse-kms-approved-keys', 'awsManaged', 'hipaa 164.308(a)(1)(ii)(B)'],
  ['s3-sse-kms-approved-keys', 'awsManaged', 'gdpr 34(3)(a)'],
  ['s3-policy-least-privilege', 'noPolicy', 'hipaa 164.312(a)(1)'],
  ['s3-policy-least-privilege', 'noPolicy', 'gdpr 5(1)(c)'],
  ['s3-access-point-scoped', 'noPolicy', 'hipaa 164.308(a)(4)(i)'],
  ['s3-no-public-access', 'blocked', 'gdpr 32(1)(b)'],
  ['s3-no-public-access', 'blocked', 'gdpr 25(2)'],
  ['s3-log-retention', 'kept', 'hipaa 164.316(b)(2)(i)', { minimumDays: 2192, maximumDays: 2557 }],
  ['s3-log-retention', 'retainedForever', 'gdpr 5(1)(e)'],
  ['s3-log-retention', 'recoverable', 'gdpr 5(1)(e)'],
  // A failure that is about something else.
  ['s3-log-retention', 'tooLong', 'hipaa 164.312(b)'],
  ['s3-versioning-with-lifecycle', 'tooEarly', 'gdpr 5(1)(e)'],
  ['s3-versioning-with-lifecycle', 'unbounded', 'hipaa 164.312(c)(1)'],
  ['s3-lifecycle-expiration', 'tooShort', 'gdpr 5(1)(e)'],
  ['s3-sse-kms-approved-keys', 'noBucketKey', 'hipaa 164.312(a)(2)(iv)'],
  ['s3-sse-kms-approved-keys', 'undeliverable', 'gdpr 32(1)(a)'],
  ['iam-s3-credential-rotation', 'oldKey', 'hipaa 164.312(d)'],
  ['iam-s3-credential-rotation', 'consoleWithoutMfa', 'gdpr 32(1)(b)'],
  ['s3-kms-key-health', 'openPolicy', 'gdpr 32(1)(b)'],
  ['s3-tls-only', 'oldTls', 'hipaa 164.312(e)(1)'],
  ['s3-cross-account-scoped', 'orphaned', 'hipaa 164.312(a)(1)'],
  ['s3-access-point-block-public', 'internet', 'gdpr 25(2)'],
  ['access-analyzer-s3-reviewed', 'noUnusedAccess', 'gdpr 32(1)(d)'],
];

const STANDS: typeof WITHDRAWN = [
  [
    's3-log-retention',
    'retained',
    'hipaa 164.316(b)(2)(i)',
    { minimumDays: 2192, maximumDays: 2557 },
  ],
  ['s3-residency', 'resident', 'hipaa 164.308(a)(7)(ii)(B)', { requireReplication: true }],
  ['s3-residency', 'notReplicated', 'gdpr 44', { allowedRegions: ['eu-central-1'] }],
  ['s3-residency', 'region', 'gdpr 44', { allowedRegions: ['eu-central-1'] }],
  ['s3-object-lock-retention', 'retained', 'hipaa 164.312(c)(1)'],
  ['s3-deletion-protection', 'compliance', 'hipaa 164.312(c)(2)'],
  ['s3-deletion-protection', 'denied', 'hipaa 164.312(c)(1)'],
  ['s3-kms-key-health', 'healthy', 'gdpr 32(1)(a)'],
  ['s3-sse-kms-approved-keys', 'approved', 'hipaa 164.308(a)(1)(ii)(B)'],
  ['s3-policy-least-privilege', 'named', 'hipaa 164.312(a)(1)'],
  ['iam-s3-credential-rotation', 'rotated', 'hipaa 164.312(d)'],
  ['iam-s3-least-privilege', 'named', 'gdpr 25(2)'],
  ['s3-log-retention', 'tooLong', 'gdpr 5(1)(e)'],
  ['s3-versioning-with-lifecycle', 'notEnabled', 'hipaa 164.312(c)(1)'],
];

describe('a message is no evidence for a requirement that it denies', () => {
  it.each(WITHDRAWN)('%s %s: %s', (rule, message, requirement, params) => {
    expect(Object.keys(ruleOf(rule).requirements)).toContain(requirement);
    expect(evidenceOf(rule, message, params)).not.toContain(requirement);
  });

  it.each(STANDS)('but %s %s is evidence for %s', (rule, message, requirement, params) => {
    expect(evidenceOf(rule, message, params)).toContain(requirement);
  });
});

it('a finding says how strongly its rule supports each requirement', () => {
  const rule = ruleOf('s3-log-retention');
  const requirements = requirementsOf(rule, 'tooLong', null);
  expect(strengthsOf(rule.requirements, requirements)).toEqual({ 'gdpr 5(1)(e)': 'supporting' });
  const tls = ruleOf('s3-tls-only');
  expect(strengthsOf(tls.requirements, requirementsOf(tls, 'refused', null))).toEqual({
    'gdpr 32(1)(a)': 'primary',
    'gdpr 5(1)(f)': 'supporting',
    'hipaa 164.312(e)(1)': 'primary',
    'hipaa 164.312(e)(2)(i)': 'primary',
    'hipaa 164.312(e)(2)(ii)': 'primary',
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  const links = Object.keys(rule.requirements);

  it('withdraws only from requirements that it has', () => {
    for (const { except = [], only = [] } of Object.values(rule.messages))
      expect(links).toEqual(expect.arrayContaining([...except, ...only]));
  });

  it('has a passing and a failing message for each of its requirements', () => {
    for (const verdict of ['COMPLIANT', 'NON_COMPLIANT']) {
      const speaking = Object.entries(rule.messages).flatMap(([id, message]) =>
        message.verdict === verdict ? requirementsOf(rule, id, null) : [],
      );
      expect([...new Set(speaking)].sort()).toEqual([...links].sort());
    }
  });
});
