import type { Asff } from '../formats/asff.ts';

/** Security Hub API Reference, BatchImportFindings, BatchUpdateFindings and GetFindings. */
export const FINDINGS_PER_CALL = 100;
export const FILTER_VALUES = 20;

/** How many findings are written before the time is looked at again. */
export const SLICE = 1000;

const BYTES_PER_CALL = 6_000_000;

/** Some at a time. */
export function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** As many findings as one call takes, in number and in bytes. */
export function* batches(findings: readonly Asff[]): Generator<readonly Asff[]> {
  let batch: Asff[] = [];
  let bytes = 0;
  for (const finding of findings) {
    const size = Buffer.byteLength(JSON.stringify(finding)) + 1;
    if (batch.length === FINDINGS_PER_CALL || bytes + size > BYTES_PER_CALL - 1000) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(finding);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
