import type { Unread } from '../records/reading.ts';

const LOGS: Unread = {
  unavailable: 'records that say which logs arrive contradict each other, or do not count',
};
const NONE: ReadonlySet<string> = new Set();

/** What is said of other resources by only some of the records of a resource that may be its newest, or by one that does not count. */
export class Contested {
  /** By bucket: from which account and Region logs may arrive, or from any. */
  readonly #logs = new Map<string, Set<string | undefined>>();
  readonly #aliases = new Map<string, Set<string>>();

  logsTo(bucket: string, from: string): Unread | undefined {
    const contested = this.#logs.get(bucket);
    return contested?.has(from) || contested?.has(undefined) ? LOGS : undefined;
  }

  /** Names of aliases, and ids of the keys that they may be for, of one account and Region. */
  aliasesOf(scope: string): ReadonlySet<string> {
    return this.#aliases.get(scope) ?? NONE;
  }

  addLogs(bucket: string, sources: readonly { readonly from?: string }[]): void {
    const known = this.#logs.get(bucket) ?? new Set();
    for (const { from } of sources) known.add(from);
    this.#logs.set(bucket, known);
  }

  /** @param arns of an alias, and of the keys that it may be for. */
  addAlias(scope: string, arns: Iterable<string>): void {
    const known = this.#aliases.get(scope) ?? new Set();
    for (const arn of arns) known.add(arn.slice(arn.lastIndexOf(':') + 1).replace(/^key\//, ''));
    this.#aliases.set(scope, known);
  }
}
