import type { Waiver } from '../../settings/waiver.ts';
import { counted } from '../../values/text.ts';
import { type Basis, documentId, metadataOf } from './basis.ts';
import { markup, prop, uuidOf } from './ids.ts';
import { riskOf } from './risk.ts';
import { riskId, type Tally } from './tally.ts';

/** What is open, with how to fix it: an item for each message. null where nothing is open, because a plan without an item is not valid. */
export function planOfAction(
  basis: Basis,
  tally: Tally,
  waivers: readonly Waiver[],
): object | null {
  const { groups } = tally;
  if (groups.length === 0) return null;
  return {
    'plan-of-action-and-milestones': {
      uuid: documentId(basis, 'poam'),
      metadata: metadataOf(basis, `What was open on ${basis.run.evaluatedAt.slice(0, 10)}`),
      'system-id': { id: basis.organization },
      // The observations stand in the assessment results; only their number is repeated here.
      risks: groups.map((group) => {
        const { 'related-observations': _, ...risk } = riskOf(group, basis, waivers);
        return risk;
      }),
      'poam-items': groups.map((group) => ({
        uuid: uuidOf('poam-item', riskId(group)),
        title: markup(`${group.rule}: ${group.messageId}`),
        description: `${counted(group.findings.length, 'finding')} in state ${group.state}.`,
        props: [prop('rule', group.rule), prop('state', group.state)],
        'related-risks': [{ 'risk-uuid': riskId(group) }],
      })),
    },
  };
}
