/** What a command reads from and writes to, so that it can run in a test as well as in a shell. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & Terminal;
  readonly stderr: NodeJS.WritableStream & Terminal;
  readonly now: () => Date;
  /** Where settings are looked for, from here upwards; without it, they are not looked for. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How much is said on standard error, and how. Set when the options are known. */
  readonly manner?: Manner;
}

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The options that every command has. */
export interface Manner {
  /** Only what went wrong is said. */
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** False: no bar, wherever standard error leads. */
  readonly progress?: boolean;
  /** Undefined: where a person reads it. */
  readonly color?: boolean;
  /** How standard error is written; text unless it is json. */
  readonly logFormat?: 'text' | 'json';
}

/**
 * How a command ends. These numbers are part of the interface. `both` only stands where it was asked for; `closed` is what a shell
 * reports of a program that writes to a pipe that no one reads any more (128 + SIGPIPE).
 */
export const EXIT = {
  clean: 0,
  findings: 1,
  usage: 2,
  failure: 3,
  partial: 4,
  both: 5,
  closed: 141,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Wrong usage: an option, a path or a name. Nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something could not be written: no space, no reader, no permission. What was written of it is not whole. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  /** The reader of a pipe has closed it, because it has seen enough. */
  readonly isClosed: boolean;

  constructor(target: string, error: unknown) {
    super(`${target} cannot be written: ${reasonOf(error)}.`);
    this.isClosed = codeOf(error) === 'EPIPE';
  }
}

/** What the file system says, without its codes: "no space left on device". */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^E[A-Z]+: (.+?)(?:, \w+.*)?$/s.exec(message)?.[1] ?? message;
}

export const codeOf = (error: unknown): string | undefined =>
  (error as { readonly code?: string } | null)?.code;

/**
 * Writes, and waits while the reader is slower than we are, so that output never piles up in memory.
 * @throws OutputError
 */
export async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) reject(new OutputError('Standard output', error));
      else resolve();
    });
  });
}
