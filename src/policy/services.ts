import { namesAction } from './coverage.ts';
import type { Policy } from './document.ts';

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
