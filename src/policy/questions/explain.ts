import type { Condition } from '../language/conditions.ts';
import { describeCondition } from '../language/conditions.ts';
import type { Request } from '../language/coverage.ts';
import type { Statement } from '../language/document.ts';
import type { Principal } from '../language/principals.ts';
import { resourceOf } from '../reach/places.ts';
import type { Audience } from '../requests/audiences.ts';
import type { Caller } from '../requests/callers.ts';
import { entityKey } from '../requests/callers.ts';
import { delegationKeys, identityKeys, networkKeys } from '../requests/keys.ts';
import { sampleKeys } from '../requests/samples.ts';
import type { Trust } from '../requests/trust.ts';
import { arnIn, type Bucket, type World, type Worlds } from '../requests/worlds.ts';

/** Why a statement is not scoped; stable, for messages and tests. */
export type Reason =
  | 'anonymous'
  | 'anyAccount'
  | 'foreignAccount'
  | 'foreignOrganization'
  | 'network'
  | 'delegated'
  | 'notPrincipal'
  | 'serviceUnguarded'
  | 'untrustedService'
  | 'federated'
  | 'canonicalUser'
  | 'originAccessIdentity'
  | 'unresolved'
  | 'forbiddenAction'
  | 'beyondGrant';

/** One request that an untrusted caller may make, and the statement that lets it in. */
export interface Witness {
  /** Index of the statement, from 0. */
  readonly statement: number;
  /** The statement for people: `"ReadAll"` by its Sid, else `#2`, counted from 1. */
  readonly sid: string;
  readonly caller: string;
  /** The principal as written. */
  readonly principal: string;
  readonly action: string;
  /** An ARN; wildcards stand for the objects concerned. */
  readonly resource: string;
  /** Values of condition keys with which the request passes. */
  readonly keys: Readonly<Record<string, string>>;
  /** The condition that should keep the caller out and does not, as written. */
  readonly condition: string | null;
  readonly reason: Reason;
  readonly fix: string;
}

export interface Finding {
  readonly allow: Statement;
  readonly principal: Principal;
  readonly caller: Caller;
  readonly request: Request;
  readonly world: World;
  readonly worlds: Worlds;
  readonly bucket: Bucket;
  readonly trust: Trust;
  readonly audience: Audience['reason'];
}

/** `"ReadAll"` by the Sid, else `#2`, counted from 1. */
export function labelOf({ sid, index }: Pick<Statement, 'sid' | 'index'>): string {
  return sid === null ? `#${index + 1}` : `"${sid}"`;
}

const fixes: Readonly<Record<Reason, string>> = {
  anonymous:
    'name the trusted accounts in Principal, or require aws:PrincipalOrgID with StringEquals',
  anyAccount:
    'require aws:PrincipalOrgID or aws:PrincipalAccount with StringEquals and trusted values',
  foreignAccount: 'remove the account, or add it to the trusted accounts',
  foreignOrganization: 'remove the organization, or add it to the trusted organizations',
  network: 'also require aws:PrincipalOrgID or aws:PrincipalAccount: a network is not an identity',
  delegated:
    'also require aws:PrincipalOrgID: the policy of each access point decides who gets access',
  notPrincipal: 'replace NotPrincipal with a Principal that names the trusted accounts',
  serviceUnguarded:
    'require aws:SourceAccount or aws:SourceOrgID with StringEquals and a trusted value',
  untrustedService: 'remove the service, or add it to the trusted services',
  federated: 'grant a role of a trusted account instead of the identity provider',
  canonicalUser: 'name the account id, or add the canonical user id to the trusted ones',
  originAccessIdentity: 'use origin access control, or add the identity to the trusted ones',
  forbiddenAction: 'remove the action: no other account may have it',
  beyondGrant: 'narrow the actions and resources to what is approved for the grantee',
  unresolved: 'write the principal as an account id, an ARN or a service principal',
};

function callerReason({ caller, world, worlds, trust }: Finding): Reason {
  if (caller.kind === 'anonymous') return 'anonymous';
  if (caller.kind === 'service') {
    return trust.services.includes(caller.id ?? '') ? 'serviceUnguarded' : 'untrustedService';
  }
  if (caller.id !== null) return 'foreignAccount';
  const organization = worlds.value('aws:principalorgid', caller, world);
  return organization?.kind === 'text' ? 'foreignOrganization' : 'anyAccount';
}

function reasonOf(finding: Finding): Reason {
  const { allow, principal, caller, audience } = finding;
  if (audience !== 'untrusted') return audience;
  if (allow.principals.not) return 'notPrincipal';
  switch (principal.kind) {
    case 'canonicalUser':
    case 'originAccessIdentity':
    case 'federated':
    case 'unresolved':
      return principal.kind;
    default:
      break;
  }
  const limiting = allow.conditions.filter(
    ({ operator }) => operator !== null && !operator.negated,
  );
  if (caller.kind !== 'service') {
    if (limiting.some(({ key }) => delegationKeys.has(key))) return 'delegated';
    if (limiting.some(({ key }) => networkKeys.has(key))) return 'network';
  }
  return callerReason(finding);
}

/** Does the service act for someone approved, so that only the service itself is not? */
function actsForTrusted({ caller, world, worlds, bucket, trust }: Finding): boolean {
  const accountOf = (key: string) => {
    const value = worlds.value(key, caller, world);
    if (value?.kind === 'arn') return value.account;
    return value?.kind === 'text' ? value.text : null;
  };
  const accounts = [bucket.account, ...trust.accounts];
  const sources = [accountOf('aws:sourceaccount'), accountOf('aws:sourcearn')];
  return (
    sources.some((account) => account !== null && accounts.includes(account)) ||
    trust.organizations.includes(accountOf('aws:sourceorgid') ?? '')
  );
}

function describeCaller(finding: Finding): string {
  const { caller, world, worlds, audience, trust } = finding;
  if (caller.kind === 'anonymous') return 'anyone';
  if (caller.kind === 'service') {
    if (caller.id === null)
      return actsForTrusted(finding)
        ? 'an AWS service, which is not approved,'
        : 'an AWS service on behalf of any AWS customer';
    const isApproved = trust.services.includes(caller.id);
    return `${caller.id}${isApproved ? ' on behalf of any AWS customer' : ', which is not approved,'}`;
  }
  const entity = worlds.value(entityKey, caller, world);
  if (entity?.kind === 'text' && audience === 'beyondGrant') return entity.text;
  if (caller.id !== null) return `account ${caller.id}`;
  const organization = worlds.value('aws:principalorgid', caller, world);
  return organization?.kind === 'text'
    ? `any account of organization ${organization.text}`
    : 'any AWS account';
}

// The condition that was meant as the guard is one on the caller; the others are only read out when
// there is nothing better to show.
function openCondition(conditions: readonly Condition[]): string | null {
  const open =
    conditions.find(({ key }) => identityKeys.has(key)) ??
    conditions.find(({ key }) => networkKeys.has(key) || delegationKeys.has(key)) ??
    conditions[0];
  return open === undefined ? null : describeCondition(open);
}

export function describeWitness(finding: Finding): Witness {
  const { allow, principal, request, bucket } = finding;
  const reason = reasonOf(finding);
  return {
    statement: allow.index,
    sid: labelOf(allow),
    caller: describeCaller(finding),
    principal: principal.text,
    action: request.actions[0] ?? 's3:*',
    resource: resourceOf(arnIn(bucket), request),
    keys: sampleKeys(finding),
    condition: openCondition(allow.conditions),
    reason,
    fix: fixes[reason],
  };
}
