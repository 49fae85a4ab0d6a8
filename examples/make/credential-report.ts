/** How a user of the example signs in; without any of these, not at all. */
export interface Keys {
  /** The day its one access key was made or last changed. */
  readonly changed?: string;
  /** The day that key was last used. */
  readonly used?: string;
  readonly password?: 'alone' | 'with MFA';
  /** The day of its last sign-in. */
  readonly signedIn?: string;
}

const KEY = ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'];
const COLUMNS = [
  ...['user', 'arn', 'user_creation_time', 'password_enabled', 'password_last_used'],
  ...['password_last_changed', 'password_next_rotation', 'mfa_active'],
  ...[1, 2].flatMap((key) => KEY.map((aspect) => `access_key_${key}_${aspect}`)),
  ...['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated'],
];

/** The report as IAM writes it, with the root user first (IAM User Guide, "Generate credential reports"). */
export function credentialReport(
  account: string,
  users: readonly { readonly name: string; readonly keys: Keys }[],
): string {
  const root = row('<root_account>', `arn:aws:iam::${account}:root`, {
    password_enabled: 'not_supported',
    mfa_active: 'true',
  });
  const rows = users.map(({ name, keys }) =>
    row(name, `arn:aws:iam::${account}:user/${name}`, fieldsOf(keys)),
  );
  return [COLUMNS.join(','), root, ...rows].join('\n');
}

function fieldsOf({ changed, used, password, signedIn }: Keys): Readonly<Record<string, string>> {
  const at = (day: string) => `${day}T08:30:00+00:00`;
  return {
    ...(password
      ? {
          password_enabled: 'true',
          mfa_active: String(password === 'with MFA'),
          password_last_changed: at('2024-02-01'),
        }
      : {}),
    ...(signedIn ? { password_last_used: at(signedIn) } : {}),
    ...(changed ? { access_key_1_active: 'true', access_key_1_last_rotated: at(changed) } : {}),
    ...(used ? { access_key_1_last_used_date: at(used) } : {}),
  };
}

function row(user: string, arn: string, fields: Readonly<Record<string, string>>): string {
  const all: Readonly<Record<string, string>> = {
    user,
    arn,
    user_creation_time: '2023-01-15T10:00:00+00:00',
    password_enabled: 'false',
    mfa_active: 'false',
    access_key_1_active: 'false',
    access_key_2_active: 'false',
    cert_1_active: 'false',
    cert_2_active: 'false',
    ...fields,
  };
  return COLUMNS.map((column) => all[column] ?? 'N/A').join(',');
}
