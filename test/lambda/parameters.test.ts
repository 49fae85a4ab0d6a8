import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { emptySettings, type Settings } from '../../src/settings/settings.ts';
import { bucketItem } from '../contract-server/items.ts';
import type { EventItem } from '../contract-server/state.ts';
import {
  bucketWith,
  CONFIG_RULE,
  changeEvent,
  policyText,
  scheduledEvent,
  startLambda,
} from './world.ts';

const VERSIONS = 's3-versioning-with-lifecycle';
const SHARING = 's3-cross-account-scoped';

/** Noncurrent versions go after 60 days, and nothing else is cleaned up. */
const versioned = bucketWith('versioned', {
  BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: null },
  BucketLifecycleConfiguration: {
    rules: [{ id: 'old', status: 'Enabled', prefix: null, noncurrentVersionExpirationInDays: 60 }],
  },
});
const CLEAN = { requireDeleteMarkerCleanup: 'false', abortIncompleteUploadDays: '0' };

const shared = (...accounts: readonly string[]) =>
  bucketWith('shared', {
    BucketPolicy: {
      policyText: policyText({
        ...{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared/*' },
        Principal: { AWS: accounts },
      }),
    },
  });
const A = '444455556666';
const B = '777788889999';
const trusting = (...accounts: readonly string[]): Settings => ({
  ...emptySettings,
  trust: { ...emptySettings.trust, accounts },
});

async function verdictOf(
  rule: string,
  item: EventItem,
  parameters: object,
  settings = emptySettings,
) {
  const { handle, puts } = await startLambda({}, { settings });
  await handle(changeEvent(rule, item, parameters));
  const [evaluation] = puts()[0]?.Evaluations ?? [];
  return `${evaluation?.ComplianceType} ${evaluation?.Annotation?.replace(/:.*/s, '')}`;
}

describe('parameters, which AWS Config sends as strings', () => {
  it.each<[object, string]>([
    [CLEAN, 'COMPLIANT bounded'],
    [{ ...CLEAN, noncurrentMaximumDays: '59' }, 'NON_COMPLIANT tooLate'],
    [{ ...CLEAN, noncurrentMaximumDays: '60' }, 'COMPLIANT bounded'],
    [{ ...CLEAN, noncurrentMinimumDays: ' 90 ' }, 'NON_COMPLIANT tooEarly'],
    [{ ...CLEAN, noncurrentMinimumDays: 90 }, 'NON_COMPLIANT tooEarly'],
    [{ ...CLEAN, requireDeleteMarkerCleanup: ' true ' }, 'NON_COMPLIANT deleteMarkers'],
    [{ ...CLEAN, requireDeleteMarkerCleanup: 'TRUE' }, 'NON_COMPLIANT deleteMarkers'],
    [{ ...CLEAN, requireDeleteMarkerCleanup: false }, 'COMPLIANT bounded'],
    [{ ...CLEAN, requireDeleteMarkerCleanup: '' }, 'NON_COMPLIANT deleteMarkers'],
    [{ ...CLEAN, abortIncompleteUploadDays: '  ' }, 'NON_COMPLIANT uploads'],
    [{ ...CLEAN, abortIncompleteUploadDays: null }, 'NON_COMPLIANT uploads'],
  ])('%j ends as %s', async (parameters, expected) => {
    expect(await verdictOf(VERSIONS, versioned, parameters)).toBe(expected);
  });

  it.each<[string, Settings, object, string]>([
    ['the settings', trusting(A, B), {}, 'COMPLIANT scoped'],
    ['CSV', emptySettings, { trustedAccounts: ` ${A} ,, ${B},` }, 'COMPLIANT scoped'],
    [
      'CSV before the settings',
      trusting(A, B),
      { trustedAccounts: A },
      'NON_COMPLIANT openStatement',
    ],
    [
      'the settings where the CSV is empty',
      trusting(A, B),
      { trustedAccounts: '' },
      'COMPLIANT scoped',
    ],
    [
      'the settings of the rule before the common ones',
      { ...trusting(A, B), rules: { [SHARING]: { trustedAccounts: [A] } } },
      {},
      'NON_COMPLIANT openStatement',
    ],
    [
      'CSV before the settings of the rule',
      { ...emptySettings, rules: { [SHARING]: { trustedAccounts: [A] } } },
      { trustedAccounts: `${A},${B}` },
      'COMPLIANT scoped',
    ],
  ])('take a list from %s', async (_, settings, parameters, expected) => {
    expect(await verdictOf(SHARING, shared(A, B), parameters, settings)).toBe(expected);
  });
});

const DAYS = 'an integer from 1 to 36500';
const RETENTION = 's3-log-retention';
const TLS = 's3-tls-only';

describe('parameters that a rule cannot run with', () => {
  it.each<[string, unknown, string]>([
    [
      'no rule',
      '{}',
      `${CONFIG_RULE}: the parameter rule is missing, expected one of ${rules.map(({ id }) => id).join(', ')}.`,
    ],
    ['no parameters', undefined, `${CONFIG_RULE}: the parameter rule is missing, expected one of`],
    ['empty parameters', '', `${CONFIG_RULE}: the parameter rule is missing, expected one of`],
    ['null', null, `${CONFIG_RULE}: the parameter rule is missing, expected one of`],
    [
      'an unknown rule',
      { rule: 's3-nothing' },
      `${CONFIG_RULE}: the parameter rule is "s3-nothing"`,
    ],
    ['a rule that is no text', { rule: 7 }, `${CONFIG_RULE}: the parameter rule is 7, expected`],
    ['an unknown parameter', { rule: TLS, days: '1' }, `${TLS}: there is no parameter "days"`],
    [
      'text for a number',
      { rule: RETENTION, minimumDays: 'a year' },
      `${RETENTION}: minimumDays must be ${DAYS}, at most maximumDays, got "a year".`,
    ],
    [
      'a fraction',
      { rule: RETENTION, maximumDays: '1.5' },
      `${RETENTION}: maximumDays must be ${DAYS}, got "1.5".`,
    ],
    [
      'text for a flag',
      { rule: RETENTION, allowUnlimited: 'yes' },
      `${RETENTION}: allowUnlimited must be true or false, got "yes".`,
    ],
    [
      'a number out of range',
      { rule: RETENTION, maximumDays: '40000' },
      `${RETENTION}: maximumDays must be ${DAYS}, got 40000.`,
    ],
    [
      'a minimum above the maximum',
      { rule: RETENTION, minimumDays: '400', maximumDays: '399' },
      `${RETENTION}: minimumDays must be ${DAYS}, at most maximumDays, got 400.`,
    ],
    [
      'a minimum above the default maximum',
      { rule: RETENTION, minimumDays: '3000' },
      `${RETENTION}: minimumDays must be ${DAYS}, at most maximumDays, got 3000.`,
    ],
    [
      'an entry of a list that is no account',
      { rule: SHARING, trustedAccounts: `${A},1234` },
      `${SHARING}: trustedAccounts must be a list, each entry an account id of twelve digits, got "1234".`,
    ],
    [
      'an object',
      { rule: RETENTION, minimumDays: {} },
      `${RETENTION}: minimumDays must be ${DAYS}`,
    ],
  ])('%s: fail the invocation, and no resource is blamed', async (_, given, message) => {
    const ruleParameters = typeof given === 'object' && given ? JSON.stringify(given) : given;
    const events = [
      changeEvent(TLS, bucketItem('plain'), {}, { ruleParameters }),
      scheduledEvent(TLS, {}, { ruleParameters }),
    ];
    const { handle, logs, operations } = await startLambda({ items: [bucketItem('plain')] });
    for (const event of events) {
      await expect(handle(event)).rejects.toMatchObject({
        name: 'InvalidParameters',
        message: expect.stringContaining(message),
      });
    }
    expect(operations()).toEqual([]);
    const entry = { level: 'error', configRuleName: CONFIG_RULE, error: 'InvalidParameters' };
    const entries = ['item', 'population'].map((task) => ({ ...entry, task }));
    expect(logs).toMatchObject(entries);
    expect(logs[0]?.['message']).toContain(message);
  });

  it('are all named at once', async () => {
    const { handle } = await startLambda();
    const parameters = { minimumDays: 'x', requireVersioning: 'y' };
    await expect(handle(scheduledEvent(RETENTION, parameters))).rejects.toThrow(
      /minimumDays must be .* requireVersioning must be /,
    );
  });
});
