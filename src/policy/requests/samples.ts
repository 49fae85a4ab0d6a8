import { arnParts, isAccountId } from '../language/arns.ts';
import type { Statement } from '../language/document.ts';
import { hasWildcard } from '../language/glob.ts';
import type { Caller } from './callers.ts';
import { entityKey } from './callers.ts';
import { holds } from './keys.ts';
import type { Value } from './values.ts';
import type { Bucket, World, Worlds } from './worlds.ts';

interface Found {
  readonly allow: Statement;
  readonly caller: Caller;
  readonly world: World;
  readonly worlds: Worlds;
  readonly bucket: Bucket;
}

/** A name that the policy does not mention. */
function unmentioned(names: ReadonlySet<string>, make: (n: number) => string): string {
  let n = 0;
  while (names.has(make(n))) n++;
  return make(n);
}

const fill = (glob: string, star: string): string =>
  glob.replaceAll('*', star).replaceAll('?', '0');

/** The ARNs that the key may have begin so, before a name. */
function arnBefore(key: string, account: string): string {
  if (key === 'aws:sourcearn') return `arn:aws:service:region:${account}:`;
  if (key === 's3:dataaccesspointarn') return `arn:aws:s3:region:${account}:accesspoint/`;
  return `arn:aws:iam::${account}:role/`;
}

function arnTries(key: string, account: string, want: string): string[] {
  const parts = arnParts(want);
  const own = parts?.map((part, index) => (index === 4 && hasWildcard(part) ? account : part));
  // Under StringLike the star reaches into the path of a role or the name of a resource, where colons are allowed.
  const crossing = `${arnBefore(key, account)}${fill(want.slice(want.indexOf('*') + 1), 'x')}`;
  const aws = (text: string): string => fill(text.replace(/^arn:\*:/, 'arn:aws:'), 'x');
  return [...(own === undefined ? [] : [aws(own.join(':'))]), crossing];
}

/** Texts to try for a value that stands for many; the first is taken when none is sure to pass. */
function tries(key: string, value: Value, wants: readonly string[], { worlds }: Found): string[] {
  const { accounts, organizations } = worlds.vocabulary;
  const stranger = unmentioned(accounts, (n) => String(999988887777 - n));
  const organization = unmentioned(organizations, (n) => `o-stranger${String(n).padStart(2, '0')}`);
  switch (value.kind) {
    case 'absent':
      return [];
    case 'text':
      return [value.text];
    case 'serviceNames':
      return [value.service ?? 'another-service.amazonaws.com'];
    case 'userId':
      return ['AROASTRANGER00000000:session', ...wants.map((want) => fill(want, 'x'))];
    case 'path': {
      const ids = wants.map((want) => fill(want.split('/')[0] ?? '', organization.slice(2)));
      const names = [organization, ...ids.filter((id) => !organizations.has(id))];
      const known = value.organization;
      return (known === null ? names : [known]).flatMap((name) => [
        `${name}/r-0000/ou-0000-00000000/`,
        ...wants.flatMap((want) => {
          const inside = want.slice(want.indexOf('/') + 1);
          return want.includes('/') ? [`${name}/${fill(inside, '')}`] : [];
        }),
      ]);
    }
    case 'arn': {
      const account = value.account ?? stranger;
      // Only the ARN of a bucket has no account.
      const first =
        account === '' ? 'arn:aws:s3:::strange-bucket' : `${arnBefore(key, account)}stranger`;
      return [first, ...wants.flatMap((want) => arnTries(key, account, want))];
    }
    case 'fresh':
    case 'any': {
      if (/^aws:(?:principal|source)account$|^s3:dataaccesspointaccount$/.test(key)) {
        const ids = wants.map((want) => fill(want, '0'.repeat(Math.max(0, 13 - want.length))));
        return [stranger, ...ids.filter((id) => isAccountId(id) && !accounts.has(id))];
      }
      if (/orgid$/.test(key)) {
        const ids = wants.filter(hasWildcard).map((want) => fill(want, organization.slice(2)));
        return [organization, ...ids.filter((id) => !organizations.has(id))];
      }
      return key === 'aws:sourceip'
        ? [...wants.map((want) => want.replace(/\/\d+$/, '')), '198.51.100.1', '192.0.2.1']
        : ['another-value', ...wants.map((want) => fill(want, ''))];
    }
  }
}

/**
 * Values with which the witness passes: for the keys of its conditions, those that were distinguished,
 * and the account or service that calls. Where a value stands for many, an example of them.
 */
export function sampleKeys(found: Found): Readonly<Record<string, string>> {
  const { allow, caller, world, worlds, bucket } = found;
  const names = new Map<string, string>();
  if (caller.kind === 'account') names.set('aws:principalaccount', 'aws:PrincipalAccount');
  if (caller.kind === 'service') names.set('aws:principalservicename', 'aws:PrincipalServiceName');
  for (const option of world.values()) {
    for (const key of option.keys()) {
      const written = worlds.vocabulary.conditions.get(key)?.[0]?.written.key;
      if (key !== entityKey && written !== undefined) names.set(key, written);
    }
  }
  for (const { key, written } of allow.conditions) if (key !== '') names.set(key, written.key);
  const entries = [...names].flatMap(([key, written]): [string, string][] => {
    const value = worlds.example(key, caller, world);
    const conditions = allow.conditions.filter((condition) => condition.key === key);
    const wants = conditions.flatMap(({ values }) => values).filter((want) => want !== null);
    const texts = tries(key, value, wants, found);
    const passes = (text: string): boolean =>
      conditions.every(
        (condition) => holds(condition, { kind: 'text', text }, bucket.account) === 1,
      );
    const text = texts.find(passes) ?? texts[0];
    return text === undefined ? [] : [[written, text]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
