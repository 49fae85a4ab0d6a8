import type {
  AccountRow,
  CatalogRow,
  EvidenceRow,
  RunRow,
  SettingsRow,
  SubjectRow,
  TableName,
  Tables,
} from '../results/index.ts';
import type { RunTables } from './period/history.ts';

/** Every table of one run. */
export interface FullRun extends RunTables {
  accounts(): AsyncIterable<AccountRow>;
  subjects(): AsyncIterable<SubjectRow>;
  evidence(): AsyncIterable<EvidenceRow>;
  settings(): Promise<SettingsRow>;
  catalog(): Promise<CatalogRow>;
  /** The same run with its names, where this one is redacted. */
  readonly unredacted?: FullRun;
}

/** A run as a data set gives it. */
interface Given {
  readonly row: RunRow;
  rows<T extends TableName>(table: T): AsyncIterable<Tables[T]>;
}

/** The tables of a run by name. */
export const fullRun = ({ row, rows }: Given): FullRun => ({
  run: row,
  accounts: () => rows('accounts'),
  regions: () => rows('regions'),
  subjects: () => rows('subjects'),
  findings: () => rows('findings'),
  changes: () => rows('changes'),
  evidence: () => rows('evidence'),
  settings: () => only(rows('settings')),
  catalog: () => only(rows('catalog')),
});

async function only<T>(rows: AsyncIterable<T>): Promise<T> {
  for await (const row of rows) return row;
  throw new Error('The table of the run has no row.');
}
