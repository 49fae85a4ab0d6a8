export { isRecorded } from '../assessment/runs-in.ts';
export { canonicalJson, sha256 } from './canonical.ts';
export {
  DamagedDataSet,
  type DataSet,
  isDataSet,
  openDataSet,
  type Run,
} from './files/data-set.ts';
export { linesOf } from './files/lines.ts';
export { SortedRows } from './files/sorted-rows.ts';
export type { Differing, Elsewhere, Held, Lacking } from './held/elsewhere.ts';
export { findingId, subjectKey, uuidOf } from './identity.ts';
export { OF_THE_PAST } from './population/place.ts';
export type * from './rows.ts';
export { ruleHashes, rulesHash } from './run/head.ts';
export { daysIn, judgeDays } from './run/judge-days.ts';
export { type Judging, judgeInto, RESULTS } from './run/judge-into.ts';
export * from './tables.ts';
