import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isObject, optionalTime } from '../../values/json.ts';
import { GLOBAL_REGION, isRegion } from '../../values/region.ts';
import { COLLECTED } from './files.ts';
import type { Delivery } from './snapshot-files.ts';

/** Names of the files that a collection writes: a folder for each account, and a file for each Region. */
const FILE = /(\d{12})[/\\]([a-z0-9-]+)\.ndjson$/;

/** What a file of a complete collection from a live account is: as whole as a snapshot, which it stands for. Null for other files. */
export async function collectionOf(path: string): Promise<Delivery | null> {
  const [, account, region = ''] = FILE.exec(path) ?? [];
  if (account === undefined || !(region === GLOBAL_REGION || isRegion(region))) return null;
  try {
    const state: unknown = JSON.parse(
      await readFile(join(dirname(dirname(path)), COLLECTED), 'utf8'),
    );
    if (!isObject(state) || state['isComplete'] !== true) return null;
    const at = optionalTime(state['at'], 'at');
    return at === null ? null : { account, region, kind: 'snapshot', at, snapshotId: null };
  } catch {
    // A file that happens to be called so, or one whose folder says nothing that can be read.
    return null;
  }
}
