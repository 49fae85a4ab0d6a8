import type { Finding } from '../engine/finding.ts';
import { Summary } from '../formats/summary.ts';
import type { Settings } from '../settings/settings.ts';
import { unplacedWaivers, type Waiver } from '../settings/waiver.ts';

/** Counts findings as they pass by, and notes which waivers were of use. */
export class Tally {
  readonly summary = new Summary();
  /** Subjects that at least one rule judged. */
  subjects = 0;
  /** Accounts that a waiver by OU may be meant for, and that the settings place nowhere. */
  readonly unplaced = new Set<string>();
  readonly #used = new Set<string>();
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** @param findings all of one subject. */
  add(findings: readonly Finding[]): void {
    const { waivers, organization } = this.#settings;
    this.subjects++;
    for (const finding of findings) {
      this.summary.add(finding);
      if (finding.waiver !== undefined) this.#used.add(finding.waiver);
      const { account } = finding.subject;
      const unplaced = unplacedWaivers(waivers, finding.rule, account, organization.accounts);
      if (unplaced.length > 0) this.unplaced.add(account);
    }
  }

  /** Waivers of these rules that decided nothing. */
  idleWaivers(rules: readonly string[]): readonly Waiver[] {
    return this.#settings.waivers.filter(
      ({ id, rule }) => !this.#used.has(id) && rules.includes(rule),
    );
  }
}
