import { cached } from './cache.ts';

const STAR = 42; // *
const QUESTION = 63; // ?

// One stretch of a glob between stars against the text at one place. When the text is itself a glob,
// its stars stand for more than one character and match nothing but a star.
function fitsAt(part: string, text: string, at: number, textIsGlob: boolean): boolean {
  if (!part.includes('?')) return text.startsWith(part, at);
  for (let i = 0; i < part.length; i++) {
    const want = part.charCodeAt(i);
    const have = text.charCodeAt(at + i);
    if (want === QUESTION ? textIsGlob && have === STAR : want !== have) return false;
  }
  return true;
}

function find(part: string, text: string, from: number, textIsGlob: boolean): number {
  if (!part.includes('?')) return text.indexOf(part, from);
  for (let at = from; at + part.length <= text.length; at++) {
    if (fitsAt(part, text, at, textIsGlob)) return at;
  }
  return -1;
}

// Lists of globs are compared with lists of texts, so what is split once is kept. A policy has far
// fewer globs than this; the bound keeps a long-running process small.
const stretches = new Map<string, readonly string[]>();
const maximumStretches = 4096;

function split(glob: string): readonly string[] {
  if (stretches.size > maximumStretches) stretches.clear();
  return cached(stretches, glob, () => glob.split('*'));
}

// The earliest place for each stretch is always the best one, so nothing is ever tried twice.
function walk(glob: string, text: string, textIsGlob: boolean): boolean {
  const parts = split(glob);
  const first = parts[0] ?? '';
  if (!fitsAt(first, text, 0, textIsGlob)) return false;
  if (parts.length === 1) return text.length === first.length;
  const last = parts[parts.length - 1] ?? '';
  let at = first.length;
  for (let i = 1; i < parts.length - 1; i++) {
    const part = parts[i] ?? '';
    if (part === '') continue;
    const found = find(part, text, at, textIsGlob);
    if (found < 0) return false;
    at = found + part.length;
  }
  const end = text.length - last.length;
  return end >= at && fitsAt(last, text, end, textIsGlob);
}

/**
 * Question marks after a star make matching quadratic. Real names are far shorter than this; code that
 * compares what a policy made up takes the open answer instead.
 */
export function isCostly(glob: string, text: string): boolean {
  return glob.length * text.length > 32_768 && glob.includes('?');
}

/** How much work it is to compare the two, in the units of a budget. */
export function effort(glob: string, text: string): number {
  const pairs = glob.includes('?') ? (glob.length * text.length) >> 8 : 0;
  return 1 + ((glob.length + text.length) >> 6) + pairs;
}

/** Does `text` match `glob`, where `*` is any text and `?` any one character? Case-sensitive. */
export function matches(glob: string, text: string): boolean {
  return walk(glob, text, false);
}

/**
 * Does every text that matches `inner` certainly match `outer`? May say no where the answer is yes
 * (`*a?` against `*a*b`), never the other way round.
 */
export function covers(outer: string, inner: string): boolean {
  if (walk(outer, inner, true)) return true;
  // The same wildcards in another order say the same: `*?` is `?*`.
  if (!outer.includes('*?') && !outer.includes('?*')) return false;
  return walk(inOrder(outer), inOrder(inner), true);
}

/** The same glob with each run of wildcards written in one way: its question marks, then one star if it has any. */
export function inOrder(glob: string): string {
  if (!/[*?]{2}/.test(glob)) return glob;
  return glob.replace(/[*?]{2,}/g, (run) => {
    const marks = run.replaceAll('*', '');
    return marks.length === run.length ? run : `${marks}*`;
  });
}

export function hasWildcard(glob: string): boolean {
  return glob.includes('*') || glob.includes('?');
}

/** The text before the first wildcard. */
export function literalPrefix(glob: string): string {
  const end = glob.search(/[*?]/);
  return end < 0 ? glob : glob.slice(0, end);
}

function literalSuffix(glob: string): string {
  return glob.slice(Math.max(glob.lastIndexOf('*'), glob.lastIndexOf('?')) + 1);
}

/** Could one text match both? Says no only when their literal beginnings or ends differ. */
export function mayIntersect(a: string, b: string): boolean {
  if (!hasWildcard(a)) return matches(b, a);
  if (!hasWildcard(b)) return matches(a, b);
  const [startA, startB] = [literalPrefix(a), literalPrefix(b)];
  const [endA, endB] = [literalSuffix(a), literalSuffix(b)];
  return (
    (startA.startsWith(startB) || startB.startsWith(startA)) &&
    (endA.endsWith(endB) || endB.endsWith(endA))
  );
}

/**
 * The globs for what may follow `prefix` (plain text) in the texts that match `glob`: together they
 * match exactly these rests. Empty when no match begins with `prefix`.
 */
export function rests(glob: string, prefix: string): readonly string[] {
  if (glob.startsWith(prefix)) return [glob.slice(prefix.length)];
  const start = literalPrefix(glob);
  if (!prefix.startsWith(start)) return [];
  // Where in the glob one may stand, after each character of the prefix; in rising order.
  let positions = [start.length];
  for (let p = start.length; p < prefix.length && positions.length > 0; p++) {
    const next: number[] = [];
    for (const at of positions) {
      // A star takes the character and stays, or ends and lets what follows take it.
      if (glob.charCodeAt(at) === STAR && next[next.length - 1] !== at) next.push(at);
      let taking = at;
      while (glob.charCodeAt(taking) === STAR) taking++;
      const want = glob.charCodeAt(taking);
      if (want === QUESTION || want === prefix.charCodeAt(p)) next.push(taking + 1);
    }
    positions = next;
  }
  return positions.map((at) => glob.slice(at));
}
