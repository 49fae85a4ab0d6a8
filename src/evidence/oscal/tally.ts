import type { State } from '../../engine/finding.ts';
import type { FindingRow } from '../../results/index.ts';
import { uuidOf } from './ids.ts';

/** Findings of one rule with one message that need attention. */
export interface Group {
  readonly rule: string;
  readonly messageId: string;
  readonly state: State;
  readonly severity: FindingRow['severity'];
  /** The waiver that holds; null where none does. */
  readonly waiver: string | null;
  /** The ids of the findings, which are those of the observations. */
  readonly findings: string[];
}

type Counts = Record<State, number>;
const none = (): Counts => ({ PASS: 0, FAIL: 0, NOT_APPLICABLE: 0, WAIVED: 0, UNKNOWN: 0 });

/** What the documents say of all findings together, gathered as the rows pass by. Its size grows with the findings that do not pass. */
export class Tally {
  readonly #groups = new Map<string, Group>();
  /** requirement → rule → states, of the rows that speak for the requirement. */
  readonly #objectives = new Map<string, Map<string, Counts>>();
  readonly rules = new Map<string, Counts>();

  add(row: FindingRow): void {
    const ofRule = this.rules.get(row.rule) ?? none();
    ofRule[row.state]++;
    this.rules.set(row.rule, ofRule);
    for (const requirement of row.requirements) {
      const rules = this.#objectives.get(requirement) ?? new Map<string, Counts>();
      const counts = rules.get(row.rule) ?? none();
      counts[row.state]++;
      rules.set(row.rule, counts);
      this.#objectives.set(requirement, rules);
    }
    if (isOpen(row.state)) this.#group(row).findings.push(row.id);
  }

  /** States of the findings that speak for a requirement; all zero where none does. */
  objective(requirement: string, rule: string): Readonly<Counts> {
    return this.#objectives.get(requirement)?.get(rule) ?? none();
  }

  /** In the order of rules, messages and waivers. */
  get groups(): readonly Group[] {
    return [...this.#groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  }

  #group(row: FindingRow): Group {
    const { rule, messageId, state, severity } = row;
    const waiver = row.waiver ?? null;
    const key = JSON.stringify([rule, messageId, state, waiver]);
    const known = this.#groups.get(key);
    const group = known ?? { rule, messageId, state, severity, waiver, findings: [] };
    this.#groups.set(key, group);
    return group;
  }
}

/** States that an observation of its own stands for; of the others there is one observation for each rule. */
export const isOpen = (state: State): boolean =>
  state === 'FAIL' || state === 'UNKNOWN' || state === 'WAIVED';

export const riskId = ({ rule, messageId, state, waiver }: Group): string =>
  uuidOf('risk', rule, messageId, state, waiver ?? '');

export const passesId = (rule: string): string => uuidOf('passes', rule);
