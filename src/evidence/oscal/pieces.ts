/** `,"key":[…]` in pieces of text, an entry a piece; nothing at all when there is no entry, because OSCAL takes no empty list. */
export async function* inList(
  key: string,
  entries: Iterable<object> | AsyncIterable<object>,
): AsyncGenerator<string> {
  let separator = `,${JSON.stringify(key)}:[\n`;
  let isEmpty = true;
  for await (const entry of entries) {
    yield separator + JSON.stringify(entry);
    separator = ',\n';
    isEmpty = false;
  }
  if (!isEmpty) yield '\n]';
}
