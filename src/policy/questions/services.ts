import { namesAction } from '../language/coverage.ts';
import type { Policy } from '../language/document.ts';
import type { Principal } from '../language/principals.ts';

type ServiceOrAccount = Extract<Principal, { kind: 'service' | 'account' }>;

/**
 * The AWS service principals and whole accounts that an Allow names for the action, in the order of the policy, each once.
 * Conditions and denials are not considered, and `Principal: "*"` names none.
 *
 * Source: IAM "AWS JSON policy elements: Principal".
 */
export function grantees(policy: Policy, action: string): readonly ServiceOrAccount[] {
  const named = new Map<string, ServiceOrAccount>();
  for (const statement of policy.statements) {
    if (statement.effect !== 'Allow' || statement.principals.not) continue;
    if (!namesAction(statement, action)) continue;
    for (const principal of statement.principals.entries) {
      if (principal.kind === 'service' || principal.kind === 'account') {
        if (!named.has(principal.text)) named.set(principal.text, principal);
      }
    }
  }
  return [...named.values()];
}
