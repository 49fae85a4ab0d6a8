import type { EventItem } from './contract-server/state.ts';

/** Records, answers and reports of IAM. */

export const ACCOUNT = '111122223333';
export const userArn = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`;

/** An item of IAM as AWS Config sends it in an event; the id stands for the one that IAM makes up. */
export function iamItem(
  type: 'User' | 'Group' | 'Role' | 'Policy',
  name: string,
  configuration: object = {},
  parts: Partial<EventItem> = {},
): EventItem {
  return {
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: '2026-03-01T10:00:00.250Z',
    configurationItemStatus: 'OK',
    configurationStateId: 1772359200250,
    awsAccountId: ACCOUNT,
    awsRegion: 'global',
    availabilityZone: 'Not Applicable',
    ARN: `arn:aws:iam::${ACCOUNT}:${type.toLowerCase()}/${name}`,
    resourceType: `AWS::IAM::${type}`,
    resourceId: `ID${name}`,
    resourceName: name,
    tags: {},
    relationships: [],
    configuration: {
      [`${type.toLowerCase()}PolicyList`]: null,
      attachedManagedPolicies: [],
      ...configuration,
    },
    supplementaryConfiguration: {},
    ...parts,
  };
}

export const documentOf = (...Statement: readonly object[]) =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement }));

const COLUMNS = [
  ...['user', 'arn', 'user_creation_time', 'password_enabled', 'password_last_used'],
  ...['password_last_changed', 'password_next_rotation', 'mfa_active'],
  ...[1, 2].flatMap((key) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (aspect) => `access_key_${key}_${aspect}`,
    ),
  ),
  ...['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated'],
];

/** A user without password and keys, but for the fields given. */
export function reportRow(
  user: string,
  fields: Readonly<Record<string, string>>,
  arn = userArn(user),
): string {
  const all: Readonly<Record<string, string>> = {
    ...{ user, arn, user_creation_time: '2020-01-01T00:00:00+00:00' },
    ...{ password_enabled: 'false', mfa_active: 'false' },
    ...{ access_key_1_active: 'false', access_key_2_active: 'false' },
    ...{ cert_1_active: 'false', cert_2_active: 'false', ...fields },
  };
  return COLUMNS.map((column) => all[column] ?? 'N/A').join(',');
}

const root = reportRow(
  '<root_account>',
  { password_enabled: 'not_supported', password_last_used: 'no_information' },
  `arn:aws:iam::${ACCOUNT}:root`,
);

/** The report as IAM writes it, with the root user first. */
export const reportOf = (...rows: readonly string[]) =>
  [COLUMNS.join(','), root, ...rows].join('\n');
