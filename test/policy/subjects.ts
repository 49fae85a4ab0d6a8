import type { Place } from './evaluator.ts';
import { bucket, point } from './words.ts';

type Statement = Readonly<Record<string, unknown>>;

/** What a policy belongs to. The policies are made up for a bucket, and turned into those of another subject. */
export type Kind = 'bucket' | 'accessPoint' | 'key';

export const subjects = {
  bucket,
  accessPoint: { arn: point, account: bucket.account },
  key: { arn: 'arn:aws:kms:eu-west-1:123456789012:key/1', account: bucket.account },
} as const;

const keyActions: Readonly<Record<string, string>> = {
  's3:GetObject': 'kms:Decrypt',
  'S3:get*': 'KMS:dec*',
  's3:PutObject': 'kms:GenerateDataKey',
  's3:?ut*': 'kms:?e*',
  's3:ListBucket': 'kms:CreateGrant',
  's3:PutBucketPolicy': 'kms:PutKeyPolicy',
  's3:FutureAction': 'kms:Decrypt',
  's3:DeleteObject': 'kms:GenerateDataKey',
  's3:*': 'kms:*',
};

function resourceOf(kind: Kind, resource: string): string {
  if (kind === 'bucket') return resource;
  if (kind === 'key') return resource.startsWith(bucket.arn) ? subjects.key.arn : resource;
  return resource.replace(`${bucket.arn}/`, `${point}/object/`).replace(bucket.arn, point);
}

const actionOf = (kind: Kind, action: string): string =>
  kind === 'key' ? (keyActions[action] ?? action) : action;

/** The same request, as it is made of the other subject. */
export const placeOf = (kind: Kind, { action, resource }: Place): Place => ({
  action: actionOf(kind, action),
  resource: resourceOf(kind, resource),
});

const each = (value: unknown, change: (text: string) => string): unknown =>
  Array.isArray(value) ? value.map((one) => change(String(one))) : change(String(value));

/** The same statement, in a policy of the other subject. */
export function statementOf(kind: Kind, statement: Statement): Statement {
  if (kind === 'bucket') return statement;
  const entries = Object.entries(statement).map(([name, value]) => {
    if (/Action$/.test(name)) return [name, each(value, (text) => actionOf(kind, text))];
    if (/Resource$/.test(name)) return [name, each(value, (text) => resourceOf(kind, text))];
    const text = JSON.stringify(value);
    // The same under the name that KMS has for it, in half of the conditions.
    const isOther = kind === 'key' && name === 'Condition' && text.length % 2 === 0;
    return [
      name,
      isOther ? JSON.parse(text.replaceAll('aws:PrincipalAccount', 'kms:CallerAccount')) : value,
    ];
  });
  return Object.fromEntries(entries);
}
