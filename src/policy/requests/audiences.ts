import { accountOf, isAccountId } from '../language/arns.ts';
import { cached } from '../language/cache.ts';
import type { Request } from '../language/coverage.ts';
import { covers, literalPrefix, mayIntersect } from '../language/glob.ts';
import type { Caller, Callers, Dimension } from './callers.ts';
import { accountCaller, entitiesOf, entityOf, memberOf } from './callers.ts';
import { type Grant, isTrustedUser, type Trust } from './trust.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Some callers, and what they must not have. */
export interface Audience {
  readonly reason: 'untrusted' | 'forbiddenAction' | 'beyondGrant';
  readonly callers: Callers;
  /** The part of the request that is too much for them; null when it is approved. */
  readonly excess: (request: Request) => Request | null;
}

/** Someone of an account and an organization that are not written out, if of any. */
export const strangerOf = (vocabulary: Vocabulary): Caller =>
  accountCaller(null, [new Map(), memberOf(null)], entitiesOf(null, vocabulary));

/** Any membership at all, and none. */
function anyMembership({ organizations }: Vocabulary): Dimension {
  return [new Map(), memberOf(null), ...[...organizations].map((id) => memberOf(id))];
}

interface Members {
  readonly accounts: readonly (string | null)[];
  readonly organizations: Dimension;
  /** Which users and roles; null for any that is not written out. */
  readonly wanted: (arn: string | null) => boolean;
  readonly user: (text: string) => boolean;
}

function callersOf(vocabulary: Vocabulary, members: Members): Callers {
  const made = new Map<string, readonly Caller[]>();
  const accounts = new Set(members.accounts);
  const build = (id: string | null, only?: string): readonly Caller[] => {
    if (only !== undefined && !members.wanted(only)) return [];
    const entities =
      only === undefined ? entitiesOf(id, vocabulary, members.wanted) : [entityOf(only, id)];
    return entities.length === 0 ? [] : [accountCaller(id, members.organizations, entities)];
  };
  return {
    anonymous: [],
    accounts: members.accounts,
    account: (id, only) =>
      accounts.has(id) ? cached(made, `${id} ${only}`, () => build(id, only)) : [],
    services: [],
    service: () => [],
    // The text of a user does not show its account, so any member of these accounts may be meant.
    user: (text) =>
      members.user(text)
        ? cached(made, 'user of any account', () =>
            [null, ...vocabulary.accounts].map((id) =>
              accountCaller(id, anyMembership(vocabulary), entitiesOf(id, vocabulary)),
            ),
          )
        : cached(made, 'user', () => members.accounts.flatMap((id) => build(id))),
  };
}

function limit(request: Request, tooMuch: (action: string) => boolean): Request | null {
  const actions = request.actions.filter((action) => tooMuch(action.toLowerCase()));
  return actions.length === 0 ? null : { ...request, actions };
}

/** Prefixes are for objects; what may be done to the bucket depends only on the actions. */
function approves({ actions, prefixes }: Grant, action: string, keys: string | null): boolean {
  return (
    (actions === undefined || actions.some((glob) => covers(glob.toLowerCase(), action))) &&
    (prefixes === undefined ||
      keys === null ||
      prefixes.some((prefix) => literalPrefix(keys).startsWith(prefix)))
  );
}

/** Is it this user or role, or a session of this role? */
function isNamed(principal: string, arn: string): boolean {
  const name = principal.slice(principal.lastIndexOf('/') + 1);
  const session = `:sts::${accountOf(principal)}:assumed-role/${name}/`;
  return arn === principal || (principal.includes(':role/') && arn.includes(session));
}

/**
 * The callers that trust covers only in part. Of several grants the closest to the caller counts: to
 * the user or role, else to the account, else, for an account that is not trusted by itself, to its
 * organization. Grants to the same grantee add up. The owner's account is never limited.
 */
export function limitedAudiences(
  vocabulary: Vocabulary,
  owner: string,
  trust: Trust,
): readonly Audience[] {
  const audiences: Audience[] = [];
  const add = (
    reason: Audience['reason'],
    members: Partial<Members>,
    excess: Audience['excess'],
  ): void => {
    const callers = callersOf(vocabulary, {
      accounts: [],
      organizations: anyMembership(vocabulary),
      wanted: () => true,
      user: () => false,
      ...members,
    });
    audiences.push({ reason, callers, excess });
  };
  const approved = new Set([owner, ...trust.accounts]);
  const others = [null, ...[...vocabulary.accounts].filter((id) => !approved.has(id))];

  const forbidden = (trust.forbiddenActions ?? []).map((glob) => glob.toLowerCase());
  if (forbidden.length > 0) {
    const excess: Audience['excess'] = (request) =>
      limit(request, (action) => forbidden.some((glob) => mayIntersect(glob, action)));
    const accounts = trust.accounts.filter((id) => id !== owner);
    add('forbiddenAction', { accounts, user: (text) => isTrustedUser(text, trust) }, excess);
    const paths = trust.organizationPaths.map((path) => path.split('/')[0] ?? '');
    const organizations = [...trust.organizations, ...paths].map((id) => memberOf(id));
    if (organizations.length > 0)
      add('forbiddenAction', { accounts: others, organizations }, excess);
  }

  const grants = new Map<string, Grant[]>();
  for (const grant of trust.grants ?? []) cached(grants, grant.principal, () => []).push(grant);
  const arns = [...grants.keys()].filter((principal) => principal.startsWith('arn:'));
  const unnamed = (arn: string | null) =>
    arn === null || !arns.some((principal) => isNamed(principal, arn));
  for (const [principal, entries] of grants) {
    const account = isAccountId(principal) ? principal : accountOf(principal);
    if (account === owner) continue;
    const excess: Audience['excess'] = (request) =>
      limit(request, (action) => !entries.some((one) => approves(one, action, request.keys)));
    if (isAccountId(principal)) {
      add('beyondGrant', { accounts: [principal], wanted: unnamed }, excess);
    } else if (arns.includes(principal)) {
      const wanted = (arn: string | null) => arn !== null && isNamed(principal, arn);
      const user = (text: string) => text === principal;
      add('beyondGrant', { accounts: account === null ? [] : [account], wanted, user }, excess);
    } else {
      const accounts = others.filter((id) => id === null || !grants.has(id));
      const organizations = [memberOf(principal)];
      add('beyondGrant', { accounts, organizations, wanted: unnamed }, excess);
    }
  }
  return audiences;
}
