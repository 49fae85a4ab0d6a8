import type { Cause, ChangeRow, FindingRow, Standing } from '../rows.ts';
import type { RuleHead } from '../tables.ts';

/** A finding as it is compared, before or after. */
export type Compared = Pick<
  FindingRow,
  | 'id'
  | 'rule'
  | 'subject'
  | 'severity'
  | 'verdict'
  | 'state'
  | 'messageId'
  | 'waiver'
  | 'capturedAt'
  | 'itemHash'
  | 'answerHashes'
  | 'stateSince'
  | 'firstFailedAt'
  | 'lastFailedAt'
>;

/** What is known of the two runs beyond their findings. */
export interface Between {
  readonly runId: string;
  readonly rulesBefore: ReadonlyMap<string, RuleHead>;
  readonly rulesAfter: ReadonlyMap<string, RuleHead>;
  /** Whether the earlier or the later run saw all of an account and Region, and had anything of it. */
  readonly wasThere: (account: string, region: string) => boolean;
  readonly isThere: (account: string, region: string) => boolean;
}

/** Since when a finding is in its state, and since when it fails. @param before the same finding in the run before. */
export function sinceOf(
  finding: Pick<FindingRow, 'state' | 'messageId'>,
  before: Compared | undefined,
  now: string,
): Pick<FindingRow, 'stateSince' | 'firstFailedAt' | 'lastFailedAt'> {
  const isSame = before !== undefined && before.state === finding.state;
  const open = before?.firstFailedAt ?? null;
  const fails = isFailing(finding);
  return {
    stateSince: isSame ? before.stateSince : now,
    firstFailedAt: fails ? (open ?? now) : isUnseen(finding) ? open : null,
    lastFailedAt: fails ? now : (before?.lastFailedAt ?? null),
  };
}

/** The row on a finding that is not what it was; null when it is. One of the two is there. */
export function changeOf(
  before: Compared | undefined,
  after: Compared | undefined,
  between: Between,
): ChangeRow | null {
  const either = after ?? before;
  if (either === undefined) return null;
  const change = kindOf(before, after);
  if (change === null) return null;
  const causes = causesOf(before, after, between);
  const { id, rule, subject, severity } = either;
  return {
    ...{ runId: between.runId, id, rule, subject, severity },
    from: before ? standingOf(before) : null,
    to: after ? standingOf(after) : null,
    change,
    cause: causes[0] ?? 'resource',
    causes,
    firstFailedAt: before?.firstFailedAt ?? after?.firstFailedAt ?? null,
  };
}

const standingOf = ({ state, messageId, waiver, capturedAt }: Compared): Standing => ({
  ...{ state, messageId, waiver: waiver ?? null, capturedAt },
});

/** It fails, also where that is waived. Missing evidence says nothing of it. */
const isFailing = ({ state, messageId }: Pick<FindingRow, 'state' | 'messageId'>) =>
  (state === 'FAIL' || state === 'WAIVED') && messageId !== 'evidenceUnavailable';

const isUnseen = ({ messageId }: Pick<FindingRow, 'messageId'>) =>
  messageId === 'evidenceUnavailable';

function kindOf(
  before: Compared | undefined,
  after: Compared | undefined,
): ChangeRow['change'] | null {
  if (before === undefined) return 'appeared';
  if (after === undefined) return 'gone';
  if (before.state === after.state && before.messageId === after.messageId) return null;
  if (after.messageId === 'resourceDeleted') return 'deleted';
  if (before.state === after.state) return 'message';
  switch (after.state) {
    case 'WAIVED':
      return 'waived';
    case 'UNKNOWN':
      return 'unknown';
    case 'FAIL':
      if (before.state === 'WAIVED') return 'unwaived';
      if (before.firstFailedAt !== null) return 'known';
      return before.lastFailedAt === null ? 'new' : 'reopened';
    case 'PASS':
      if (before.firstFailedAt !== null) return 'fixed';
      return isUnseen(before) ? 'known' : 'applies';
    case 'NOT_APPLICABLE':
      // A failure that ends so was not fixed: the rule is for the resource no more.
      return isUnseen(before) && before.firstFailedAt === null ? 'known' : 'applies';
  }
}

/** Of the same verdict: what a resource passes by itself owes nothing to a waiver. One that expires is still named. */
const isWaivedOtherwise = (before: Compared, after: Compared) =>
  before.verdict === after.verdict &&
  (before.waiver !== after.waiver || (before.state === 'WAIVED') !== (after.state === 'WAIVED'));

/** A relaxed parameter comes first, because it is the classic way to pass; a release only when the record stayed what it was. */
function causesOf(
  before: Compared | undefined,
  after: Compared | undefined,
  { rulesBefore, rulesAfter, wasThere, isThere }: Between,
): readonly Cause[] {
  const { rule, subject } = (after ?? before) as Compared;
  const [earlier, later] = [rulesBefore.get(rule), rulesAfter.get(rule)];
  const isNewRule = earlier === undefined || later === undefined;
  if (before === undefined || after === undefined) {
    const isPlace = before === undefined ? wasThere : isThere;
    if (isNewRule) return ['rule'];
    return [isPlace(subject.account, subject.region) ? 'resource' : 'population'];
  }
  const isOther =
    before.itemHash !== after.itemHash || before.answerHashes.join() !== after.answerHashes.join();
  const causes: readonly (Cause | false)[] = [
    isUnseen(before) !== isUnseen(after) && 'evidence',
    isWaivedOtherwise(before, after) && 'waiver',
    !isNewRule && earlier.parametersHash !== later.parametersHash && 'parameter',
    isOther && 'resource',
    !isNewRule && earlier.codeHash !== later.codeHash && 'rule',
  ];
  const found = causes.filter((cause) => cause !== false);
  // What changed is then the record of another resource that this one depends on, or the time.
  return found.length > 0 ? found : ['resource'];
}
