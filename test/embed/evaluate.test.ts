import { describe, expect, it } from 'vitest';
import { evaluate, Malformed, parseSettings, rules, SettingsError } from '../../src/embed/index.ts';
import { bucketItem } from '../contract-server/items.ts';

const only = (id: string) => rules.filter((rule) => rule.id === id);
const now = '2026-11-02T12:00:00.000Z';

describe('a program that embeds the rules', () => {
  it('evaluates one rule on a configuration item', async () => {
    const [finding, ...others] = await evaluate([bucketItem('b')], {
      rules: only('s3-tls-only'),
      now,
    });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ...{ rule: 's3-tls-only', state: 'FAIL', messageId: 'noPolicy' },
      subject: { id: 'b', account: '111122223333' },
    });
  });

  it('evaluates every rule that judges a record, unless it names some', async () => {
    const findings = await evaluate([bucketItem('b')]);
    expect(findings.length).toBeGreaterThan(20);
    expect(new Set(findings.map(({ rule }) => rule)).size).toBe(findings.length);
  });

  it('is judged by settings, and told what is wrong with them', async () => {
    const settings = parseSettings(
      'waivers: [{ id: w, rule: s3-tls-only, subject: { account: "111122223333" }, owner: o, approver: a, reason: r, created: 2026-10-01, expires: 2026-12-01 }]',
      'settings.yaml',
    );
    const findings = await evaluate([bucketItem('b')], {
      rules: only('s3-tls-only'),
      settings,
      now,
    });
    expect(findings).toMatchObject([{ state: 'WAIVED', waiver: 'w' }]);
    expect(() => parseSettings('trusts: {}', 'settings.yaml')).toThrow(SettingsError);
  });

  it('gives captured answers with the records, and is told of a record that is neither', async () => {
    const rule = only('s3-acl-disabled');
    const [unknown] = await evaluate([bucketItem('b')], { rules: rule, now });
    expect(unknown).toMatchObject({ state: 'UNKNOWN', messageId: 'evidenceUnavailable' });
    const answer = {
      ...{
        account: '111122223333',
        region: 'eu-central-1',
        operation: 'GetBucketOwnershipControls',
      },
      input: { Bucket: 'b', ExpectedBucketOwner: '111122223333' },
      output: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    };
    const [known] = await evaluate([bucketItem('b'), answer], { rules: rule, now });
    expect(known).toMatchObject({ state: 'PASS' });
    await expect(evaluate([{ nothing: 1 }])).rejects.toThrow(Malformed);
  });
});
