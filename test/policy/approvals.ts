import type { Trust } from '../../src/policy/requests/trust.ts';
import type { ConcreteRequest } from './evaluator.ts';
import { trust as base } from './trust.ts';
import { identity } from './words.ts';

const owner = '123456789012';

/** Trusts that use each of its parts. */
export const trusts: readonly Trust[] = [
  base,
  { ...base, requireSourceGuard: false, organizations: [] },
  {
    ...base,
    grants: [
      { principal: '111122223333', actions: ['s3:Get*', 's3:List*'], prefixes: ['private/'] },
      { principal: 'arn:aws:iam::111122223333:role/Etl', actions: ['s3:PutObject'] },
      { principal: 'o-exampleorg', actions: ['s3:GetObject'] },
    ],
  },
  { ...base, forbiddenActions: ['s3:Put*'], allowDelegation: true },
  { ...base, forbiddenActions: ['s3:Put*'], canonicalUsers: ['c0ffee99998888', 'E1'] },
  {
    ...base,
    organizations: [],
    organizationPaths: ['o-strangers1/r-1/ou-1/*', 'o-exampleorg/*'],
    canonicalUsers: ['c0ffee99998888'],
    grants: [
      { principal: '111122223333', actions: ['s3:Get*'] },
      { principal: 'o-strangers1', actions: ['s3:List*', 's3:*Object'], prefixes: ['public/'] },
    ],
  },
];

/** The trusts without what goes for buckets only. */
export const plainTrusts: readonly Trust[] = trusts.map((trust) => ({
  ...trust,
  grants: undefined,
  forbiddenActions: undefined,
  allowDelegation: false,
}));

/**
 * May this request be made, as far as the trust goes? Written by a different route than the engine:
 * it looks at one request and knows no classes of callers.
 */
export function approved(trust: Trust, request: ConcreteRequest): boolean {
  const one = (key: string): string => request.keys.get(key)?.[0] ?? '';
  const point = one('s3:dataaccesspointaccount');
  if (trust.allowDelegation && [owner, ...trust.accounts].includes(point)) return true;
  if (request.kind === 'anonymous') return false;
  const known = (account: string, organization: string, path: string): boolean =>
    account === owner ||
    trust.accounts.includes(account) ||
    trust.organizations.includes(organization) ||
    trust.organizationPaths.some((glob) => path.startsWith(glob.slice(0, -1)));
  if (request.kind === 'service') {
    if (!trust.services.includes(request.caller)) return false;
    return (
      !trust.requireSourceGuard ||
      known(one('aws:sourceaccount'), one('aws:sourceorgid'), one('aws:sourceorgpaths'))
    );
  }
  if (request.caller === owner) return true;
  const isUser = trust.canonicalUsers.some(
    (id) => id === request.user || (id === 'E1' && request.user === identity),
  );
  const path = one('aws:principalorgpaths');
  if (!isUser && !known(request.caller, one('aws:principalorgid'), path)) return false;
  const action = request.action.toLowerCase();
  const listed = (globs: readonly string[] | undefined): boolean =>
    globs === undefined ||
    globs.some((glob) => {
      const [start = '', end] = glob.toLowerCase().split('*');
      return end === undefined
        ? action === start
        : action.startsWith(start) && action.endsWith(end);
    });
  if (trust.forbiddenActions !== undefined && listed(trust.forbiddenActions)) return false;
  if (isUser) return true;
  const grantees = [request.arn, request.caller];
  if (!trust.accounts.includes(request.caller)) grantees.push(one('aws:principalorgid'));
  const grants = trust.grants ?? [];
  const closest = grantees.find((id) => grants.some(({ principal }) => principal === id));
  if (closest === undefined) return true;
  const [, key] = /^arn:aws:s3:::[^/]*\/(.*)$/s.exec(request.resource) ?? [];
  return grants.some(
    ({ principal, actions, prefixes }) =>
      principal === closest &&
      listed(actions) &&
      (prefixes === undefined || key === undefined || prefixes.some((p) => key.startsWith(p))),
  );
}
