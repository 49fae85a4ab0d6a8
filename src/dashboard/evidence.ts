import type { RunData } from './run-data.ts';

/** A file of evidence is to hold about so many texts of 2 to 6 KB: a person waits for one file. */
const TEXTS_IN_A_FILE = 24;

export interface EvidenceFile {
  /** The hex digits that the hashes in it begin with. */
  readonly prefix: string;
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * The raw inputs, in files by the beginning of their hash, one at a time.
 * @throws Error when the rows are not in the order of their hashes, as the data set writes them.
 */
export async function* evidenceFiles(data: RunData): AsyncGenerator<EvidenceFile> {
  const digits = digitsFor(citations(data));
  let prefix = '';
  let texts: Record<string, string> = {};
  for await (const { sha256, raw } of data.evidence()) {
    const own = sha256.slice(0, digits);
    if (!/^[0-9a-f]{64}$/.test(sha256) || own < prefix) {
      throw new Error(`The table evidence is not in the order of its hashes at ${sha256}.`);
    }
    if (own !== prefix && prefix !== '') {
      yield { prefix, texts };
      texts = {};
    }
    prefix = own;
    texts[sha256] = raw;
  }
  if (prefix !== '') yield { prefix, texts };
}

/** About as many texts as subjects have configuration items, and half as many answers. */
const citations = ({ subjects }: RunData) =>
  1.5 * subjects.filter(({ itemHash }) => itemHash !== null).length;

const digitsFor = (texts: number) =>
  Math.max(1, Math.min(4, Math.ceil(Math.log(texts / TEXTS_IN_A_FILE) / Math.log(16))));
