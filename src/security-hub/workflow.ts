import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { PRODUCT, STATE_FIELD, WAIVER_FIELD } from '../formats/asff.ts';
import type { Waiver } from '../settings/waiver.ts';
import { cut, printable } from '../values/text.ts';
import type { WorkflowUpdate } from './security-hub.ts';

/** The parts of a finding that decide its workflow. */
type Shown = Pick<AwsSecurityFinding, 'Workflow' | 'Note' | 'ProductFields' | 'RecordState'>;

/**
 * What the workflow of a finding needs, as Security Hub holds it. A waived finding is suppressed, with a note that says
 * why and is signed by us; a suppression that is signed so is taken back when the waiver is over. Whatever an analyst
 * decided or wrote stays: a note of theirs, a workflow that they set, also one that they took over by writing a note.
 */
export function workflowOf(finding: Shown, waivers: readonly Waiver[]): WorkflowUpdate | undefined {
  const { Workflow, Note, ProductFields = {}, RecordState } = finding;
  const status = Workflow?.Status ?? 'NEW';
  const id = ProductFields[WAIVER_FIELD];
  const isWaived = ProductFields[STATE_FIELD] === 'WAIVED' && RecordState !== 'ARCHIVED';
  const isOurs = Note?.UpdatedBy === PRODUCT;
  if (isWaived && (status === 'NEW' || status === 'NOTIFIED') && (isOurs || !Note)) {
    return update('SUPPRESSED', noteOf(id, waivers));
  }
  if (!isWaived && status === 'SUPPRESSED' && isOurs) {
    return update('NEW', 'The waiver no longer applies.');
  }
  return undefined;
}

/** Whether the workflow may have to change, judging by an older copy of the finding. */
export const mayNeedWorkflow = (state: string, held: Shown | undefined): boolean =>
  state === 'WAIVED' ||
  (held?.Workflow?.Status === 'SUPPRESSED' && held.Note?.UpdatedBy === PRODUCT);

const update = (Status: 'NEW' | 'SUPPRESSED', text: string): WorkflowUpdate => ({
  Workflow: { Status },
  Note: { Text: cut(printable(text), 512), UpdatedBy: PRODUCT },
});

function noteOf(id: string | undefined, waivers: readonly Waiver[]): string {
  const waiver = waivers.find((each) => each.id === id);
  if (waiver === undefined) return `Waiver ${id}.`;
  const { expires, reason, owner, approver, ticket } = waiver;
  const trace = ticket ? `, ticket ${ticket}` : '';
  return `Waiver ${id} until ${expires} (owner ${owner}, approved by ${approver}${trace}): ${reason}`;
}
