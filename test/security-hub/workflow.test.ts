import { expect, it } from 'vitest';
import { workflowOf } from '../../src/security-hub/workflow.ts';
import { problemsOf } from '../contract-server/published-model.ts';
import { waiver } from './world.ts';

type Shown = Parameters<typeof workflowOf>[0];

const note = (UpdatedBy: string, Text = 'x') => ({
  ...{ Text, UpdatedBy, UpdatedAt: '2026-03-01T00:00:00Z' },
});
const inForce = (id: string) =>
  `Waiver ${id} until 2026-12-31 (owner Team, approved by Security officer): An old client.`;
const [ours, ended] = [
  note('s3-config-rules', inForce('legacy')),
  note('s3-config-rules', 'The waiver no longer applies.'),
];
const theirs = note('ana', inForce('legacy'));
const fields = (state: string) => ({
  's3-config-rules/state': state,
  ...(state === 'WAIVED' ? { 's3-config-rules/waiver': 'legacy' } : {}),
});

it.each<[string, Shown, string | undefined]>([
  ['NEW WAIVED', { ProductFields: fields('WAIVED') }, 'SUPPRESSED'],
  ['NOTIFIED WAIVED', { Workflow: { Status: 'NOTIFIED' } }, 'SUPPRESSED'],
  ['opened again by us', { Note: ended }, 'SUPPRESSED'],
  ['opened again by them', { Note: ours }, undefined],
  ['with their note', { Note: theirs }, undefined],
  ['resolved by them', { Workflow: { Status: 'RESOLVED' } }, undefined],
  ['suppressed already', { Workflow: { Status: 'SUPPRESSED' }, Note: ours }, undefined],
  ['suppressed by them', { Workflow: { Status: 'SUPPRESSED' } }, undefined],
  ['suppressed by them later', { Workflow: { Status: 'SUPPRESSED' }, Note: ended }, undefined],
  ['archived', { RecordState: 'ARCHIVED' }, undefined],
])('of a waived finding, %s', (_, parts, expected) => {
  const change = workflowOf({ ProductFields: fields('WAIVED'), ...parts }, [waiver()], false);
  expect(change?.Workflow?.Status).toBe(expected);
});

it.each<[string, Shown, string | undefined]>([
  ['suppressed by us', { Workflow: { Status: 'SUPPRESSED' }, Note: ours }, 'NEW'],
  ['suppressed by them', { Workflow: { Status: 'SUPPRESSED' } }, undefined],
  // An analyst may write between the import and this look.
  ['taken over by them', { Workflow: { Status: 'SUPPRESSED' }, Note: theirs }, undefined],
  ['suppressed by them later', { Workflow: { Status: 'SUPPRESSED' }, Note: ended }, undefined],
  ['open', { Note: ended }, undefined],
  ['resolved', { Workflow: { Status: 'RESOLVED' }, Note: ours }, undefined],
])('of a failed finding, %s', (_, parts, expected) => {
  const change = workflowOf({ ProductFields: fields('FAIL'), ...parts }, [waiver()], false);
  expect(change?.Workflow?.Status).toBe(expected);
});

it.each<[string, Shown, string]>([
  [
    'another waiver',
    { ProductFields: fields('WAIVED'), Note: note('s3-config-rules', inForce('old')) },
    'legacy',
  ],
  [
    'a waiver that is over',
    { ProductFields: fields('FAIL'), Workflow: { Status: 'RESOLVED' }, Note: ours },
    'no longer',
  ],
])('changes only a note that names %s', (_, shown, expected) => {
  const held = { Workflow: { Status: 'SUPPRESSED' as const }, ...shown };
  const change = workflowOf(held, [waiver()], false);
  expect(change).not.toHaveProperty('Workflow');
  expect(change?.Note?.Text).toContain(expected);
});

it('sends what it wants once more where an earlier update may still come', () => {
  const status = (shown: Shown) => workflowOf(shown, [waiver()], true)?.Workflow?.Status;
  expect(status({ ProductFields: fields('FAIL') })).toBe('NEW');
  expect(status({ ProductFields: fields('FAIL'), Note: theirs })).toBeUndefined();
  const suppressed = { Workflow: { Status: 'SUPPRESSED' as const } };
  expect(status({ ProductFields: fields('WAIVED'), ...suppressed, Note: ours })).toBe('SUPPRESSED');
  expect(status({ ProductFields: fields('WAIVED'), ...suppressed })).toBeUndefined();
});

it('writes a note within the limits whatever the settings say', () => {
  const reason = `${'\u{1f600}\u202e'.repeat(400)}`;
  const update = workflowOf({ ProductFields: fields('WAIVED') }, [waiver({ reason })], false);
  const FindingIdentifiers = [{ Id: 'i', ProductArn: 'arn:aws:securityhub:x' }];
  expect(problemsOf('BatchUpdateFindingsRequest', { FindingIdentifiers, ...update })).toEqual([]);
  expect(update?.Note?.Text).toMatch(/^Waiver legacy until 2026-12-31 \(owner Team, .*…$/);
  expect(update?.Note?.Text).not.toContain('\u202e');
});
