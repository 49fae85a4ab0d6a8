import type { Finding } from '../../engine/finding.ts';
import type { Strengths } from '../../engine/requirement.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { findingId } from '../identity.ts';
import type { DifferenceRow, SubjectRow } from '../rows.ts';
import { assessmentOf, type Judged } from '../run/rows-of.ts';
import type { Differing, Held } from './elsewhere.ts';

/** The row of a result that AWS Config holds. No record of this run is behind it. */
export function heldRow(
  { finding, verdict, recordedAt }: Held,
  item: ConfigurationItem,
  strengths: Strengths,
  runId: string,
): Judged {
  return {
    ...{ runId, id: findingId(finding.rule, finding.subject, item.created) },
    ...finding,
    ...{ verdictForConfig: verdict, strengths, itemHash: null, answerHashes: [] },
    ...{ capturedAt: null, observedAt: recordedAt, judgedBy: 'aws-config' },
  };
}

/** Whether a resource was judged, where some or all of its results come from AWS Config. */
export function wholeOf(
  findings: readonly Finding[],
  held: readonly Held[] | undefined,
): Pick<SubjectRow, 'assessed' | 'reason'> {
  const all = [...findings, ...(held ?? []).map(({ finding }) => finding)];
  return held !== undefined && all.length === 0
    ? { assessed: 'no', reason: 'AWS Config tells no result of the rules that are for it.' }
    : assessmentOf(all);
}

/** The row of a difference. @param judged the finding of this run. */
export function differenceRow(
  { id, rule, subject, runId, ...judged }: Judged,
  { theirs, recordedAt, reason }: Differing,
): DifferenceRow {
  const { state, messageId, verdictForConfig, capturedAt, observedAt } = judged;
  const ours = { state, messageId, verdictForConfig, capturedAt, observedAt };
  return { runId, id, rule, subject, ours, theirs, recordedAt, reason };
}
