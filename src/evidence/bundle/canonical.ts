import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { Malformed } from '../../values/json.ts';

/** A value as canonical JSON (RFC 8785): the same value has one spelling. @throws TypeError for what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('The value has no form in JSON.');
  return text;
}

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

/** SHA-256 in lower-case hex, of bytes or of text in UTF-8. */
export const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex');
