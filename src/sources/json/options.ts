import type { Needless } from './found.ts';
import type { JsonProblem } from './window.ts';

/** How records are read from JSON. */
export interface JsonItemsOptions {
  /** The largest value in bytes, for tests. */
  readonly largest?: number;
  /** Whether to try the shortcut past the byte scan, for tests; the items are the same. */
  readonly guess?: boolean;
  /** Records that are passed over unread: they are not given, but counted. */
  readonly needless?: Needless | undefined;
  /** Told of a line of NDJSON that is no record, after which the next line is read; without it the problem is thrown. */
  readonly onBadLine?: (problem: JsonProblem) => Promise<void>;
}
