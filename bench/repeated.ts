import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { RunRow } from '../src/results/index.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Hashes of records, by copy and hash of the original. */
type Hashes = ReadonlyMap<string, string>[];

/**
 * Repeats every row of a data set of bench accounts so many times, each time under other account ids and names of buckets, in its
 * place: a large data set for the price of a small one. Records get the hashes of what they say then.
 */
export async function repeatDataSet(folder: string, times: number): Promise<void> {
  const hashes: Hashes = Array.from({ length: times }, () => new Map());
  await eachFile(folder, 'evidence', async (lines, write) => {
    for await (const line of lines) {
      const row = JSON.parse(line);
      for (const [copy, known] of hashes.entries()) {
        const raw = renamed(row.raw, copy);
        const hash = sha256(raw);
        (known as Map<string, string>).set(row.sha256, hash);
        await write(JSON.stringify({ ...row, raw, sha256: hash }));
      }
    }
  });
  for (const table of ['accounts', 'regions', 'subjects', 'findings', 'changes']) {
    await eachFile(folder, table, async (lines, write) => {
      const all: string[] = [];
      for await (const line of lines) all.push(line);
      for (const [copy, known] of hashes.entries())
        for (const line of all) await write(withHashes(renamed(line, copy), known));
    });
  }
  await eachFile(folder, 'run', async (lines, write) => {
    for await (const line of lines)
      await write(JSON.stringify(multiplied(JSON.parse(line), times)));
  });
}

/** Accounts of the bench are 100000000000 and up, and their buckets eh-<number>-…; a copy has the next million. */
const renamed = (text: string, copy: number) =>
  copy === 0
    ? text
    : text
        .replace(
          /\b1000000(\d{5})\b/g,
          (_, digits) => `1000${String(copy).padStart(3, '0')}${digits}`,
        )
        .replace(/\beh-(\d+)-/g, (_, digits) => `eh-${copy}x${digits}-`)
        .replace(
          /"id":"([0-9a-f]{8})-/g,
          (_, digits) => `"id":"${sha256(copy + digits).slice(0, 8)}-`,
        );

const withHashes = (line: string, known: ReadonlyMap<string, string>) =>
  line.replace(/"itemHash":"([0-9a-f]{64})"/g, (_, hash) => `"itemHash":"${known.get(hash)}"`);

function multiplied(run: RunRow, times: number): RunRow {
  const by = <T>(value: T): T =>
    (typeof value === 'number'
      ? value * times
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, by(each)]))
        : value) as T;
  const { settings, catalog, ...rows } = run.rows;
  return {
    ...run,
    rules: run.rules.map((rule) => ({
      ...rule,
      subjects: by(rule.subjects),
      states: by(rule.states),
    })),
    ...{ notAssessed: by(run.notAssessed), subjects: by(run.subjects), findings: by(run.findings) },
    states: by(run.states),
    rows: { ...by(rows), settings: settings ?? 1, catalog: catalog ?? 1 },
  };
}

type Rewrite = (
  lines: AsyncIterable<string>,
  write: (line: string) => Promise<void>,
) => Promise<void>;

async function eachFile(folder: string, table: string, rewrite: Rewrite): Promise<void> {
  for (const date of await readdir(join(folder, table))) {
    for (const name of await readdir(join(folder, table, date))) {
      const path = join(folder, table, date, name);
      const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()) });
      const gzip = createGzip({ level: 1 });
      const out = gzip.pipe(createWriteStream(`${path}.new`));
      await rewrite(lines, async (line) => {
        if (!gzip.write(`${line}\n`)) await new Promise((resolve) => gzip.once('drain', resolve));
      });
      gzip.end();
      await finished(out);
      await rename(`${path}.new`, path);
    }
  }
}
