import { distance } from 'fastest-levenshtein';

/**
 * The known word that one was probably meant to be, because it begins so or differs in at most a third of its letters; undefined
 * when none is near.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // A long word is no slip of the finger, and comparing takes time with its square.
  if (word.length > 200) return undefined;
  const meant = word.toLowerCase();
  const near = known
    .map((each) => ({ each, apart: distance(meant, each.toLowerCase()) }))
    .filter(({ each, apart }) => apart <= Math.max(1, Math.floor(each.length / 3)))
    .sort((one, other) => one.apart - other.apart);
  const longer =
    meant.length > 2 ? known.find((each) => each.toLowerCase().startsWith(meant)) : undefined;
  return near[0]?.each ?? longer;
}

/** " Did you mean x?", or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === undefined ? '' : ` Did you mean ${found}?`;
}
