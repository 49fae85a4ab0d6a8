import type { Evaluation } from '@aws-sdk/client-config-service';
import type { Settings } from '../settings/settings.ts';
import { unplacedWaivers } from '../settings/waiver.ts';
import { printable } from '../values/text.ts';
import type { Invocation } from './invocation.ts';

/** Which invocation an entry of the log is about. */
export function labelsOf({ rule, configRuleName, account, task }: Invocation) {
  return {
    rule: typeof rule === 'string' ? printable(rule) : null,
    configRuleName: printable(configRuleName),
    account: printable(account),
    task: task.kind,
  };
}

/** How many evaluations have which verdict. */
export function count(evaluations: readonly Evaluation[]): Record<string, number> {
  const verdicts: Record<string, number> = {};
  for (const { ComplianceType: verdict = '' } of evaluations) {
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  return verdicts;
}

/** Names the waivers that should apply but cannot, so that they do not look forgotten; null if there are none. */
export function waiverWarning(
  { waivers, organization }: Settings,
  { rule, account }: Invocation,
): string | null {
  const idle = unplacedWaivers(waivers, String(rule), account, organization.accounts);
  if (idle.length === 0) return null;
  const ids = idle.map(({ id }) => id).join(', ');
  return `the account is missing from organization.accounts, so waivers by OU cannot apply: ${ids}.`;
}
