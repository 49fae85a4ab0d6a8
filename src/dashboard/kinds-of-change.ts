import type { Changed, Unseen } from '../../dashboard/data/summary.ts';
import type { ChangeRow } from '../results/rows.ts';

/** A finding as it stood, in one word each: state and message. */
export const sideOf = (side: Pick<NonNullable<ChangeRow['from']>, 'state' | 'messageId'> | null) =>
  side ? `${side.state} ${side.messageId}` : '';

/** What a change is called after its number, what needs a person first. */
const KINDS: Readonly<Record<string, string>> = {
  new: 'new failures',
  reopened: 'failing again',
  unwaived: 'no longer waived',
  unassessed: 'no longer judged',
  unknown: 'no longer known',
  known: 'known again',
  message: 'with another reason',
  waived: 'waived',
  fixed: 'fixed',
  deleted: 'deleted',
  gone: 'gone with their resource',
  applies: 'that apply, or no longer do',
  appeared: 'on new resources',
  assessed: 'newly judged',
};

/** Why a finding changed. */
export const CAUSES: Readonly<Record<ChangeRow['cause'], string>> = {
  evidence: 'evidence came or went',
  waiver: 'a waiver began or ended',
  parameter: 'a parameter changed',
  resource: 'the resource changed',
  rule: 'the rule changed',
  population: 'the account or Region was not assessed in both runs',
};

/** A finding that is gone because its account was not assessed, or its rule did not run, is not gone with its resource. */
export const kindOf = ({ change, cause }: ChangeRow) =>
  cause === 'resource' || (change !== 'gone' && change !== 'appeared')
    ? change
    : change === 'gone'
      ? 'unassessed'
      : 'assessed';

/** The changes of each kind that there is. */
export const changesByKind = (rows: readonly ChangeRow[]) =>
  counted(rows.map(kindOf), KINDS).map(({ id, count, words }) => ({
    ...{ id, count, words: id === 'new' && count === 1 ? 'new failure' : words },
  }));

/** The changes of each cause that there is. */
export const changesByCause = (rows: readonly ChangeRow[]) =>
  counted(
    rows.map(({ cause }) => cause),
    CAUSES,
  );

function counted(ids: readonly string[], words: Readonly<Record<string, string>>): Changed[] {
  return Object.entries(words).flatMap(([id, text]) => {
    const count = ids.filter((each) => each === id).length;
    return count > 0 ? [{ id, count, words: text }] : [];
  });
}

/** Failures of one run that the other could not see. */
export function unseenIn(rows: readonly ChangeRow[]): Unseen {
  const isBlind = (side: ChangeRow['from'], row: ChangeRow) =>
    side === null ? ['unassessed', 'assessed'].includes(kindOf(row)) : side.state === 'UNKNOWN';
  return {
    lost: rows.filter((row) => row.from?.state === 'FAIL' && isBlind(row.to, row)).length,
    found: rows.filter((row) => row.to?.state === 'FAIL' && isBlind(row.from, row)).length,
  };
}
