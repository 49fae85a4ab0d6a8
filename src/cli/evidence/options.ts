import { readFile } from 'node:fs/promises';
import { reasonOf, UsageError } from '../io.ts';

/** A day (its first moment in UTC) or a time with its zone, as ISO in UTC. @throws UsageError */
export function timeOf(text: string, option: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const hasZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const time = new Date(text);
  const isReal = !Number.isNaN(time.getTime()) && (!isDay || time.toISOString().startsWith(text));
  if ((isDay || hasZone) && isReal) return time.toISOString();
  throw new UsageError(
    `${option}: "${text}" is not a valid date or time. Use the form 2026-01-31 or 2026-01-31T12:00:00Z.`,
  );
}

/** @throws UsageError naming the option when the file cannot be read. */
export async function fileOf(path: string, option: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`${option} ${path} cannot be read: ${reasonOf(error)}.`);
  }
}

const DAY = 86_400_000;

/** The period of two options: a last day belongs to it, a last time does not. @throws UsageError */
export function periodOf(from: string, to: string): { readonly from: string; readonly to: string } {
  const first = timeOf(from, '--from');
  const last = timeOf(to, '--to');
  const end = to.length === 10 ? new Date(Date.parse(last) + DAY).toISOString() : last;
  if (first < end) return { from: first, to: end };
  throw new UsageError(`--to ${to} is not after --from ${from}.`);
}
