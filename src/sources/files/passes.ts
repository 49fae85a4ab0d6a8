import type { ConfigurationItem } from '../../records/configuration-item.ts';
import type { CapturedAnswer } from '../captured-answers.ts';
import { Needless } from '../json/found.ts';
import type { Complain } from '../source.ts';
import type { RawItem, ReadOptions } from './read.ts';

/** One reading of all files. */
export interface Reading {
  readonly complain: Complain;
  readonly keep: (answer: CapturedAnswer, text: string, file: string) => void;
  readonly types: ReadonlySet<string> | undefined;
  /** Told of the records of other types. */
  readonly pass?: (raw: RawItem, item: ConfigurationItem) => void;
  /** Told of the records that do not count and do not say where their resource is, which are not given. */
  readonly meetUnplaced?: (item: ConfigurationItem) => void;
  readonly options: ReadOptions;
}

/** Notes that a record is of a type that nobody needs. */
export function noteNeedless(
  needless: Map<string, Needless>,
  { origin, ...found }: RawItem,
  { captureTime }: ConfigurationItem,
): void {
  const records = needless.get(origin.file) ?? new Needless();
  needless.set(origin.file, records);
  records.add({ index: origin.index, ...found }, captureTime);
}

/** The options of one pass over the files after the other, which together are one progress. */
export function passesOf(
  onProgress: NonNullable<ReadOptions['onProgress']>,
  needless: ReadonlyMap<string, Needless>,
) {
  let passes = 2;
  let done = 0;
  const next = (): ReadOptions => {
    const before = done++;
    return {
      ...(before > 0 ? { needless } : {}),
      onProgress: ({ bytesRead, bytesTotal, file }) =>
        onProgress({
          bytesRead: bytesRead + before * bytesTotal,
          bytesTotal: passes * bytesTotal,
          file,
        }),
    };
  };
  /** @param more passes than were expected. */
  const more = (count: number) => {
    passes += count;
  };
  return Object.assign(next, { more });
}
