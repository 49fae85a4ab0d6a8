import { gunzipSync } from 'node:zlib';
import type { Judgements } from '../../dashboard/data/judgements.ts';
import type { Index } from '../../dashboard/data/shape.ts';
import type { Columns, Details } from '../../dashboard/data/tables.ts';
import { rules } from '../../rules/index.ts';
import { dataFiles } from '../../src/dashboard/build.ts';
import type { RunData } from '../../src/dashboard/run-data.ts';

/** The files of a dashboard, read as the page reads them. */
export async function opened(data: RunData) {
  const files = new Map<string, Uint8Array>();
  for await (const { name, bytes } of dataFiles(data, { title: 'Test', rules })) {
    files.set(name, bytes);
  }
  const unpacked = (name: string) => {
    const bytes = files.get(`data/${name}`);
    if (!bytes) throw new Error(`There is no data/${name}.`);
    return gunzipSync(bytes);
  };
  const json = <T>(name: string): T => JSON.parse(unpacked(name).toString('utf8'));
  const index = json<Index>('index.json.gz');
  const columns = json<Columns>(`${index.folder}/subjects.json.gz`);
  const size = columns.names.length;
  const accounts = new Uint32Array(size);
  for (const [at, { first, size: own }] of index.accounts.entries()) {
    accounts.fill(at, first, first + own);
  }
  const cells = new Uint8Array(unpacked(`${index.folder}/outcomes.bin.gz`));
  const judgements: Judgements = { index, columns, cells, size, accounts };
  const details = (file: number) => json<Details>(`${index.folder}/detail/${file}.json.gz`);
  return { files, index, columns, judgements, details, json };
}
