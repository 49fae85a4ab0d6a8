import type { ParametrisedRule } from '../../assessment/assessment.ts';
import { identityOf } from '../../assessment/subject.ts';
import { type Finding, Sharing, verdictForConfig } from '../../engine/finding.ts';
import { type Strengths, strengthsOf } from '../../engine/requirement.ts';
import type { Rule } from '../../engine/rule.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import type { Settings } from '../../settings/settings.ts';
import { isObject } from '../../values/json.ts';
import type { Assessed, DifferenceRow, FindingRow, SubjectRow } from '../rows.ts';
import type { Evidence } from './evidence-log.ts';

/** A finding before it is compared with the run before. */
export type Judged = Omit<FindingRow, 'stateSince' | 'firstFailedAt' | 'lastFailedAt'>;
export type JudgedSubject = Omit<SubjectRow, 'runId'>;

/** Where the rows of a run go as they are made, in any order. */
export interface Sink {
  subject(subject: JudgedSubject, findings: readonly Judged[]): Promise<void>;
  evidence(evidence: Evidence): Promise<void>;
  difference(row: DifferenceRow): Promise<void>;
}

/** How strongly messages support requirements, worked out once for each: under the parameters of one run it stays the same. */
export class StrengthTable {
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #known = new Map<string, Strengths>();

  constructor(rules: readonly ParametrisedRule[]) {
    this.#rules = new Map(rules.map(({ rule }) => [rule.id, rule]));
  }

  of({ rule, messageId, requirements }: Finding): Strengths {
    const key = `${rule} ${messageId}`;
    const known =
      this.#known.get(key) ?? strengthsOf(this.#rules.get(rule)?.requirements ?? {}, requirements);
    this.#known.set(key, known);
    return known;
  }
}

/** A finding with what the run adds. A class, because there are millions of them, each with the same keys. */
class JudgedFinding extends Sharing implements Judged {
  readonly runId: string;
  readonly id: string;
  readonly rule: string;
  readonly verdict: Judged['verdict'];
  readonly state: Judged['state'];
  readonly messageId: string;
  readonly message: string;
  readonly severity: Judged['severity'];
  readonly subject: Judged['subject'];
  readonly requirements: Judged['requirements'];
  readonly capturedAt: string | null;
  declare readonly evidence?: NonNullable<Judged['evidence']>;
  declare readonly waiver?: string;
  declare readonly waiverTerms?: NonNullable<Judged['waiverTerms']>;
  readonly verdictForConfig: Judged['verdictForConfig'];
  readonly strengths: Strengths;
  readonly itemHash: string | null;
  readonly observedAt: string | null;
  readonly answerHashes: readonly string[];

  constructor(finding: Finding, strengths: Strengths, from: Origin) {
    super(Sharing.toldOf(finding));
    this.runId = from.runId;
    this.id = from.id;
    this.rule = finding.rule;
    this.verdict = finding.verdict;
    this.state = finding.state;
    this.messageId = finding.messageId;
    this.message = finding.message;
    this.severity = finding.severity;
    this.subject = finding.subject;
    this.requirements = finding.requirements;
    this.capturedAt = finding.capturedAt;
    if (finding.evidence !== undefined) this.evidence = finding.evidence;
    if (finding.waiver !== undefined) this.waiver = finding.waiver;
    if (finding.waiverTerms !== undefined) this.waiverTerms = finding.waiverTerms;
    this.verdictForConfig = verdictForConfig(finding);
    this.strengths = strengths;
    this.itemHash = from.itemHash;
    this.observedAt = from.observedAt;
    this.answerHashes = from.answerHashes;
  }
}

/** Which run a finding is of, and what it was judged from. */
type Origin = Pick<FindingRow, 'runId' | 'id' | 'itemHash' | 'answerHashes' | 'observedAt'>;

export const judgedOf = (finding: Finding, strengths: Strengths, from: Origin): Judged =>
  new JudgedFinding(finding, strengths, from);

/** Whether a subject was judged by all rules that are for it, and why not. */
export function assessmentOf(
  findings: readonly Finding[],
): Pick<SubjectRow, 'assessed' | 'reason'> {
  const unseen = findings.filter(({ messageId }) => messageId === 'evidenceUnavailable');
  const [first] = unseen;
  if (first === undefined) return { assessed: 'yes', reason: null };
  const assessed: Assessed = unseen.length === findings.length ? 'no' : 'partly';
  const reason = `${unseen.length} of ${findings.length} rules lack evidence: ${first.message}`;
  return { assessed, reason };
}

/** Where an account is in the organization, as far as the settings say. */
export const ouOf = (
  account: string,
  { organization: { accounts } }: Pick<Settings, 'organization'>,
): string | null => (Object.hasOwn(accounts, account) ? (accounts[account] ?? null) : null);

/** The row of a subject. */
export function rowOf(
  item: ConfigurationItem,
  settings: Pick<Settings, 'organization'>,
  more: Pick<
    SubjectRow,
    'knownFrom' | 'assessed' | 'reason' | 'states' | 'itemHash' | 'observedAt'
  >,
): JudgedSubject {
  const { account, created, captureTime: capturedAt, status } = item;
  const { knownFrom, itemHash, observedAt, assessed, reason, states } = more;
  return {
    subject: identityOf(item),
    ou: ouOf(account, settings),
    knownFrom,
    created,
    deleted: status.startsWith('ResourceDeleted'),
    tags: tagsOf(item),
    ...{ itemHash, capturedAt, observedAt },
    ...{ assessed, reason, states },
  };
}

/** The tags of a record as AWS Config writes them: a map, a list of keys and values, or those of the bucket. */
function tagsOf({ tags, supplementary }: ConfigurationItem): Record<string, string> {
  const found = new Map<string, string>();
  const add = (key: unknown, value: unknown) => {
    if (typeof key === 'string' && typeof value === 'string') found.set(key, value);
  };
  const addAll = (holder: unknown) => {
    if (Array.isArray(holder)) {
      for (const tag of holder) if (isObject(tag)) add(tag['key'], tag['value']);
    } else if (isObject(holder)) {
      for (const [key, value] of Object.entries(holder)) add(key, value);
    }
  };
  addAll(tags);
  const own = supplementary?.['BucketTaggingConfiguration'];
  for (const set of isObject(own) && Array.isArray(own['tagSets']) ? own['tagSets'] : []) {
    if (isObject(set)) addAll(set['tags']);
  }
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}
