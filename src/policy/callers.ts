import { isAccountId } from './arns.ts';
import { literalPrefix } from './glob.ts';
import type { Trust } from './trust.ts';
import type { Value } from './values.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One way some keys of a request may be, together; a key that is not named is absent. */
export type Option = ReadonlyMap<string, Value>;
/** Ways that exclude each other and leave nothing out. */
export type Dimension = readonly Option[];

/** A class of callers. `id` is the account or service, null for one that nobody wrote down. */
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

/**
 * Builds the classes of untrusted callers; with a null trust, of all callers. Trusted accounts,
 * organizations and paths are left out of the classes, so whatever remains is a finding.
 */
export function callerClasses(vocabulary: Vocabulary, owner: string, trust: Trust | null) {
  const trusted = new Set(trust === null ? [] : [owner, ...trust.accounts]);
  const trustedOrganizations = new Set(trust?.organizations.map((id) => id.toLowerCase()));
  // `o-exampleorg*` would also trust organizations that only begin like it.
  const outside = (trust?.organizationPaths ?? []).filter((path) =>
    literalPrefix(path).includes('/'),
  );
  const accounts = [
    null,
    ...[...vocabulary.accounts].filter((id) => isAccountId(id) && !trusted.has(id)),
  ];

  // Membership as seen through two keys; `apart` when a service may set only one of them.
  const membership = (id: string, paths: string, all: boolean, apart: boolean): Dimension => [
    none,
    ...[null, ...vocabulary.organizations]
      .filter((org) => all || org === null || !trustedOrganizations.has(org.toLowerCase()))
      .flatMap((org): Option[] => {
        const name: [string, Value] = [id, org === null ? fresh : text(org)];
        const place: [string, Value] = [
          paths,
          { kind: 'path', organization: org, outside: all ? [] : outside },
        ];
        return [new Map([name, place]), ...(apart ? [new Map([name]), new Map([place])] : [])];
      }),
  ];
  const organizations = membership(
    'aws:principalorgid',
    'aws:principalorgpaths',
    trust === null,
    false,
  );

  const entities = (account: string | null): Dimension => [
    new Map<string, Value>([
      [entityKey, fresh],
      ['aws:principalarn', { kind: 'arn', account, fresh: true }],
    ]),
    ...[...(vocabulary.entities.get(account ?? '') ?? [])].map((arn) => entity(arn, account)),
  ];
  // A session is asked for by the ARN of its role, whose path the ARN of the session does not tell.
  const entity = (arn: string, account: string | null): Option =>
    new Map<string, Value>([
      [entityKey, text(arn)],
      [
        'aws:principalarn',
        arn.includes(':assumed-role/') ? { kind: 'arn', account, fresh: false } : text(arn),
      ],
    ]);

  const anonymous = callerOf('anonymous', null, [
    [new Map([['aws:principalaccount', text('anonymous')]])],
    [none, new Map([['aws:userid', text('anonymous')]])],
    [new Map([['aws:principaltype', text('Anonymous')]])],
  ]);

  const account = (id: string | null, only: string | null = null): Caller =>
    callerOf('account', id, [
      [
        new Map<string, Value>([
          ['aws:principalaccount', id === null ? fresh : text(id)],
          ['aws:userid', { kind: 'userId', account: id }],
          ['aws:principalisawsservice', text('false')],
        ]),
      ],
      organizations,
      only === null ? entities(id) : [entity(only, id)],
    ]);

  // Services set the source keys as they see fit, so each may be there or not.
  const sources = (all: boolean): Dimension => [
    none,
    ...(all ? [null, ...vocabulary.accounts] : accounts).flatMap((id): Option[] => {
      const name: [string, Value] = ['aws:sourceaccount', id === null ? fresh : text(id)];
      const own: [string, Value] = ['aws:sourcearn', { kind: 'arn', account: id, fresh: false }];
      const bare: [string, Value] = ['aws:sourcearn', { kind: 'arn', account: '', fresh: false }];
      return [[name], [name, own], [name, bare], [own], [bare]].map((keys) => new Map(keys));
    }),
  ];

  const service = (id: string | null): Caller => {
    const all = id === null || trust === null || !trust.services.includes(id);
    const name = id === null ? fresh : text(id);
    return callerOf('service', id, [
      [
        new Map<string, Value>([
          ['aws:principalisawsservice', text('true')],
          ['aws:principalservicename', name],
          ['aws:principalservicenameslist', { kind: 'any' }],
        ]),
      ],
      [none, new Map([['aws:userid', fresh]])],
      [none, new Map([['aws:principalaccount', fresh]])],
      [none, new Map([['aws:principalarn', { kind: 'arn', account: null, fresh: true }]])],
      sources(all),
      membership('aws:sourceorgid', 'aws:sourceorgpaths', all, true),
    ]);
  };

  const services = [null, ...vocabulary.services].filter(
    (id) =>
      id === null || trust === null || trust.requireSourceGuard || !trust.services.includes(id),
  );
  return { anonymous, accounts, account, services, service };
}

export type CallerClasses = ReturnType<typeof callerClasses>;
