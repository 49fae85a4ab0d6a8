import type { FormatContext, OpenFormat } from '../../formats/format.ts';
import { formats } from '../../formats/index.ts';
import type { Summary } from '../../formats/summary.ts';
import { type Io, OutputError, write } from '../io.ts';
import type { Target } from '../output/targets.ts';
import { WholeFile } from '../output/whole-file.ts';

/** Where findings go, one by one as they are made. */
export interface Output extends OpenFormat {
  /** Writes what is still buffered, so that no finding is lost if the work stops early. */
  flush(): Promise<void>;
  /** Gives up: files stay what they were. */
  abandon?(): Promise<void>;
}

/** Opens what findings go to. */
export type OpenOutput = (context: FormatContext) => Promise<Output>;

/** Opens every output, or none. @throws UsageError when one cannot be written. */
export const outputsTo =
  (targets: readonly Target[], io: Io): OpenOutput =>
  async (context) => {
    const outputs: Output[] = [];
    for (const target of targets) {
      try {
        outputs.push(await outputTo(target, context, io));
      } catch (error) {
        for (const output of outputs) await output.abandon?.();
        throw error;
      }
    }
    return outputs[1] === undefined && outputs[0] ? outputs[0] : together(outputs);
  };

async function outputTo(
  { format, file }: Target,
  { paint, ...context }: FormatContext,
  { stdout }: Io,
): Promise<Output> {
  const whole = file === undefined ? undefined : await WholeFile.open(file);
  const chunks = new Chunks(whole ? (text) => whole.write(text) : (text) => write(stdout, text));
  // Colours are for the screen.
  const shown = whole === undefined && paint ? { ...context, paint } : context;
  const open = formats[format].open((text) => chunks.write(text), shown);
  return {
    add: (finding) => open.add(finding),
    flush: () => chunks.flush(),
    async end(summary, run) {
      await open.end(summary, run);
      await chunks.flush();
      await whole?.commit();
    },
    abandon: async () => whole?.abandon(),
  };
}

/** Several outputs as one. A reader that has seen enough of one of them costs the others nothing. */
function together(outputs: readonly Output[]): Output {
  const closed = new Set<Output>();
  const each = async (work: (output: Output) => Promise<void> | undefined) => {
    for (const output of outputs) {
      if (closed.has(output)) continue;
      try {
        await work(output);
      } catch (error) {
        if (!(error instanceof OutputError && error.isClosed)) throw error;
        closed.add(output);
      }
    }
  };
  return {
    add: (finding) => each((output) => output.add(finding)),
    flush: () => each((output) => output.flush()),
    end: (summary: Summary, run?: object) => each((output) => output.end(summary, run)),
    abandon: async () => {
      for (const output of outputs) await output.abandon?.();
    },
  };
}

/** Gathers lines into few writes: one for each finding costs more than judging it. */
class Chunks {
  readonly #write: (text: string) => Promise<void>;
  #text = '';

  constructor(write: (text: string) => Promise<void>) {
    this.#write = write;
  }

  write(text: string): Promise<void> | undefined {
    this.#text += text;
    return this.#text.length >= CHUNK ? this.flush() : undefined;
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (text !== '') await this.#write(text);
  }
}

const CHUNK = 65_536;
