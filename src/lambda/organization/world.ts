import type { PageCode } from '../../dashboard/page-code.ts';
import type { Rule } from '../../engine/rule.ts';
import type { Release } from '../../release/release.ts';
import type { Judging } from '../../results/index.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ObjectStore } from './object-store.ts';
import type { Select } from './reported.ts';

/** What the function works with. */
export interface OrganizationWorld {
  /** The bucket that AWS Config delivers to. */
  readonly delivery: ObjectStore;
  /** What stands before `AWSLogs/` in its keys, with "/" at its end; may be empty. */
  readonly prefix: string;
  /** The bucket of the data set and the dashboard. */
  readonly data: ObjectStore;
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly release: Release;
  /** What the dashboard calls itself. */
  readonly title: string;
  readonly pageCode: () => Promise<PageCode>;
  /** The accounts of the deployment, as AWS Organizations lists them. */
  readonly accounts: () => Promise<NonNullable<Judging['known']>>;
  /** Asks the aggregator of AWS Config; null where no account has our rules. */
  readonly select: Select | null;
  /** The bucket of the history; null where none is kept. */
  readonly history: ObjectStore | null;
  /** A folder of its own, which is emptied before and after. */
  readonly work: string;
  /** How many bytes of delivered files fit into that folder, beside what is made of them. */
  readonly capacity: number;
  readonly now: () => Date;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}
