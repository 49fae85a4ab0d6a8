import type { Evidence } from '../../../dashboard/data/tables.ts';
import { accountItem } from '../../records/normalise.ts';
import type { Population } from '../population.ts';
import type { RunData } from '../run-data.ts';
import type { Fixes } from './fixes.ts';

/** A file of evidence is to hold about so many texts of 2 to 6 KB: a person waits for one file. */
const TEXTS_IN_A_FILE = 24;

export interface EvidenceFile {
  /** The hex digits that the hashes in it begin with. */
  readonly prefix: string;
  readonly texts: Evidence;
}

/**
 * The raw inputs, in files by the beginning of their hash, one at a time.
 * @throws Error when the rows are not in the order of their hashes, as the data set writes them.
 */
export async function* evidenceFiles(
  data: RunData,
  { subjects }: Population,
  fixes: Fixes,
): AsyncGenerator<EvidenceFile> {
  const digits = digitsFor(citations(data));
  const positions = new Map<string, number[]>();
  for (const [position, { itemHash }] of subjects.entries()) {
    if (itemHash === null) continue;
    const own = positions.get(itemHash);
    if (own) own.push(position);
    else positions.set(itemHash, [position]);
  }
  let prefix = '';
  let texts: Record<string, Evidence[string]> = {};
  for await (const { sha256, raw } of data.evidence()) {
    const start = sha256.slice(0, digits);
    if (!/^[0-9a-f]{64}$/.test(sha256) || start < prefix) {
      throw new Error(`The table evidence is not in the order of its hashes at ${sha256}.`);
    }
    if (start !== prefix && prefix !== '') {
      yield { prefix, texts };
      texts = {};
    }
    prefix = start;
    const own = await fixes.of(raw, positions.get(sha256) ?? []);
    texts[sha256] = { raw, ...(own ? { fixes: own } : {}) };
  }
  if (prefix !== '') yield { prefix, texts };
}

/** The fixes of what is known without a record of AWS Config; only of an account one can be computed. */
export async function fixesWithoutRecords(
  { run }: RunData,
  { subjects }: Population,
  fixes: Fixes,
): Promise<Evidence> {
  const found: Record<string, Evidence[string]> = {};
  for (const [position, { itemHash, subject }] of subjects.entries()) {
    if (itemHash !== null) continue;
    const isAccount = subject.type === 'AWS::::Account';
    const item = isAccount ? accountItem(subject.account, subject.region, run.evaluatedAt) : null;
    const own = await fixes.of(item, [position]);
    if (own) found[position] = { fixes: own };
  }
  return found;
}

/** About as many texts as subjects have configuration items, and half as many answers. */
const citations = ({ subjects }: RunData) =>
  1.5 * subjects.filter(({ itemHash }) => itemHash !== null).length;

const digitsFor = (texts: number) =>
  Math.max(1, Math.min(4, Math.ceil(Math.log(texts / TEXTS_IN_A_FILE) / Math.log(16))));
