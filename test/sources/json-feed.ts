/** Feeds a text to a reader in chunks of a given size, or cut at the given places. */
export async function* inChunks(
  text: string | Buffer,
  cut: number | readonly number[] = 1 << 20,
): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  if (typeof cut === 'number') {
    for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
    return;
  }
  let from = 0;
  for (const to of [...cut].sort((a, b) => a - b)) {
    yield bytes.subarray(from, to);
    from = Math.max(from, to);
  }
  yield bytes.subarray(from);
}

/** What a reader yields before it ends or throws, and what it throws. */
export async function collect<T>(items: AsyncIterable<T>): Promise<{ got: T[]; error: unknown }> {
  const got: T[] = [];
  try {
    for await (const item of items) got.push(item);
  } catch (error) {
    return { got, error };
  }
  return { got, error: undefined };
}
