import { accountOf, isAccountId } from '../language/arns.ts';
import type { Condition } from '../language/conditions.ts';
import type { Policy, Statement } from '../language/document.ts';
import { hasWildcard, literalPrefix } from '../language/glob.ts';
import { listKeys, valuesOf } from './keys.ts';
import type { Trust } from './trust.ts';
import type { Value } from './values.ts';

/** The names that a policy and the trust write out: every other name behaves like any fresh one. */
export interface Vocabulary {
  readonly accounts: ReadonlySet<string>;
  readonly organizations: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** ARNs of users, roles and sessions by their account. */
  readonly entities: ReadonlyMap<string, ReadonlySet<string>>;
  readonly conditions: ReadonlyMap<string, readonly Condition[]>;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

export function vocabularyOf(policy: Policy, owner: string, trust: Trust | null): Vocabulary {
  const accounts = new Set([owner, ...(trust?.accounts ?? [])]);
  const paths = trust?.organizationPaths.map((path) => path.split('/')[0] ?? '') ?? [];
  const organizations = new Set([
    ...(trust?.organizations ?? []),
    ...paths.filter((id) => !hasWildcard(id)),
  ]);
  const services = new Set(trust?.services);
  const entities = new Map<string, Set<string>>();
  const conditions = new Map<string, Condition[]>();

  const addEntity = (account: string, arn: string): void => {
    accounts.add(account);
    const known = entities.get(account);
    if (known) known.add(arn);
    else entities.set(account, new Set([arn]));
  };
  const addValue = (key: string, value: string): void => {
    if (isAccountId(value)) accounts.add(value);
    const account = accountOf(literalPrefix(value)) ?? accountOf(value);
    if (account !== null) accounts.add(account);
    if (account !== null && key === 'aws:principalarn' && !hasWildcard(value))
      addEntity(account, value);
    if (/^aws:(?:principal|source)org(?:id|paths)$/.test(key)) {
      const organization = value.split('/')[0] ?? '';
      if (!hasWildcard(organization)) organizations.add(organization);
    }
    if (/^aws:principalservicename(?:slist)?$/.test(key) && !hasWildcard(value))
      services.add(value);
  };

  for (const { principal } of trust?.grants ?? []) {
    const account = accountOf(principal);
    if (account !== null) addEntity(account, principal);
    else if (/^o-/.test(principal)) organizations.add(principal);
    else if (isAccountId(principal)) accounts.add(principal);
  }
  for (const statement of policy.statements) {
    for (const principal of statement.principals.entries) {
      if ('account' in principal && principal.account !== null) accounts.add(principal.account);
      if (principal.kind === 'entity') addEntity(principal.account, principal.text);
      if (principal.kind === 'service') services.add(principal.service);
    }
    for (const condition of statement.conditions) {
      append(conditions, condition.key, condition);
      // "true" and "false" of Null are no names.
      if (condition.operator?.test === 'null') continue;
      for (const value of valuesOf(condition, owner))
        if (value !== null) addValue(condition.key, value);
    }
  }
  return { accounts, organizations, services, entities, conditions };
}

const absent: Value = { kind: 'absent' };
const booleans: readonly Value[] = [
  { kind: 'text', text: 'false' },
  { kind: 'text', text: 'true' },
];
const unknown: readonly Value[] = [absent, { kind: 'any' }];

/** Keys that always hold a number. */
const numberKeys: ReadonlySet<string> = new Set([
  's3:signatureage',
  's3:tlsversion',
  's3:max-keys',
  's3:object-lock-remaining-retention-days',
]);

/** Each number written out, one below and above all of them, and one between neighbours. */
function numbersAround(written: ReadonlySet<string>): readonly string[] | null {
  if (![...written].every((text) => /^\d{1,12}(?:\.\d{1,3})?$/.test(text))) return null;
  const known = [...new Set([...written].map(Number))].sort((a, b) => a - b);
  const next = (n: number, index: number): number => (n + (known[index + 1] ?? n + 2)) / 2;
  return [(known[0] ?? 0) - 1, ...known.flatMap((n, index) => [n, next(n, index)])].map(String);
}

// Enough for every policy met so far; a key with more literals is not split, hence maybe.
const maximumLiterals = 32;

/**
 * The values to distinguish for a key that says nothing about the caller: absent, each text that a
 * condition compares it with, and any other. Every real request falls under one of them.
 */
export function valuesOfKey(key: string, vocabulary: Vocabulary, owner: string): readonly Value[] {
  if (key === 'aws:securetransport') return booleans;
  if (key === 'aws:resourceaccount' || key === 's3:resourceaccount')
    return [{ kind: 'text', text: owner }];
  // For a list one text is not the whole value: keys of other providers, or with a set operator.
  if (listKeys.has(key) || !/^(?:aws|s3):/.test(key)) return unknown;
  const texts = new Set<string>();
  let isNumber = numberKeys.has(key);
  for (const condition of vocabulary.conditions.get(key) ?? []) {
    const { operator } = condition;
    const test = operator?.test ?? 'opaque';
    if (operator !== null && operator.set !== 'none') return unknown;
    if (test === 'equalsIgnoreCase' || test === 'address') return unknown;
    // Between two numbers all others are alike, but only as numbers.
    if (!/^(?:[<>]=?|==|null)$/.test(test)) isNumber = false;
    if (test === 'bool') for (const word of ['false', 'true']) texts.add(word);
    else if (test !== 'null' && test !== 'opaque') {
      for (const value of valuesOf(condition, owner)) {
        if (value !== null && (test === 'equals' || !hasWildcard(value))) texts.add(value);
      }
    }
  }
  if (texts.size > maximumLiterals) return unknown;
  const numbers = isNumber ? numbersAround(texts) : null;
  if (numbers !== null) return [absent, ...numbers.map((text): Value => ({ kind: 'text', text }))];
  return [absent, ...[...texts].map((text): Value => ({ kind: 'text', text })), { kind: 'fresh' }];
}

/** True for a statement whose Deny can be relied on at all. */
export function isDenial(statement: Statement): boolean {
  return statement.effect === 'Deny' && statement.understood;
}
