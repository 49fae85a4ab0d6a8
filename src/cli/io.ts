/** What a command reads from and writes to, so that it can run in a test as well as in a shell. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly now: () => Date;
}

/** How a command ends. These numbers are part of the interface. */
export const EXIT = { clean: 0, findings: 1, usage: 2, failure: 3, partial: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Wrong usage: an option, a path or a name. Nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Writes and waits while the reader is slower than we are, so that output never piles up in memory. */
export async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (stream.write(text)) return;
  await new Promise<void>((resolve) => stream.once('drain', resolve));
}
