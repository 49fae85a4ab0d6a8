import { type Finding, STATES, type State } from '../engine/finding.ts';
import type { Severity } from '../engine/rule.ts';
import type { Groups } from './groups.ts';
import type { Reported } from './reported.ts';

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Findings counted as they pass by. It keeps the worst of them, and its size depends on the rules and accounts, not on the findings. */
export class Summary {
  readonly #byRule = new Map<string, { severity: Severity; counts: Record<State, number> }>();
  readonly #byAccount = new Map<string, Record<State, number>>();
  readonly #total = zero();
  readonly #worst: Reported[] = [];
  readonly #keep: number;
  /** Findings of the baseline that are still open, and do not fail the run. */
  known = 0;
  /** Findings of the baseline that still could not be assessed. A baseline excuses failures; it is no evidence. */
  knownUnknown = 0;
  /** What else was counted, by what the user asked for. */
  readonly groups: readonly Groups[];

  /** @param keep how many of the worst findings to hold. */
  constructor(keep = 25, groups: readonly Groups[] = []) {
    this.#keep = keep;
    this.groups = groups;
  }

  add(finding: Reported): void {
    const rule = this.#byRule.get(finding.rule) ?? { severity: finding.severity, counts: zero() };
    const account = this.#byAccount.get(finding.subject.account) ?? zero();
    for (const counts of [rule.counts, account, this.#total]) counts[finding.state]++;
    this.#byRule.set(finding.rule, rule);
    this.#byAccount.set(finding.subject.account, account);
    if (finding.state !== 'FAIL' && finding.state !== 'UNKNOWN') return;
    const isKnown = finding.baseline === 'known';
    if (isKnown && finding.state === 'UNKNOWN') this.knownUnknown++;
    if (isKnown && finding.state === 'FAIL') this.known++;
    else this.#keepIfWorst(finding);
  }

  get total(): Readonly<Record<State, number>> {
    return this.#total;
  }

  /** By severity, then by name. */
  get rules() {
    return [...this.#byRule]
      .map(([rule, { severity, counts }]) => ({ rule, severity, counts }))
      .sort((a, b) => rank(a.severity) - rank(b.severity) || compare(a.rule, b.rule));
  }

  /** The accounts with the most failures first. */
  get accounts() {
    return [...this.#byAccount]
      .map(([account, counts]) => ({ account, counts }))
      .sort((a, b) => b.counts.FAIL - a.counts.FAIL || compare(a.account, b.account));
  }

  /** FAIL and UNKNOWN, the most severe first; at most as many as are kept. */
  get worst(): readonly Reported[] {
    return this.#worst;
  }

  #keepIfWorst(finding: Reported): void {
    const last = this.#worst.at(-1);
    if (this.#worst.length >= this.#keep && last && byUrgency(finding, last) >= 0) return;
    const at = this.#worst.findIndex((other) => byUrgency(finding, other) < 0);
    this.#worst.splice(at === -1 ? this.#worst.length : at, 0, finding);
    if (this.#worst.length > this.#keep) this.#worst.pop();
  }
}

export const rank = (severity: Severity) => SEVERITIES.indexOf(severity);

function byUrgency(a: Finding, b: Finding): number {
  return (
    rank(a.severity) - rank(b.severity) ||
    compare(a.rule, b.rule) ||
    compare(a.subject.account, b.subject.account) ||
    compare(a.subject.name, b.subject.name)
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function zero(): Record<State, number> {
  return Object.fromEntries(STATES.map((state) => [state, 0])) as Record<State, number>;
}
