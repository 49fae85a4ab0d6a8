import { type Finding, Sharing, type Told } from '../engine/finding.ts';
import { named } from '../values/stand-in.ts';
import { jsonLine } from './json.ts';

/** What differs between findings that rest on one judgement: which subject, when, and what it was judged from. */
const OWN = ['id', 'subject', 'capturedAt', 'itemHash', 'observedAt', 'answerHashes'] as const;
type Row = Finding & Readonly<Partial<Record<(typeof OWN)[number], unknown>>>;

/** Stands in the line for what differs; in no line of others, because each process has another one. */
const MARK = `~${crypto.randomUUID()}~`;

/** A line in pieces, and which value comes behind each but the last. */
interface Pieces {
  readonly texts: readonly string[];
  readonly keys: readonly (typeof OWN)[number][];
}

/**
 * Writes findings as lines of JSON, of which the part that many share is made once.
 * @param shape what is written of a finding: it may change, move and add what is shared, but writes the rest as it is.
 */
export class SharedLines {
  readonly #shape: (finding: Finding) => object;
  readonly #pieces = new WeakMap<Told, Pieces>();
  readonly #texts = new Map<string, { value: unknown; text: string }>();

  constructor(shape: (finding: Finding) => object) {
    this.#shape = shape;
  }

  lineOf(finding: Finding): string {
    const told = Sharing.toldOf(finding);
    if (told === undefined) return jsonLine(this.#shape(finding));
    let pieces = this.#pieces.get(told);
    if (pieces === undefined) {
      pieces = this.#piecesOf(finding, told);
      this.#pieces.set(told, pieces);
    }
    const { texts, keys } = pieces;
    const { name } = finding.subject;
    let line = '';
    for (let index = 0; index < texts.length; index++) {
      const text = texts[index] ?? '';
      line += told.isNamed ? named(text, name) : text;
      const key = keys[index];
      if (key !== undefined) line += this.#textOf(key, (finding as Row)[key]);
    }
    return line;
  }

  /** The findings on one subject come one after the other, and say the same of it. */
  #textOf(key: string, value: unknown): string {
    const last = this.#texts.get(key);
    if (last !== undefined && last.value === value) return last.text;
    const text = textOf(value);
    this.#texts.set(key, { value, text });
    return text;
  }

  #piecesOf(finding: Finding, { judged }: Told): Pieces {
    const marks = OWN.filter((key) => Object.hasOwn(finding, key)).map((key) => [key, MARK + key]);
    const { message, evidence } = judged;
    const shared = { ...finding, message, ...(evidence && { evidence }) };
    const line = jsonLine(this.#shape({ ...shared, ...Object.fromEntries(marks) } as Finding));
    const parts = line.split(new RegExp(`"${MARK}([a-zA-Z]+)"`));
    return {
      texts: parts.filter((_, index) => index % 2 === 0),
      keys: parts.filter((_, index) => index % 2 === 1) as (typeof OWN)[number][],
    };
  }
}

/** The value as it stands in a line. Most are ids, hashes and times, which say the same in JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string' && /^[\w:.-]*$/.test(value)) return `"${value}"`;
  return Array.isArray(value) && value.length === 0 ? '[]' : jsonLine({ value }).slice(9, -1);
}
