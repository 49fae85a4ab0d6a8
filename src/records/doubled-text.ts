import { doubledKey } from '../values/doubled-key.ts';
import { printable } from '../values/text.ts';
import type { ConfigurationItem } from './configuration-item.ts';

/** How often one value may have been stringified. */
const LAYERS = 3;

/** The item, which does not count where a key stands twice in one of the JSON texts that it came in. */
export function marked(item: ConfigurationItem, texts: readonly unknown[]): ConfigurationItem {
  for (const text of texts) {
    const key = typeof text === 'string' ? doubledIn(text) : null;
    if (key !== null) return { ...item, flaw: `the key "${printable(key)}" stands twice` };
  }
  return item;
}

/** A key that stands twice in what a text is as JSON; null where it is no JSON. */
function doubledIn(text: string): string | null {
  let current: unknown = text;
  try {
    for (let layer = 0; layer < LAYERS && typeof current === 'string'; layer++) {
      const value: unknown = JSON.parse(current);
      if (typeof value === 'object') return doubledKey(current);
      current = value;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return null;
}
