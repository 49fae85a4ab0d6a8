import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { Source } from '../sources/source.ts';
import type { Assessed, Assessment, ParametrisedRule } from './assessment.ts';
import { type Judges, JudgesByPlace } from './judges.ts';
import { assessNewest } from './rivals.ts';

/** How many records are asked about at the same time. */
const AT_ONCE = 8;

/**
 * The one composition of source, rules and settings: the command line, the functions and every output judge by it. Findings
 * come in the order of the records, then of the rules; a record that no rule judges is left out. What goes wrong on one
 * record is the failure of its findings and keeps no other record from being judged.
 * @throws what the source throws, after all records that it gave.
 */
export async function* assess(
  source: Source,
  rules: readonly ParametrisedRule[],
  assessment: Assessment,
): AsyncGenerator<Assessed> {
  const places = new JudgesByPlace(rules, assessment);
  for await (const batch of inBatches(source.items(), AT_ONCE)) {
    const fitting: { readonly item: ConfigurationItem; readonly judges: Judges }[] = [];
    for (const item of batch) {
      if (assessment.wants?.(item) === false) continue;
      const judges = places.of(item);
      if (judges.list.length > 0) fitting.push({ item, judges });
    }
    const unprepared = await prepared(
      source,
      fitting.map(({ item }) => item),
    );
    const assessed = fitting.map(({ item, judges }) =>
      assessNewest(item, judges, { source, assessment, error: unprepared.get(item) }),
    );
    for (const each of assessed) yield each instanceof Promise ? await each : each;
  }
}

/** Prepares a batch, and when that fails each item by itself. Answers what the source could not be prepared for, and why. */
async function prepared(
  source: Source,
  items: readonly ConfigurationItem[],
): Promise<ReadonlyMap<ConfigurationItem, unknown>> {
  const failed = new Map<ConfigurationItem, unknown>();
  const prepare = async (some: readonly ConfigurationItem[], onError: (error: unknown) => void) => {
    try {
      await source.prepare?.(some);
    } catch (error) {
      onError(error);
    }
  };
  if (source.prepare === undefined) return failed;
  let isWhole = true;
  await prepare(items, () => {
    isWhole = false;
  });
  if (isWhole) return failed;
  for (const item of items) await prepare([item], (error) => failed.set(item, error));
  return failed;
}

/** @throws what the iteration throws, after a last batch of what came before. */
async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  const errors: unknown[] = [];
  try {
    for await (const item of items) {
      batch.push(item);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    errors.push(error);
  }
  if (batch.length > 0) yield batch;
  for (const error of errors) throw error;
}
