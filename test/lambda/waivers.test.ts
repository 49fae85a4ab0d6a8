import { describe, expect, it } from 'vitest';
import { emptySettings, type Settings } from '../../src/settings/settings.ts';
import { bucketItem } from '../contract-server/items.ts';
import { CONFIG_RULE, changeEvent, startLambda } from './world.ts';

const RULE = 's3-tls-only';
const settings = (accounts: Settings['organization']['accounts']): Settings => ({
  ...emptySettings,
  organization: { accounts, homeRegions: [] },
  waivers: [
    {
      id: 'UNIT',
      rule: RULE,
      subject: { ou: 'ou-ab12-11111111' },
      owner: 'team',
      approver: 'ciso',
      reason: 'migration',
      created: '2026-01-01',
      expires: '2026-12-31',
    },
  ],
});

describe('a waiver by OU', () => {
  it('holds for an account that the settings place in it', async () => {
    const accounts = { '111122223333': 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/' };
    const { handle, puts, logs } = await startLambda({}, { settings: settings(accounts) });
    await handle(changeEvent(RULE, bucketItem('a')));
    expect(puts()[0]?.Evaluations).toMatchObject([
      { ComplianceType: 'NOT_APPLICABLE', Annotation: expect.stringMatching(/^waived UNIT, /) },
    ]);
    expect(logs).toMatchObject([{ level: 'info' }]);
  });

  it('never holds for an account without a place, and the log says so', async () => {
    const { handle, puts, logs } = await startLambda({}, { settings: settings({}) });
    await handle(changeEvent(RULE, bucketItem('a')));
    expect(puts()[0]?.Evaluations).toMatchObject([{ ComplianceType: 'NON_COMPLIANT' }]);
    expect(logs).toEqual([
      {
        level: 'warn',
        rule: RULE,
        configRuleName: CONFIG_RULE,
        account: '111122223333',
        task: 'item',
        message:
          'the account is missing from organization.accounts, so waivers by OU cannot apply: UNIT.',
      },
      expect.objectContaining({ level: 'info' }),
    ]);
  });

  it('of another rule is not spoken of', async () => {
    const { handle, logs } = await startLambda({}, { settings: settings({}) });
    await handle(changeEvent('s3-acl-no-foreign-grants', bucketItem('a')));
    expect(logs).toMatchObject([{ level: 'info' }]);
  });
});
