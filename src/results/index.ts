export {
  DamagedDataSet,
  type DataSet,
  isDataSet,
  openDataSet,
  type Run,
} from './files/data-set.ts';
export { findingId } from './identity.ts';
export type * from './rows.ts';
export { daysIn, judgeDays } from './run/judge-days.ts';
export { type Judging, judgeInto } from './run/judge-into.ts';
export * from './tables.ts';
