import type { Credentials, Password } from '../../facts/iam.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import type { OutputOf } from '../../services/operations.ts';
import { Malformed, wrong } from '../../values/json.ts';
import { hoursBetween } from '../../values/time.ts';
import type { Ask } from '../asked.ts';

type Row = ReadonlyMap<string, string>;
type Answer = OutputOf<'GetCredentialReport'>;

/** What is asked to have the report. */
export const REPORT = ['GenerateCredentialReport', 'GetCredentialReport'] as const;

/**
 * The row of a user in the credential report of IAM, which asking for makes anew when it is more than four hours old. While IAM is
 * at it, the report cannot be had: that error is thrown, and Lambda tries again (IAM API reference, GetCredentialReport).
 */
export async function reportedRow(
  ask: Ask<(typeof REPORT)[number]>,
  { arn, created }: Pick<ConfigurationItem, 'arn' | 'created'>,
): Promise<Row> {
  await ask('GenerateCredentialReport', {});
  const answer = await ask('GetCredentialReport', {});
  const rows = known.get(answer) ?? rowsByArn(csvOf(answer));
  known.set(answer, rows);
  const row = rows.get(arn);
  // A new user is in the next report.
  if (row === undefined) throw new Malformed('the credential report does not name the user');
  if (created !== null) assertCreated(row, created);
  return row;
}

/** Users of one name may follow each other, and IAM dates them to the second. @param created of the user that is meant (ISO, UTC). */
function assertCreated(row: Row, created: string): void {
  const since = timeIn(row, 'user_creation_time');
  if (since === null) throw wrong('user_creation_time', 'a time', row.get('user_creation_time'));
  if (Math.abs(hoursBetween(created, since)) * 60 > 1)
    throw new Malformed(`the credential report is of a user of this name who was created ${since}`);
}

/** One report serves all users of the account. */
const known = new WeakMap<Answer, ReturnType<typeof rowsByArn>>();

/** Bytes as the SDK has them, base 64 as the AWS CLI prints them. */
function csvOf({ Content }: Answer): string {
  const content: unknown = Content;
  if (typeof content === 'string') {
    const bytes = Buffer.from(content, 'base64');
    // What is cut or damaged would be decoded as far as it goes, and lack the rest.
    if (bytes.toString('base64') !== content.replace(/\s/g, ''))
      throw new Malformed('Content is not whole base 64');
    return bytes.toString('utf8');
  }
  if (content instanceof Uint8Array) return Buffer.from(content).toString('utf8');
  throw wrong('Content', 'the report in base 64', content);
}

/**
 * The rows of a credential report by the ARN of the user. Names and paths of users come from others and may hold commas,
 * which IAM does not say how it writes: a row with more or fewer fields than the heading is left out, so that its user
 * counts as not reported. No field before the ARN can hold a colon, so no name passes for another user's row.
 * Source: IAM User Guide, "Generate credential reports for your AWS account"; IAM API reference, CreateUser (names, paths).
 */
export function rowsByArn(csv: string): ReadonlyMap<string, Row> {
  const [heading = '', ...lines] = csv.split(/\r?\n/);
  const columns = fieldsOf(heading);
  const rows = new Map<string, Row>();
  for (const line of lines) {
    const fields = fieldsOf(line);
    if (fields.length !== columns.length) continue;
    const row = new Map(columns.map((column, index) => [column, fields[index] ?? '']));
    const arn = row.get('arn') ?? '';
    if (rows.has(arn)) throw new Malformed(`the credential report lists ${arn} twice`);
    rows.set(arn, row);
  }
  return rows;
}

/** Fields of a line of CSV (RFC 4180), without line breaks within quotes: neither a name nor a path can hold one. */
function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (isQuoted && char === '"' && line[at + 1] === '"') field += line[at++];
    else if (char === '"' && (isQuoted || field === '')) isQuoted = !isQuoted;
    else if (char !== ',' || isQuoted) field += char;
    else {
      fields.push(field);
      field = '';
    }
  }
  return [...fields, field];
}

/**
 * What a row says of the console and of the keys. @throws Malformed when a value is not as documented, and when there are more
 * keys or certificates than it shows: their number stands in a column of its own (IAM User Guide, additional_credentials_info).
 */
export function credentialsOf(row: Row): Credentials {
  const others = row.get('additional_credentials_info') ?? '';
  if (/[1-9]/.test(others))
    throw wrong('additional_credentials_info', 'no more than two keys', others);
  return {
    hasPassword: flagIn(row, 'password_enabled'),
    hasMfa: flagIn(row, 'mfa_active'),
    accessKeys: [1, 2].flatMap((number) => {
      const of = (aspect: string) => `access_key_${number}_${aspect}`;
      if (!flagIn(row, of('active'))) return [];
      const changedAt = timeIn(row, of('last_rotated'));
      if (changedAt === null)
        throw wrong(of('last_rotated'), 'a time, because the key is active', null);
      return [{ number, changedAt, usedAt: timeIn(row, of('last_used_date')) }];
    }),
  };
}

/**
 * The password of a user who has one. No use is known of one that was never used, or not since October 2014 (IAM User Guide,
 * "Generate credential reports", password_last_used). @throws Malformed
 */
export function passwordOf(row: Row): Password | null {
  if (!flagIn(row, 'password_enabled')) return null;
  const changedAt = timeIn(row, 'password_last_changed');
  if (changedAt === null)
    throw wrong('password_last_changed', 'a time, because there is a password', null);
  return { changedAt, usedAt: timeIn(row, 'password_last_used') };
}

/** Documented as TRUE and FALSE, written as true and false. */
function flagIn(row: Row, column: string): boolean {
  const value = row.get(column);
  const word = value?.toLowerCase();
  if (word !== 'true' && word !== 'false') throw wrong(column, 'true or false', value);
  return word === 'true';
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const NO_TIME: readonly unknown[] = ['N/A', 'no_information'];

function timeIn(row: Row, column: string): string | null {
  const value = row.get(column);
  if (NO_TIME.includes(value)) return null;
  const time = TIME.test(value ?? '') ? new Date(value ?? '') : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) throw wrong(column, 'a time or N/A', value);
  return time.toISOString();
}
