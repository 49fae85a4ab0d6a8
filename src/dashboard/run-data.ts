import type {
  AccountRow,
  ChangeRow,
  DifferenceRow,
  EvidenceRow,
  FindingRow,
  RegionRow,
  SubjectRow,
} from '../results/rows.ts';
import type { CatalogRow, RunRow, SettingsRow } from '../results/tables.ts';

/** What changed with a run. */
export interface PastRun {
  readonly at: string;
  readonly changes: readonly ChangeRow[];
}

/** One run of a results data set, and the runs before it: everything that a dashboard is made of. */
export interface RunData {
  readonly run: RunRow;
  /** The runs before this one, oldest first. */
  readonly earlier: readonly RunRow[];
  readonly accounts: readonly AccountRow[];
  readonly regions: readonly RegionRow[];
  readonly subjects: readonly SubjectRow[];
  readonly changes: readonly ChangeRow[];
  /** Where AWS Config holds other results. */
  readonly differences: readonly DifferenceRow[];
  /** The changes of this run and of those before it, newest first, as far back as they can be read. */
  past(): AsyncIterable<PastRun> | Iterable<PastRun>;
  readonly settings: SettingsRow;
  readonly catalog: CatalogRow;
  /** In any order; each is asked for once. Those of a subject are best together: then little is kept in memory. */
  findings(): AsyncIterable<FindingRow> | Iterable<FindingRow>;
  /** Whether raw inputs were kept. */
  readonly hasEvidence: boolean;
  /** In any order; fewest files are open when sorted by hash. */
  evidence(): AsyncIterable<EvidenceRow> | Iterable<EvidenceRow>;
}
