import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { bucketOf } from './bucket.ts';
import { SETTINGS } from './organization.ts';
import { otherRecord, surroundings } from './others.ts';
import { Random } from './random.ts';

export interface Size {
  readonly buckets: number;
  /** The share of buckets whose settings come from a module. */
  readonly modules: number;
  /** Records of other types after each bucket. */
  readonly others?: number;
}

/** Writes snapshot.json.gz, as AWS Config delivers it, and settings.yaml into a folder. The same size gives the same bytes. */
export async function writeSnapshot(folder: string, { buckets, modules, others = 0 }: Size) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.yaml'), SETTINGS);
  const file = join(folder, 'snapshot.json.gz');
  const gzip = createGzip();
  const written = once(gzip.pipe(createWriteStream(file)), 'finish');
  const write = async (text: string) => {
    if (!gzip.write(text)) await once(gzip, 'drain');
  };
  const random = new Random();
  await write('{"fileVersion":"1.0","configSnapshotId":"bench","configurationItems":[');
  let text = [...surroundings()].map((each) => JSON.stringify(each)).join(',');
  for (let n = 0; n < buckets; n++) {
    text += `,${JSON.stringify(bucketOf(n, { modules }, random))}`;
    for (let k = 0; k < others; k++) text += `,${JSON.stringify(otherRecord(n + k, random))}`;
    if (text.length < 1_000_000) continue;
    await write(text);
    text = '';
  }
  await write(`${text}]}`);
  gzip.end();
  await written;
  return file;
}
