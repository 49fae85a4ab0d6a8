import { signal } from '@preact/signals';
import { read, readJson, readKept } from './files.ts';
import type { Judgements } from './judgements.ts';
import { DETAIL_SIZE, FORMAT, type Index } from './shape.ts';
import type { Columns, Detail, Details, Evidence } from './tables.ts';

export const index = signal<Index | null>(null);
export const judgements = signal<Judgements | null>(null);
/** What went wrong while reading, in words. */
export const trouble = signal<string | null>(null);

/** Reads the index, and then what filters need. */
export async function load(): Promise<void> {
  try {
    const found = await readJson<Index>('index.json.gz');
    if (found.format !== FORMAT)
      throw new Error('The files were made for another version of this page.');
    index.value = found;
    // The overview is on the screen before the rest is asked for. A page that nobody sees has no frames.
    await Promise.race([
      new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
      new Promise((resolve) => setTimeout(resolve, 500)),
    ]);
    judgements.value = await loadJudgements(found);
  } catch (error) {
    trouble.value = error instanceof Error ? error.message : String(error);
  }
}

async function loadJudgements(found: Index): Promise<Judgements> {
  const [columns, cells] = await Promise.all([
    readJson<Columns>(`${found.folder}/subjects.json.gz`),
    read(`${found.folder}/outcomes.bin.gz`),
  ]);
  const size = columns.names.length;
  const accounts = new Uint32Array(size);
  for (const [position, { first, size: own }] of found.accounts.entries()) {
    accounts.fill(position, first, first + own);
  }
  return { index: found, columns, cells, size, accounts };
}

/** What is known of one subject. */
export async function detailOf(found: Judgements, subject: number): Promise<Detail> {
  const details = await readKept<Details>(detailFile(found, subject));
  const account = found.index.accounts[found.accounts[subject] ?? 0];
  const detail = details[(subject - (account?.first ?? 0)) % DETAIL_SIZE];
  if (!detail) throw new Error('The files of this run do not belong together.');
  return detail;
}

/** The file that holds the details of a subject. */
export function detailFile(
  { index: { accounts, folder }, accounts: at }: Judgements,
  subject: number,
) {
  const account = accounts[at[subject] ?? 0];
  const number =
    (account?.detail ?? 0) + Math.floor((subject - (account?.first ?? 0)) / DETAIL_SIZE);
  return `${folder}/detail/${number}.json.gz`;
}

/** The raw text with this hash and what fixes its findings, if the data set holds it; of what has no record by its position. */
export async function evidenceOf(
  { evidenceDigits, folder }: Index,
  key: string | number,
): Promise<Evidence[string]> {
  if (evidenceDigits === null) return {};
  const start = typeof key === 'number' ? 'none' : key.slice(0, evidenceDigits);
  const texts = await readKept<Evidence>(`${folder}/evidence/${start}.json.gz`);
  return texts[key] ?? {};
}

/** Whether the text has this hash, calculated here; null where the browser does not calculate hashes (pages that came over HTTP). */
export async function isHashOf(text: string, sha256: string): Promise<boolean | null> {
  if (!globalThis.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
  return hex === sha256;
}
