import type { Waiver } from '../../settings/waiver.ts';
import { counted } from '../../values/text.ts';
import type { Basis } from './basis.ts';
import { listed, markup, prop, uuidOf } from './ids.ts';
import { type Group, riskId } from './tally.ts';

/** A risk for each message that fails; a waiver is a deviation that was approved until its end. */
export function riskOf(group: Group, { rules }: Basis, waivers: readonly Waiver[]) {
  const rule = rules.find(({ id }) => id === group.rule);
  const waiver = waivers.find(({ id }) => id === group.waiver);
  const fix = rule?.messages[group.messageId]?.fix;
  const isWaived = group.state === 'WAIVED' && waiver !== undefined;
  return {
    uuid: riskId(group),
    title: markup(`${rule?.title ?? group.rule}: ${group.messageId}`),
    description: `${counted(group.findings.length, 'finding')} in state ${group.state}.`,
    statement: markup(rule?.rationale ?? group.rule),
    props: [
      ...[
        prop('rule', group.rule),
        prop('message', group.messageId),
        prop('severity', group.severity),
      ],
      ...(waiver
        ? [
            prop('waiver', waiver.id),
            prop('waiver-owner', waiver.owner),
            prop('waiver-approver', waiver.approver),
          ]
        : []),
    ],
    status: isWaived ? 'deviation-approved' : 'open',
    // The last day belongs to the waiver.
    ...(isWaived ? { deadline: `${waiver.expires}T23:59:59Z` } : {}),
    ...(fix
      ? {
          remediations: [
            {
              uuid: uuidOf(
                'remediation',
                group.rule,
                group.messageId,
                group.state,
                group.waiver ?? '',
              ),
              lifecycle: 'recommendation',
              title: 'How to fix it',
              description: markup(fix),
            },
          ],
        }
      : {}),
    ...listed(
      'related-observations',
      group.findings.map((id) => ({ 'observation-uuid': id })),
    ),
  };
}
