import type { Credentials } from '../../facts/iam.ts';
import type { OutputOf } from '../../services/operations.ts';
import { Malformed, wrong } from '../../values/json.ts';
import { asked } from '../asked.ts';
import { credentialsOf, rowsByArn } from './credential-report.ts';

type Answer = OutputOf<'GetCredentialReport'>;

/**
 * From the credential report of IAM, which asking for makes anew when it is more than four hours old. While IAM is at it,
 * the report cannot be had: that error is thrown, and Lambda tries again (IAM API reference, GetCredentialReport).
 */
export const credentials = asked<Credentials, 'GenerateCredentialReport' | 'GetCredentialReport'>(
  ['GenerateCredentialReport', 'GetCredentialReport'],
  async (ask, { arn }) => {
    await ask('GenerateCredentialReport', {});
    const answer = await ask('GetCredentialReport', {});
    const rows = known.get(answer) ?? rowsByArn(csvOf(answer));
    known.set(answer, rows);
    const row = rows.get(arn);
    // A new user is in the next report.
    if (row === undefined) throw new Malformed('the credential report does not name the user');
    return credentialsOf(row);
  },
);

/** One report serves all users of the account. */
const known = new WeakMap<Answer, ReturnType<typeof rowsByArn>>();

/** Bytes as the SDK has them, base 64 as the AWS CLI prints them. */
function csvOf({ Content }: Answer): string {
  const content: unknown = Content;
  if (typeof content === 'string') return Buffer.from(content, 'base64').toString('utf8');
  if (content instanceof Uint8Array) return Buffer.from(content).toString('utf8');
  throw wrong('Content', 'the report in base 64', content);
}
