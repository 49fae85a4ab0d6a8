import type { Policy } from '../../policy/language/document.ts';
import { policyOf } from '../../policy/questions/parts.ts';

/**
 * The policy with only its grants to AWS services, save the exempt ones, and with all its denials; and the services named.
 * A principal that cannot be read may be a service, so its grants stay.
 * A statement may name a service beside others: what it grants those is not asked here.
 */
export function grantsToServices(
  policy: Policy | null,
  exempt: readonly string[],
): { readonly policy: Policy; readonly services: readonly string[] } {
  const services = new Set<string>();
  const statements = (policy?.statements ?? []).flatMap((statement) => {
    if (statement.effect === 'Deny') return [statement];
    if (statement.principals.not) return [];
    const entries = statement.principals.entries.filter((principal) => {
      if (principal.kind === 'unresolved') return true;
      if (principal.kind !== 'service' || exempt.includes(principal.service)) return false;
      services.add(principal.service);
      return true;
    });
    if (entries.length === statement.principals.entries.length) return [statement];
    const principals = { ...statement.principals, entries };
    return entries.length > 0 ? [{ ...statement, principals }] : [];
  });
  const version = policy?.version ?? '2012-10-17';
  return { policy: policyOf(version, statements), services: [...services].sort() };
}
