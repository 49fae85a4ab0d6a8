import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { PRODUCT, STATE_FIELD, WAIVER_FIELD } from '../formats/asff-fields.ts';
import type { Waiver } from '../settings/waiver.ts';
import { cut, printable } from '../values/text.ts';
import type { WorkflowUpdate } from './security-hub.ts';

/** The parts of a finding that decide its workflow. */
export type Shown = Partial<
  Pick<AwsSecurityFinding, 'Workflow' | 'Note' | 'ProductFields' | 'RecordState'>
>;

/** Whether a finding is waived, as it stands in Security Hub. */
export const isWaived = ({ ProductFields = {}, RecordState }: Shown) =>
  ProductFields[STATE_FIELD] === 'WAIVED' && RecordState !== 'ARCHIVED';

/**
 * What the workflow of a finding needs, as Security Hub holds it. A waived finding is suppressed, with a note that says by whom and
 * until when and that is signed by us; a suppression with such a note is taken back when the waiver is over. Whatever an analyst
 * decided or wrote stays: a note of theirs, a finding that they resolved or suppressed, one that we suppressed and they opened.
 * @param turns whether the finding is waived only now, or no longer: an update of ours from before may still be on its way, because
 * BatchUpdateFindings takes up to several minutes (API Reference), so that what is shown cannot be relied on.
 */
export function workflowOf(
  finding: Shown,
  waivers: readonly Waiver[],
  turns: boolean,
): WorkflowUpdate | undefined {
  const { Note } = finding;
  if (Note && Note.UpdatedBy !== PRODUCT) return undefined;
  const waiver = IN_FORCE.exec(Note?.Text ?? '')?.[1];
  return isWaived(finding)
    ? ofWaived(finding, noteOf(finding, waivers), waiver !== undefined, turns)
    : ofOthers(finding, endOf(finding, waiver, waivers), waiver !== undefined, turns);
}

function ofWaived({ Workflow, Note }: Shown, text: string, isOurs: boolean, turns: boolean) {
  const status = Workflow?.Status ?? 'NEW';
  const isOpen = status === 'NEW' || status === 'NOTIFIED';
  if (isOpen && (!isOurs || turns)) return update(text, 'SUPPRESSED');
  if (!isOurs) return undefined;
  if (turns && status === 'SUPPRESSED') return update(text, 'SUPPRESSED');
  // A waiver that was renewed or extended: the note must not go on telling of the one before.
  return Note?.Text === textOf(text) ? undefined : update(text);
}

function ofOthers({ Workflow, Note }: Shown, text: string, isOurs: boolean, turns: boolean) {
  const status = Workflow?.Status ?? 'NEW';
  if (isOurs && status === 'SUPPRESSED') return update(text, 'NEW');
  if (turns && status === 'NEW') return update(text, 'NEW');
  return isOurs && Note ? update(text) : undefined;
}

/** Without a status only the note changes, so that it cannot undo what an analyst does at the same time. */
const update = (text: string, Status?: 'NEW' | 'SUPPRESSED'): WorkflowUpdate => ({
  ...(Status ? { Workflow: { Status } } : {}),
  Note: { Text: textOf(text), UpdatedBy: PRODUCT },
});

const textOf = (text: string) => cut(printable(text), 512);

/** How a note of ours begins while the waiver is in force, and the id of the waiver. Only such a note makes a suppression ours. */
const IN_FORCE = /^Waiver ([^ ]{1,100})(?: until \d{4}-\d\d-\d\d \(|\.$)/;

function noteOf({ ProductFields }: Shown, waivers: readonly Waiver[]): string {
  const id = ProductFields?.[WAIVER_FIELD];
  const waiver = waivers.find((each) => each.id === id);
  if (waiver === undefined) return `Waiver ${id}.`;
  const { expires, reason, owner, approver, ticket } = waiver;
  const trace = ticket ? `, ticket ${ticket}` : '';
  return `Waiver ${id} until ${expires} (owner ${owner}, approved by ${approver}${trace}): ${reason}`;
}

/** Why the suppression is over. @param id of the waiver that the note named. */
function endOf(
  { ProductFields = {}, RecordState }: Shown,
  id: string | undefined,
  waivers: readonly Waiver[],
): string {
  // The note stays on the finding, whatever becomes of it: it tells what happened.
  if (RecordState === 'ARCHIVED') return 'No longer suppressed: the rule did not apply any more.';
  if (ProductFields[STATE_FIELD] === 'PASS') return 'No longer suppressed: the rule was met.';
  const over = 'The waiver no longer applies.';
  if (id === undefined) return over;
  const waiver = waivers.find((each) => each.id === id);
  if (waiver === undefined) return `${over} ${id} is not in the settings.`;
  return `${over} In the settings, ${id} is for ${scopeOf(waiver)}, from ${waiver.created} to ${waiver.expires}.`;
}

const scopeOf = ({ subject }: Waiver) => Object.entries(subject).flat().join(' ');
