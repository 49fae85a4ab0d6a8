import type { Finding } from '../engine/finding.ts';
import type { RuleWords } from '../engine/words.ts';
import type { Release } from '../release/release.ts';
import type { Settings } from '../settings/settings.ts';
import { GLOBAL_REGION, partitionOf } from '../values/region.ts';
import { jsonLine } from './json.ts';
import type { Summary } from './summary.ts';

/** Writes text, and waits while the reader is slower. */
export type Write = (text: string) => Promise<void>;

/** What formats say beyond the finding. */
export interface FormatContext {
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
  readonly settings: Settings;
  /** The words of every rule that may have been evaluated. */
  readonly rules: readonly RuleWords[];
  /** Where docs/rules is published. */
  readonly pagesUrl?: string | undefined;
  /** What judges. */
  readonly release?: Release | undefined;
}

/** A way to write findings, one by one as they are made. */
export interface Format {
  open(write: Write, context: FormatContext): OpenFormat;
}

export interface OpenFormat {
  add(finding: Finding): Promise<void>;
  end(summary: Summary): Promise<void>;
}

/** A format of one line of JSON for each finding. */
export const inLines = (shape: (finding: Finding, context: FormatContext) => object): Format => ({
  open: (write, context) => ({
    add: (finding) => write(`${jsonLine(shape(finding, context))}\n`),
    end: async () => {},
  }),
});

/** A format of one JSON array, a finding in each line. */
export const inArray = (shape: (finding: Finding, context: FormatContext) => object): Format => ({
  open(write, context) {
    let separator = '[\n';
    return {
      async add(finding) {
        await write(separator + jsonLine(shape(finding, context)));
        separator = ',\n';
      },
      end: () => write(separator === '[\n' ? '[]\n' : '\n]\n'),
    };
  },
});

/** Where a finding belongs, and the words of its rule. IAM, which has no Region, belongs where its rules run. */
export function placeOf(
  { rule: id, subject }: Finding,
  { rules, settings }: Pick<FormatContext, 'rules' | 'settings'>,
) {
  const [home = 'us-east-1'] = settings.organization.homeRegions;
  const region = subject.region === GLOBAL_REGION ? home : subject.region;
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`There is no rule ${id}.`);
  return { rule, region, partition: partitionOf(region) };
}
