import type { Caller } from './callers.ts';
import { entityKey } from './callers.ts';
import type { Condition } from './conditions.ts';
import type { Statement } from './document.ts';
import { compare, type Value } from './values.ts';
import type { World, Worlds } from './worlds.ts';

interface Found {
  readonly allow: Statement;
  readonly caller: Caller;
  readonly world: World;
  readonly worlds: Worlds;
}

/** An account id, or name, that the policy does not mention. */
function unmentioned(
  names: ReadonlySet<string>,
  wanted: string,
  next: (n: number) => string,
): string {
  if (!names.has(wanted)) return wanted;
  let n = 0;
  while (names.has(next(n))) n++;
  return next(n);
}

// The shortest text that a pattern matches, to try as an attacker would.
function instance(pattern: string): string {
  return pattern
    .replaceAll('*', '')
    .replaceAll('?', '0')
    .replace(/\/\d+$/, '');
}

function sample(
  key: string,
  value: Value | null,
  conditions: readonly Condition[],
  found: Found,
): string | null {
  const { accounts, organizations } = found.worlds.vocabulary;
  const stranger = unmentioned(accounts, '999988887777', (n) => String(900000000000 + n));
  const guess = conditions.flatMap(({ values }) => values).find((want) => want !== null);
  switch (value?.kind) {
    case undefined:
    case 'absent':
      return null;
    case 'text':
      return value.text;
    case 'userId':
      return 'AROAUNTRUSTED0000000:session';
    case 'path': {
      const organization = value.organization ?? 'o-untrusted0';
      return `${organization}/r-0000/ou-0000-00000000/`;
    }
    case 'arn':
      if (key === 'aws:sourcearn') {
        return value.account === ''
          ? 'arn:aws:s3:::untrusted'
          : `arn:aws:service:region:${value.account ?? stranger}:resource`;
      }
      return `arn:aws:iam::${value.account ?? stranger}:role/Untrusted`;
    case 'any':
      return guess === undefined || guess === null ? 'anything' : instance(guess);
    case 'fresh': {
      const candidates = [
        ...conditions
          .flatMap(({ values }) => values)
          .flatMap((want) => (want === null ? [] : [instance(want)])),
      ];
      const matching = candidates.find((text) =>
        conditions.some(
          ({ operator, values }) =>
            operator !== null &&
            !operator.negated &&
            values.some(
              (want) =>
                want !== null &&
                want !== text &&
                compare({ kind: 'text', text }, want, operator.test) === 1,
            ),
        ),
      );
      if (key.endsWith('account'))
        return matching !== undefined && /^\d{12}$/.test(matching) ? matching : stranger;
      if (key.endsWith('orgid'))
        return matching ?? unmentioned(organizations, 'o-untrusted0', (n) => `o-untrusted${n}`);
      return matching ?? 'other';
    }
  }
}

/**
 * Values with which the witness passes: the keys of its conditions, those that were told apart, and
 * the account or service that calls. Exact where the class of callers is one text, else an example.
 */
export function sampleKeys(found: Found): Readonly<Record<string, string>> {
  const { allow, caller, world, worlds } = found;
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
    const conditions = allow.conditions.filter((condition) => condition.key === key);
    const text = sample(key, worlds.value(key, caller, world), conditions, found);
    return text === null ? [] : [[written, text]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
