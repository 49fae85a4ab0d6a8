import { evaluateUnseen } from '../engine/evaluate.ts';
import type { Finding } from '../engine/finding.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import { type Around, assessItem, contextOf } from './assess-item.ts';
import type { Assessed } from './assessment.ts';
import type { Judges } from './judges.ts';
import { identityOf } from './subject.ts';

/** A judgement is only given where all records of a resource that may be the newest lead to it. */
export function assessNewest(
  item: ConfigurationItem,
  judges: Judges,
  around: Around,
): Assessed | Promise<Assessed> {
  const assessed = assessVersion(item, judges, around);
  const rivals = around.source.rivalsOf?.(item) ?? [];
  if (rivals.length === 0 || item.flaw !== undefined) return assessed;
  return agreed(assessed, { rivals, judges, around });
}

/** What does not count leads to no answer of a rule. */
function assessVersion(
  item: ConfigurationItem,
  judges: Judges,
  around: Around,
): Assessed | Promise<Assessed> {
  if (item.flaw === undefined) return assessItem(item, judges, around);
  const why = `of its record ${item.flaw}`;
  const findings = judges.list.map((judge) => {
    const context = { ...contextOf(judge, around.assessment), capturedAt: item.captureTime };
    return evaluateUnseen(judge.rule, identityOf(item), why, context);
  });
  return { item, findings, failures: new Map(), questions: new Map() };
}

interface Dispute {
  readonly rivals: readonly ConfigurationItem[];
  readonly judges: Judges;
  readonly around: Around;
}

const UNDECIDED =
  'the capture times do not say which of its records is the newest, and these lead to different answers';

async function agreed(
  assessed: Assessed | Promise<Assessed>,
  { rivals, judges, around }: Dispute,
): Promise<Assessed> {
  const first = await assessed;
  const others: Assessed[] = [];
  for (const rival of rivals) others.push(await assessVersion(rival, judges, around));
  const { item } = first;
  const questions = new Map(first.questions);
  const findings = first.findings.map((finding, at) => {
    const judge = judges.list[at];
    const isShared = others.every(({ findings }) => isSame(finding, findings[at]));
    if (isShared || judge === undefined) return finding;
    const context = { ...contextOf(judge, around.assessment), capturedAt: item.captureTime };
    const undecided = evaluateUnseen(judge.rule, identityOf(item), UNDECIDED, context);
    questions.set(undecided, first.questions.get(finding) ?? []);
    return undecided;
  });
  return { ...first, findings, questions };
}

/** Why something fails may differ; a pass is evidence for what its message says. */
function isSame({ state, messageId }: Finding, other: Finding | undefined): boolean {
  if (state !== other?.state) return false;
  return state === 'PASS' ? messageId === other.messageId : true;
}
