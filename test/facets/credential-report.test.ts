import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentialsOf, rowsByArn } from '../../src/facets/iam-user/credential-report.ts';
import { reportOf, reportRow } from '../iam.ts';

const ARN = 'arn:aws:iam::111122223333:user/app';
const credentialsIn = (...rows: readonly string[]) => {
  const row = rowsByArn(reportOf(...rows)).get(ARN);
  return row && credentialsOf(row);
};

describe('a row of the credential report', () => {
  it('says what keys there are, and how the console is reached', () => {
    const row = reportRow('app', {
      password_enabled: 'true',
      mfa_active: 'TRUE',
      access_key_1_active: 'false',
      access_key_1_last_rotated: '2020-01-01T00:00:00+00:00',
      access_key_2_active: 'true',
      access_key_2_last_rotated: '2026-01-02T03:04:05+02:00',
      access_key_2_last_used_date: '2026-02-03T04:05:06Z',
    });
    expect(credentialsIn(row)).toEqual({
      hasPassword: true,
      hasMfa: true,
      accessKeys: [
        { number: 2, changedAt: '2026-01-02T01:04:05.000Z', usedAt: '2026-02-03T04:05:06.000Z' },
      ],
    });
  });

  it.each([
    'N/A',
    'no_information',
  ])('%s is a use that nobody knows', (access_key_1_last_used_date) => {
    const key = { access_key_1_active: 'true', access_key_1_last_rotated: '2026-01-01T00:00:00Z' };
    const found = credentialsIn(reportRow('app', { ...key, access_key_1_last_used_date }));
    expect(found?.accessKeys).toEqual([
      { number: 1, changedAt: '2026-01-01T00:00:00.000Z', usedAt: null },
    ]);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a flag is a word', { mfa_active: 'yes' }, /^mfa_active is "yes", expected true or false/],
    ['a flag is that of the root user', { password_enabled: 'not_supported' }, /^password_enabled/],
    ['an active key has no time', { access_key_1_active: 'true' }, /^access_key_1_last_rotated/],
    [
      'a time is a word',
      { access_key_2_active: 'true', access_key_2_last_rotated: 'yesterday' },
      /^access_key_2_last_rotated is "yesterday"/,
    ],
    [
      'a day does not exist',
      { access_key_2_active: 'true', access_key_2_last_rotated: '2026-13-40T00:00:00Z' },
      /^access_key_2_last_rotated/,
    ],
  ])('is refused where %s', (_name, fields, reason) => {
    expect(() => credentialsIn(reportRow('app', fields))).toThrow(reason);
  });

  it('is refused where a column is missing', () => {
    const csv = reportOf(reportRow('app', {})).replaceAll('mfa_active', 'mfa');
    const row = rowsByArn(csv).get(ARN) ?? new Map();
    expect(() => credentialsOf(row)).toThrow(/^mfa_active is missing/);
  });
});

describe('names of strangers', () => {
  it('may be quoted', () => {
    const row = reportRow('app', {}).replace(ARN, `"${ARN}"`).replace('app,', '"a""p,p",');
    expect(rowsByArn(reportOf(row)).get(ARN)?.get('user')).toBe('a"p,p');
  });

  it('with unquoted commas cost only their own row', () => {
    const strange = reportRow('x,y', {});
    expect([...rowsByArn(reportOf(strange, reportRow('app', {}))).keys()]).toContain(ARN);
    expect(rowsByArn(reportOf(strange)).size).toBe(1);
  });

  it('end in lines of either kind', () => {
    const csv = reportOf(reportRow('app', {})).replaceAll('\n', '\r\n');
    expect(rowsByArn(csv).get(ARN)?.get('access_key_2_last_used_service')).toBe('N/A');
  });

  it('do not stand twice', () => {
    const row = reportRow('app', {});
    expect(() => rowsByArn(reportOf(row, row))).toThrow(/twice/);
  });

  // What IAM lets a name and a path hold (IAM API reference, CreateUser), written without quotes.
  const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);
  const path = fc.stringMatching(/^\/([!-~]{0,80}\/)?$/);

  it('never speak for another user', () => {
    const keys = { access_key_1_active: 'true', access_key_1_last_rotated: '2020-01-01T00:00:00Z' };
    fc.assert(
      fc.property(name, path, (user, at) => {
        const stranger = reportRow(user, {}, `arn:aws:iam::111122223333:user${at}${user}`);
        const isSame = stranger.split(',')[1] === ARN;
        if (isSame) return;
        expect(credentialsIn(stranger, reportRow('app', keys))?.accessKeys).toHaveLength(1);
        expect(credentialsIn(stranger)).toBeUndefined();
      }),
    );
  });
});
