import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Finding, STATES } from '../engine/finding.ts';
import { doubledKey } from '../values/doubled-key.ts';
import { isObject, type Json } from '../values/json.ts';
import { printable } from '../values/text.ts';

/** A finding as far as it is compared. */
export type Compared = Pick<
  Finding,
  'rule' | 'state' | 'messageId' | 'message' | 'severity' | 'subject'
>;

/** A file that does not hold findings, or not whole. */
export class NoFindings extends Error {
  override readonly name = 'NoFindings';
}

/**
 * The findings in a file that `evaluate` wrote as json or ndjson, or that a data set holds, also compressed with gzip. What other
 * programs have laid out anew is read as well.
 * @throws NoFindings naming file and line: half a file would be taken for the whole.
 */
export async function* findingsIn(file: string): AsyncGenerator<Compared> {
  let line = 0;
  let count = 0;
  let last = '';
  let isArray = false;
  let isEnvelopeOpen = false;
  const run = new OneRun();
  try {
    for await (const text of createInterface({ input: await bytesOf(file), crlfDelay: Infinity })) {
      line++;
      if (text.trim() === '') continue;
      last = text;
      isArray ||= line === 1 && OPENING.test(text);
      isEnvelopeOpen ||= line === 1 && text.startsWith('{"findings":[');
      const value = valueIn(text);
      // Not one finding in each line: another program has laid it out.
      if (value === NO_LINE && count === 0) return yield* documentIn(file);
      if (value === NO_LINE) throw new Error('the line is cut, or not JSON');
      if (value === undefined) {
        refuseDoubled(`{${TAIL.exec(text)?.[1] ?? ''}}`);
        continue;
      }
      if (Array.isArray(value) || isEnvelope(value)) return yield* documentIn(file);
      refuseDoubled(text.trim().replace(/,$/, ''));
      run.meet(value);
      if (isHead(value)) continue;
      yield findingOf(value);
      count++;
    }
    if (isArray && !(isEnvelopeOpen ? WITH_RUN : CLOSING).test(last))
      throw new Error('the file ends before the list does');
  } catch (error) {
    if (error instanceof NoFindings) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const at = line > 0 ? `, line ${line}` : '';
    const said = printable(reason.replace(/^E[A-Z]+: |, \w+ '.*'$/g, ''));
    throw new NoFindings(
      `${printable(file)}${at}: ${said}. Expected findings as --format json or ndjson writes them.`,
    );
  }
}

const NO_LINE = Symbol('not a line of its own');
const OPENING = /^(\{"findings":)?\[/;
const CLOSING = /^\]$/;
const TAIL = /^\]?,("run":.*)\}$/;
const WITH_RUN = /^\]?,"run":.*\}$/;

/** The value of a line: of ndjson, or of our json with its one finding a line. Undefined for a line that only opens or closes. */
function valueIn(text: string): unknown {
  const inner = text
    .trim()
    .replace(/^(\{"findings":)?\[$/, '')
    .replace(/^\]?(,"run":.*\})?$/, '')
    .replace(/,$/, '');
  if (inner === '') return undefined;
  try {
    return JSON.parse(inner);
  } catch {
    return NO_LINE;
  }
}

async function* documentIn(file: string): AsyncGenerator<Compared> {
  const parts: Buffer[] = [];
  for await (const part of await bytesOf(file)) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  const value: unknown = JSON.parse(text);
  refuseDoubled(text);
  const run = new OneRun();
  if (isEnvelope(value)) run.meet(value['run']);
  const list = isEnvelope(value) ? value['findings'] : value;
  if (!Array.isArray(list)) throw new Error('there is no list of findings');
  for (const each of list) {
    run.meet(each);
    yield findingOf(each);
  }
}

/** Two readers would read two things. @throws Error naming the key. */
function refuseDoubled(text: string): void {
  const key = doubledKey(text);
  if (key !== null) throw new Error(`the key "${key}" stands twice`);
}

/** Findings of two runs may say two things of one resource. */
class OneRun {
  #id: unknown;

  /** @param value a run or a finding. @throws Error where it is of another run than those before. */
  meet(value: unknown): void {
    const id = isObject(value) ? value['runId'] : undefined;
    if (typeof id !== 'string') return;
    this.#id ??= id;
    if (this.#id !== id)
      throw new Error(`the file holds findings of two runs, ${this.#id} and ${id}`);
  }
}

const isEnvelope = (value: unknown): value is Json =>
  isObject(value) && Array.isArray(value['findings']);

/** The first line of `--format ndjson`: the run. */
const isHead = (value: unknown) => isObject(value) && value['kind'] === 'run';

async function bytesOf(file: string): Promise<Readable> {
  const handle = await open(file);
  const start = Buffer.alloc(2);
  const { bytesRead } = await handle.read(start, 0, 2, 0).finally(() => handle.close());
  const isGzip = bytesRead === 2 && start[0] === 0x1f && start[1] === 0x8b;
  const bytes = createReadStream(file);
  if (!isGzip) return bytes;
  const plain = createGunzip();
  bytes.on('error', (error) => plain.destroy(error));
  return bytes.pipe(plain);
}

const TEXTS = ['rule', 'messageId', 'message', 'severity'] as const;
const NAMES = ['type', 'id', 'name', 'arn', 'account', 'region'] as const;

function findingOf(value: unknown): Compared {
  const subject = isObject(value) ? value['subject'] : undefined;
  const isFinding =
    isObject(value) &&
    isObject(subject) &&
    TEXTS.every((key) => typeof value[key] === 'string') &&
    NAMES.every((key) => typeof subject[key] === 'string') &&
    (STATES as readonly unknown[]).includes(value['state']);
  if (!isFinding) throw new Error('this is not a finding');
  return value as unknown as Compared;
}
