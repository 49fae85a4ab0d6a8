import { namesAction } from '../language/coverage.ts';
import type { Policy, Statement } from '../language/document.ts';
import type { Principal } from '../language/principals.ts';

export type ServiceOrAccount = Extract<Principal, { kind: 'service' | 'account' }>;

/**
 * The AWS service principals and whole accounts that an Allow names for the action, in the order of the policy, each once:
 * among its principals, or where everyone is one, by a condition that asks for the name of the service. Other conditions and
 * denials are not considered.
 *
 * Source: IAM "AWS JSON policy elements: Principal" and "AWS global condition context keys", aws:PrincipalServiceName.
 */
export function grantees(policy: Policy, action: string): readonly ServiceOrAccount[] {
  const named = new Map<string, ServiceOrAccount>();
  for (const statement of policy.statements) {
    if (statement.effect !== 'Allow' || statement.principals.not) continue;
    if (!namesAction(statement, action)) continue;
    for (const principal of [...statement.principals.entries, ...servicesAsked(statement)]) {
      if (principal.kind === 'service' || principal.kind === 'account') {
        named.set(principal.text, principal);
      }
    }
  }
  return [...named.values()];
}

const NAMES: readonly string[] = ['aws:principalservicename', 'aws:principalservicenameslist'];

function servicesAsked({ principals, conditions }: Statement): readonly ServiceOrAccount[] {
  const isOpen = principals.entries.some(
    ({ kind }) => kind === 'everyone' || kind === 'everyAccount',
  );
  if (!isOpen) return [];
  return conditions
    .filter(({ key, operator }) => NAMES.includes(key) && operator?.negated === false)
    .flatMap(({ values }) => values)
    .flatMap((service) => (service ? [{ kind: 'service', service, text: service } as const] : []));
}
