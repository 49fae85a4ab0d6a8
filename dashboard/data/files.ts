import type { Details, Evidence } from './tables.ts';

/** In one file, the others stand in elements of this prefix, gzipped in base64. */
const INLINE = 'file:';

/** Why nothing can be shown. */
export class Unreadable extends Error {}

async function bytesOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const inline = document.getElementById(INLINE + name);
  if (inline) return Uint8Array.from(atob(inline.textContent ?? ''), (byte) => byte.charCodeAt(0));
  if (location.protocol === 'file:') {
    throw new Unreadable(
      'A page that is opened from disk cannot read other files. ' +
        'Open it through "s3-config-rules dashboard serve", or build it with --single-file.',
    );
  }
  const answer = await fetch(`data/${name}`);
  if (!answer.ok) throw new Unreadable(`data/${name} answers ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** A file, unpacked. Some servers unpack it on the way, which its first bytes tell. */
export async function read(name: string): Promise<Uint8Array> {
  const bytes = await bytesOf(name);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export const readJson = async <T>(name: string): Promise<T> =>
  JSON.parse(new TextDecoder().decode(await read(name)));

/** How many files of details are kept: each is some hundred kilobytes. */
const KEPT = 48;
const kept = new Map<string, Promise<unknown>>();

/** As `readJson`, with the last files kept. */
export function readKept<T extends Details | Evidence>(name: string): Promise<T> {
  const found = kept.get(name) ?? readJson<T>(name);
  kept.delete(name);
  kept.set(name, found);
  found.catch(() => kept.delete(name));
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return found as Promise<T>;
}
