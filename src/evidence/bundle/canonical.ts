import { canonicalJson } from '../../results/index.ts';
import { Malformed } from '../../values/json.ts';

/**
 * Reads canonical JSON with a line feed at its end, and nothing else: a key that stands twice, a blank or another spelling of
 * a number would let two readers of the same bytes see different things.
 * @throws Malformed when the text is not canonical.
 */
export function parseCanonical(text: string, where: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Malformed(`${where} is not valid JSON`);
  }
  if (`${canonicalJson(value)}\n` !== text) throw new Malformed(`${where} is not canonical JSON`);
  return value;
}
