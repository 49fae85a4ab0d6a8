import type { Unread } from '../../records/reading.ts';
import { lasts } from '../../services/failures.ts';
import type { InputOf, OperationName, OutputOf } from '../../services/operations.ts';
import { NotCaptured, Refused, type Services } from '../../services/services.ts';
import type { CapturedAnswers } from '../captured-answers.ts';
import { endsAll } from './outcome.ts';

/** What was asked for one record. */
export interface Asked {
  readonly services: Services;
  /** Waits for all answers, and gives those to what nobody had asked before: captured answers, one a line, sorted. */
  lines(): Promise<readonly string[]>;
}

/**
 * Asks what facets ask, each question once, and writes the answers down as captured answers. What only one resource is asked
 * about is forgotten with it, so that memory does not grow with their number.
 */
export class Recorder {
  /** What could not be had, in words, each with how often. */
  readonly missing = new Map<string, number>();
  readonly #live: Services;
  readonly #account: string;
  readonly #known: CapturedAnswers;
  readonly #answers = new Map<string, Promise<unknown>>();
  readonly #failed = new Map<string, string>();

  /** @param known what was captured before an interruption. */
  constructor(live: Services, account: string, known: CapturedAnswers) {
    this.#live = live;
    this.#account = account;
    this.#known = known;
  }

  /** @param names of the resource, by which questions about it are known. */
  for(names: readonly string[]): Asked {
    const lines: string[] = [];
    const own: string[] = [];
    const asked: Promise<unknown>[] = [];
    return {
      lines: async () => {
        // A facet that asks several questions at once gives up at the first error, and leaves the others alone.
        await Promise.allSettled(asked);
        for (const key of own) this.#answers.delete(key);
        return lines.sort();
      },
      services: {
        ask: <O extends OperationName>(operation: O, input: InputOf<O>, region: string) => {
          const key = `${operation} ${region} ${JSON.stringify(input)}`;
          const known = this.#answers.get(key);
          if (known !== undefined) return known as Promise<OutputOf<O>>;
          const answer = this.#ask(operation, input, region, lines);
          this.#answers.set(key, answer);
          asked.push(answer);
          if (names.some((name) => Object.values(input as object).includes(name))) own.push(key);
          return answer;
        },
      },
    };
  }

  /** The captured answers of questions that may be answered another time, one a line: they are written last, so that they are put again. */
  takeFailed(): readonly string[] {
    const lines = [...this.#failed.values()];
    this.#failed.clear();
    return lines;
  }

  async #ask<O extends OperationName>(
    operation: O,
    input: InputOf<O>,
    region: string,
    lines: string[],
  ): Promise<OutputOf<O>> {
    try {
      return await this.#known.of(this.#account).ask(operation, input, region);
    } catch (error) {
      if (!(error instanceof NotCaptured)) throw error;
    }
    const question = { account: this.#account, region, operation, input: plain(input) };
    try {
      const output = await this.#live.ask(operation, input, region);
      lines.push(JSON.stringify({ ...question, output: plain(output) }));
      return output;
    } catch (error) {
      if (!(error instanceof Error) || endsAll(error)) throw error;
      const line = JSON.stringify({ ...question, error: codeOf(error) });
      if (error instanceof Refused || lasts(error)) lines.push(line);
      else this.#failed.set(JSON.stringify(question), line);
      throw error;
    }
  }

  /** Counts something that could not be had. */
  note({ unavailable, action }: Unread): void {
    const what = action ?? unavailable;
    this.missing.set(what, (this.missing.get(what) ?? 0) + 1);
  }
}

/** The code by which the service, or Node, named the error. */
function codeOf(error: Error): string {
  const { name, code } = (
    error instanceof Refused ? (error.cause ?? error) : error
  ) as NodeJS.ErrnoException;
  return name === 'Error' && typeof code === 'string' ? code : name;
}

/** As the AWS CLI prints it: times in ISO, bytes in base 64, without what the SDK adds. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$metadata')
      .map(([key, inner]) => [key, plain(inner)]),
  );
}
