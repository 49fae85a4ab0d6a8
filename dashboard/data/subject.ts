import type { Judgements } from './judgements.ts';
import { to } from './route.ts';

/** Who a subject is, by its position. */
export function identityOf({ index, columns, accounts }: Judgements, subject: number) {
  const account = index.accounts[accounts[subject] ?? 0];
  const name = columns.names[subject] ?? '';
  return {
    account,
    name,
    id: columns.ids[String(subject)] ?? name,
    region: index.regions[columns.regions[subject] ?? 0] ?? '',
    type: index.types[columns.types[subject] ?? 0] ?? '',
  };
}

/** The address of a subject, and of its finding of a rule. */
export function subjectLink(judgements: Judgements, subject: number, rule?: string): string {
  const { account, region, type, id } = identityOf(judgements, subject);
  return to(
    ['subject', account?.id ?? '', region, type, id],
    rule === undefined ? [] : [['rule', rule]],
  );
}

/** The subject that an address names. */
export function subjectAt(judgements: Judgements, path: readonly string[]): number | undefined {
  const [account, region, type, id] = path;
  const found = judgements.index.accounts.find((each) => each.id === account);
  for (let at = found?.first ?? 0; found && at < found.first + found.size; at++) {
    const each = identityOf(judgements, at);
    if (each.id === id && each.type === type && each.region === region) return at;
  }
  return undefined;
}

const DOMAINS: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'console.amazonaws.cn'],
  [/^us-gov-/, 'console.amazonaws-us-gov.com'],
];

/** Where the console of AWS shows a bucket, as it writes its own addresses (AWS does not document them); null for what has no such address. */
export function consoleLink(type: string, region: string, name: string): string | null {
  if (type !== 'AWS::S3::Bucket' || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return null;
  const domain =
    DOMAINS.find(([start]) => start.test(region))?.[1] ?? `${region}.console.aws.amazon.com`;
  return `https://${domain}/s3/buckets/${encodeURIComponent(name)}?region=${region}&tab=permissions`;
}
