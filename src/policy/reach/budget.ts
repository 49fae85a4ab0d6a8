// Far above what real policies need, and about a fiftieth of a second.
const wholeBudget = 200_000;

/**
 * How much work one question may take. A policy is written by strangers: what does not fit into the budget counts as open, never
 * as safe. One unit is about one look at one condition, or at one stretch of a glob.
 */
export class Budget {
  /** How many budgets were spent to the end so far, in this process. */
  static exhausted = 0;
  private left = wholeBudget;

  /** False once the budget is spent: then the answer has to be the open one. */
  spend(cost: number): boolean {
    const before = this.left;
    this.left -= cost;
    if (this.left >= 0) return true;
    if (before >= 0) Budget.exhausted++;
    return false;
  }

  get spent(): number {
    return wholeBudget - this.left;
  }

  /** For what only explains an answer that stands. */
  renew(): void {
    this.left = Math.max(this.left, wholeBudget / 2);
  }
}
