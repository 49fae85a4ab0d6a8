import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rules } from '../../rules/index.ts';
import type { Finding } from '../engine/finding.ts';
import type { RuleWords } from '../engine/rule.ts';
import { type Asff, asffOf } from '../formats/asff.ts';
import { jsonLine } from '../formats/json.ts';
import { ocsfOf } from '../formats/ocsf.ts';
import type { Summary } from '../formats/summary.ts';
import { summaryTable } from '../formats/table.ts';
import { GLOBAL_REGION } from '../services/services.ts';
import type { Settings } from '../settings/settings.ts';
import { partitionOf } from '../values/partition.ts';
import { type Io, UsageError, write } from './io.ts';

export const FORMATS = ['table', 'json', 'ndjson', 'asff', 'ocsf'] as const;
export type Format = (typeof FORMATS)[number];

/** Where findings go, one by one as they are made. */
export interface Report {
  add(finding: Finding): Promise<void>;
  /** Hands on what is still held back: nothing that was found may be lost when the work breaks off. */
  flush(): Promise<void>;
  end(summary: Summary): Promise<void>;
}

/** What formats say beyond the finding. */
export interface ReportContext {
  /** The time of the evaluation (ISO). */
  readonly now: string;
  readonly settings: Settings;
  /** Where docs/rules is published. */
  readonly pages?: string | undefined;
}

/** Opens what findings go to. @param now the time of the evaluation (ISO). */
export type OpenReport = (now: string, settings: Settings) => Promise<Report>;

/** @param file where to write instead of standard output. @throws UsageError when it cannot be written. */
export async function openReport(
  format: Format,
  file: string | undefined,
  io: Io,
  context: ReportContext,
): Promise<Report> {
  const stream = file === undefined ? io.stdout : await openFile(file);
  const chunks = new Chunks(stream);
  const report = REPORTS[format](chunks, context);
  return {
    add: (finding) => report.add(finding),
    flush: () => chunks.flush(),
    async end(summary) {
      await report.end(summary);
      await chunks.flush();
      if (file === undefined) return;
      stream.end();
      await once(stream, 'finish');
    },
  };
}

/** Gathers lines into few writes: one for each finding costs more than judging it. */
class Chunks {
  readonly #stream: NodeJS.WritableStream;
  #text = '';

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  async write(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length >= CHUNK) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (text !== '') await write(this.#stream, text);
  }
}

const CHUNK = 65_536;

async function openFile(file: string): Promise<NodeJS.WritableStream> {
  const stream = createWriteStream(file);
  try {
    await once(stream, 'open');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--output ${file} cannot be written: ${reason}`);
  }
  return stream;
}

const REPORTS: Readonly<
  Record<Format, (chunks: Chunks, context: ReportContext) => Omit<Report, 'flush'>>
> = {
  table: (chunks) => ({
    add: async () => {},
    end: (summary) => chunks.write(summaryTable(summary)),
  }),
  ndjson: (chunks) => lines(chunks, (finding) => finding),
  ocsf: (chunks, { now: at, settings, pages: pagesUrl }) =>
    lines(chunks, (finding) => ocsfOf(finding, { ...placeOf(finding, settings), at, pagesUrl })),
  json: (chunks) => array(chunks, (finding) => finding),
  asff: (chunks, context) => array(chunks, (finding) => asffFor(finding, context)),
};

function lines(chunks: Chunks, shape: (finding: Finding) => object): Omit<Report, 'flush'> {
  return {
    add: (finding) => chunks.write(`${jsonLine(shape(finding))}\n`),
    end: async () => {},
  };
}

function array(chunks: Chunks, shape: (finding: Finding) => object): Omit<Report, 'flush'> {
  let separator = '[\n';
  return {
    async add(finding) {
      await chunks.write(separator + jsonLine(shape(finding)));
      separator = ',\n';
    },
    end: () => chunks.write(separator === '[\n' ? '[]\n' : '\n]\n'),
  };
}

/** A finding for Security Hub, as new; publishing gives it the times it needs. */
const asffFor = (finding: Finding, { now, settings, pages: pagesUrl }: ReportContext): Asff =>
  asffOf(finding, { ...placeOf(finding, settings), createdAt: now, updatedAt: now, pagesUrl });

/** Where a finding belongs, and the words of its rule. IAM, which is of no Region, belongs where its rules run. */
export function placeOf({ rule: id, subject }: Finding, { organization }: Settings) {
  const [home = 'us-east-1'] = organization.homeRegions;
  const region = subject.region === GLOBAL_REGION ? home : subject.region;
  const rule: RuleWords | undefined = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`There is no rule ${id}.`);
  return { rule, region, partition: partitionOf(region) };
}
