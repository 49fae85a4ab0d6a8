import { namesAction } from '../language/coverage.ts';
import type { Policy } from '../language/document.ts';

/**
 * The AWS service principals that an Allow names for the action, sorted, each once:
 * `s3:PutObject` -> `['logging.s3.amazonaws.com']`. Conditions and denials are not considered, and
 * `Principal: "*"` names no service.
 *
 * Source: IAM "AWS JSON policy elements: Principal", AWS service principals.
 */
export function servicesGranted(policy: Policy, action: string): readonly string[] {
  const services = policy.statements
    .filter(({ effect, principals }) => effect === 'Allow' && !principals.not)
    .filter((statement) => namesAction(statement, action))
    .flatMap(({ principals }) => principals.entries)
    .flatMap((principal) => (principal.kind === 'service' ? [principal.service] : []));
  return [...new Set(services)].sort();
}

/**
 * Could the policy let the service perform the action? By name, or because an Allow is for everyone or for all but some.
 * Conditions and denials are not considered, so only "no" is sure.
 */
export function mayGrant(policy: Policy, service: string, action: string): boolean {
  return policy.statements.some(
    (statement) =>
      statement.effect === 'Allow' &&
      namesAction(statement, action) &&
      (statement.principals.not ||
        statement.principals.entries.some(
          (principal) =>
            principal.kind === 'everyone' ||
            (principal.kind === 'service' && principal.service === service),
        )),
  );
}
