import { isAccountId } from '../language/arns.ts';
import { cached } from '../language/cache.ts';
import { literalPrefix } from '../language/glob.ts';
import { isTrustedUser, type Trust } from './trust.ts';
import type { Value } from './values.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One way some keys of a request may be, together; a key that is not named is absent. */
export type Option = ReadonlyMap<string, Value>;
/** Ways that exclude each other and leave nothing out. */
export type Dimension = readonly Option[];

/** A class of callers. `id` is the account or service, null for one that is not written out. */
export interface Caller {
  readonly kind: 'anonymous' | 'account' | 'service';
  readonly id: string | null;
  readonly dimensions: ReadonlyMap<string, Dimension>;
}

/** Which user or role of the account calls, to compare with principals; no policy can name it. */
export const entityKey = '#ENTITY';

const text = (value: string): Value => ({ kind: 'text', text: value });
const fresh: Value = { kind: 'fresh' };
const none: Option = new Map();
function callerOf(kind: Caller['kind'], id: string | null, parts: readonly Dimension[]): Caller {
  const dimensions = new Map<string, Dimension>();
  for (const dimension of parts) {
    for (const option of dimension) for (const key of option.keys()) dimensions.set(key, dimension);
  }
  return { kind, id, dimensions };
}

/** Membership of an organization (null: one that is not written out) as seen through an id and a path. */
export function memberOf(
  organization: string | null,
  outside: readonly string[] = [],
  names: readonly [string, string] = ['aws:principalorgid', 'aws:principalorgpaths'],
): Option {
  return new Map<string, Value>([
    [names[0], organization === null ? { kind: 'fresh', like: 'o-*' } : text(organization)],
    [names[1], { kind: 'path', organization, outside }],
  ]);
}

// A session is asked for by the ARN of its role, whose path is missing from the ARN of the session.
export function entityOf(arn: string, account: string | null): Option {
  const session = arn.includes(':assumed-role/');
  return new Map<string, Value>([
    [entityKey, text(arn)],
    ['aws:principalarn', session ? { kind: 'arn', account, fresh: false } : text(arn)],
  ]);
}

/** The users and roles of an account: those written out, and any other (null). */
export function entitiesOf(
  account: string | null,
  { entities }: Vocabulary,
  wanted: (arn: string | null) => boolean = () => true,
): Dimension {
  const other: Option = new Map<string, Value>([
    [entityKey, fresh],
    ['aws:principalarn', { kind: 'arn', account, fresh: true }],
  ]);
  const known: readonly (string | null)[] = [null, ...(entities.get(account ?? '') ?? [])];
  return known.filter(wanted).map((arn) => (arn === null ? other : entityOf(arn, account)));
}

export function accountCaller(
  id: string | null,
  organizations: Dimension,
  entities: Dimension,
): Caller {
  const itself: Option = new Map<string, Value>([
    ['aws:principalaccount', id === null ? fresh : text(id)],
    ['aws:userid', { kind: 'userId', account: id }],
    ['aws:principalisawsservice', text('false')],
  ]);
  return callerOf('account', id, [[itself], organizations, entities]);
}

const anonymous = callerOf('anonymous', null, [
  [new Map([['aws:principalaccount', text('anonymous')]])],
  [none, new Map([['aws:userid', text('anonymous')]])],
  [new Map([['aws:principaltype', text('Anonymous')]])],
]);

/** The same dimension for all callers, so that what is judged of it is judged once. */
function once(make: (all: boolean) => Dimension): (all: boolean) => Dimension {
  const made = new Map<boolean, Dimension>();
  return (all) => cached(made, all, () => make(all));
}

/** The classes of some callers, made when they are asked for; empty for who is not among them. */
export interface Callers {
  readonly anonymous: readonly Caller[];
  readonly accounts: readonly (string | null)[];
  /** Members of the account; with `only`, this user or role. */
  readonly account: (id: string | null, only?: string) => readonly Caller[];
  readonly services: readonly (string | null)[];
  readonly service: (id: string | null) => readonly Caller[];
  /** Who a canonical user or origin access identity may be: its text does not show the account. */
  readonly user: (text: string) => readonly Caller[];
}

/**
 * The untrusted callers; with a null trust, all callers. Trusted accounts, organizations and paths are
 * left out of the classes, so whatever remains is a finding.
 */
export function untrustedCallers(
  vocabulary: Vocabulary,
  owner: string,
  trust: Trust | null,
): Callers {
  const trusted = new Set(trust === null ? [] : [owner, ...trust.accounts]);
  const trustedOrganizations = new Set(trust?.organizations.map((id) => id.toLowerCase()));
  // `o-exampleorg*` would also trust organizations that only begin like it.
  const outside = (trust?.organizationPaths ?? []).filter((path) =>
    literalPrefix(path).includes('/'),
  );
  const isTrusted = (org: string | null) => trustedOrganizations.has(org?.toLowerCase() ?? '');
  const known: readonly (string | null)[] = [null, ...vocabulary.organizations];
  const organizations: Dimension = [
    none,
    ...known.filter((org) => !isTrusted(org)).map((org) => memberOf(org, outside)),
  ];
  const accounts = [
    null,
    ...[...vocabulary.accounts].filter((id) => isAccountId(id) && !trusted.has(id)),
  ];

  // Services set the source keys as they see fit, so each may be there or not.
  const bare: [string, Value] = ['aws:sourcearn', { kind: 'arn', account: '', fresh: false }];
  const sources = once(
    (all): Dimension => [
      none,
      ...(all ? [null, ...vocabulary.accounts] : accounts).flatMap((id): Option[] => {
        const name: [string, Value] = ['aws:sourceaccount', id === null ? fresh : text(id)];
        const own: [string, Value] = ['aws:sourcearn', { kind: 'arn', account: id, fresh: false }];
        return [[name], [name, own], [name, bare], [own]].map((keys) => new Map(keys));
      }),
      new Map([bare]),
    ],
  );
  const sourceOrganizations = once(
    (all): Dimension => [
      none,
      ...known
        .filter((org) => all || !isTrusted(org))
        .flatMap((org): Option[] => {
          const names = ['aws:sourceorgid', 'aws:sourceorgpaths'] as const;
          const both = memberOf(org, all ? [] : outside, names);
          return [both, ...[...both].map((one): Option => new Map([one]))];
        }),
    ],
  );
  const serviceCaller = (id: string | null): Caller => {
    const all = id === null || trust === null || !trust.services.includes(id);
    const named = (name: Value): Option =>
      new Map<string, Value>([
        ['aws:principalisawsservice', text('true')],
        ['aws:principalservicename', name],
        ['aws:principalservicenameslist', { kind: 'serviceNames', service: id }],
      ]);
    // The list also holds the names under which the service calls in other Regions.
    const isListed = vocabulary.conditions.has('aws:principalservicenameslist');
    return callerOf('service', id, [
      id === null ? [named(fresh)] : [named(text(id)), ...(isListed ? [named(fresh)] : [])],
      [none, new Map([['aws:userid', fresh]])],
      [none, new Map([['aws:principalaccount', fresh]])],
      [none, new Map([['aws:principalarn', { kind: 'arn', account: null, fresh: true }]])],
      sources(all),
      sourceOrganizations(all),
    ]);
  };

  const made = new Map<string, readonly Caller[]>();
  const isAccount = new Set(accounts);
  const account: Callers['account'] = (id, only) =>
    !isAccount.has(id)
      ? []
      : cached(made, `${id} ${only}`, () => {
          const entities = only === undefined ? entitiesOf(id, vocabulary) : [entityOf(only, id)];
          return [accountCaller(id, organizations, entities)];
        });
  const everyAccount = () => accounts.flatMap((id) => account(id));
  const services = [null, ...vocabulary.services].filter(
    (id) =>
      id === null || trust === null || trust.requireSourceGuard || !trust.services.includes(id),
  );
  return {
    anonymous: [anonymous],
    accounts,
    account,
    services,
    service: (id) =>
      cached(made, `service ${id}`, () => (services.includes(id) ? [serviceCaller(id)] : [])),
    user: (name) => (isTrustedUser(name, trust) ? [] : cached(made, 'user', everyAccount)),
  };
}
