import type { Finding } from '../engine/finding.ts';
import type { RuleWords } from '../engine/words.ts';
import type { Release } from '../release/release.ts';
import type { Settings } from '../settings/settings.ts';
import { GLOBAL_REGION, partitionOf } from '../values/region.ts';
import { jsonLine } from './json.ts';
import type { Reported } from './reported.ts';
import { SharedLines } from './shared-lines.ts';
import type { Summary } from './summary.ts';

/** Writes text. Where the reader is slower, it gives what to wait for: millions of findings would wait for nothing otherwise. */
export type Write = (text: string) => Promise<void> | undefined;

/** How a word stands out on a screen. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'magenta' | 'cyan';

/** What formats say beyond the finding. */
export interface FormatContext {
  /** Colours, where a person reads. */
  readonly paint?: ((style: Style, text: string) => string) | undefined;
  /** The name of the settings file; null where nothing is set. */
  readonly settingsFile?: string | null | undefined;
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
  readonly settings: Settings;
  /** The words of every rule that may have been evaluated. */
  readonly rules: readonly RuleWords[];
  /** Where docs/rules is published. */
  readonly pagesUrl?: string | undefined;
  /** What judges. */
  readonly release?: Release | undefined;
  /** What is known of the run before anything is judged, as plain JSON; left out where formats are to write findings only. */
  readonly run?: object | undefined;
}

/** A way to write findings, one by one as they are made. */
export interface Format {
  open(write: Write, context: FormatContext): OpenFormat;
}

export interface OpenFormat {
  add(finding: Reported): Promise<void> | undefined;
  /** @param run what is known of the run in the end, as plain JSON. */
  end(summary: Summary, run?: object): Promise<void> | undefined;
}

type Shape = (finding: Reported, context: FormatContext) => object;

/**
 * A format of one line of JSON for each finding.
 * @param first a line before them, if any. @param isShared whether the shape leaves what is the subject's own as it is.
 */
export const inLines = (
  shape: Shape,
  first: (context: FormatContext) => object | undefined = () => undefined,
  isShared = false,
): Format => ({
  open(write, context) {
    const line = first(context);
    const lines = isShared ? new SharedLines((finding) => shape(finding, context)) : undefined;
    let before = line ? `${jsonLine(line)}\n` : '';
    const put = (text: string) => {
      const all = before + text;
      before = '';
      return all === '' ? undefined : write(all);
    };
    return {
      add: (finding) => put(`${lines?.lineOf(finding) ?? jsonLine(shape(finding, context))}\n`),
      end: () => put(''),
    };
  },
});

/** A format of one JSON array, a finding in each line. */
export const inArray = (shape: Shape): Format => ({
  open(write, context) {
    let separator = '[\n';
    return {
      add(finding) {
        const before = separator;
        separator = ',\n';
        return write(before + jsonLine(shape(finding, context)));
      },
      end: () => write(separator === '[\n' ? '[]\n' : '\n]\n'),
    };
  },
});

/** A format of one JSON object: the findings, one in each line, and then the run. Only the findings where the run is left out. */
export const inEnvelope = (shape: Shape): Format => ({
  open(write, context) {
    const array = inArray(shape).open(write, context);
    if (context.run === undefined) return array;
    let isOpen = false;
    const begin = async () => {
      if (!isOpen) await write('{"findings":');
      isOpen = true;
    };
    return {
      async add(finding) {
        await begin();
        await array.add(finding);
      },
      async end(summary, run) {
        await begin();
        await array.end(summary, run);
        await write(`,"run":${jsonLine(run ?? {})}}\n`);
      },
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
