import { expect, it } from 'vitest';
import { workflowOf } from '../../src/security-hub/workflow.ts';
import { problemsOf } from '../contract-server/published-model.ts';
import { waiver } from './world.ts';

type Shown = Parameters<typeof workflowOf>[0];

const note = (UpdatedBy: string) => ({ Text: 'x', UpdatedBy, UpdatedAt: '2026-03-01T00:00:00Z' });
const [ours, theirs] = [note('s3-config-rules'), note('ana')];
const fields = (state: string) => ({
  's3-config-rules/state': state,
  ...(state === 'WAIVED' ? { 's3-config-rules/waiver': 'legacy' } : {}),
});

it.each<[string, Shown, string | undefined]>([
  ['NEW WAIVED', { ProductFields: fields('WAIVED') }, 'SUPPRESSED'],
  ['NOTIFIED WAIVED', { Workflow: { Status: 'NOTIFIED' } }, 'SUPPRESSED'],
  ['opened again by us', { Note: ours }, 'SUPPRESSED'],
  ['with their note', { Note: theirs }, undefined],
  ['resolved by them', { Workflow: { Status: 'RESOLVED' } }, undefined],
  ['suppressed already', { Workflow: { Status: 'SUPPRESSED' }, Note: ours }, undefined],
  ['suppressed by them', { Workflow: { Status: 'SUPPRESSED' } }, undefined],
  ['archived', { RecordState: 'ARCHIVED' }, undefined],
])('of a waived finding, %s', (_, parts, expected) => {
  const change = workflowOf({ ProductFields: fields('WAIVED'), ...parts }, [waiver()]);
  expect(change?.Workflow?.Status).toBe(expected);
});

it.each<[string, Shown, string | undefined]>([
  ['suppressed by us', { Workflow: { Status: 'SUPPRESSED' }, Note: ours }, 'NEW'],
  ['suppressed by them', { Workflow: { Status: 'SUPPRESSED' } }, undefined],
  // An analyst may write between the import and this look.
  ['taken over by them', { Workflow: { Status: 'SUPPRESSED' }, Note: theirs }, undefined],
  ['open', { Note: ours }, undefined],
  ['resolved', { Workflow: { Status: 'RESOLVED' }, Note: ours }, undefined],
])('of a failed finding, %s', (_, parts, expected) => {
  const change = workflowOf({ ProductFields: fields('FAIL'), ...parts }, [waiver()]);
  expect(change?.Workflow?.Status).toBe(expected);
});

it('writes a note within the limits whatever the settings say', () => {
  const reason = `${'\u{1f600}\u202e'.repeat(400)}`;
  const update = workflowOf({ ProductFields: fields('WAIVED') }, [waiver({ reason })]);
  const FindingIdentifiers = [{ Id: 'i', ProductArn: 'arn:aws:securityhub:x' }];
  expect(problemsOf('BatchUpdateFindingsRequest', { FindingIdentifiers, ...update })).toEqual([]);
  expect(update?.Note?.Text).toMatch(/^Waiver legacy until 2026-12-31 \(owner Team, .*…$/);
  expect(update?.Note?.Text).not.toContain('\u202e');
});
