/**
 * What is wrong with the name of a file in a bundle, or null. A name that leads out of the folder, or that two systems read
 * differently, would let a file be swapped unseen.
 * @param name the path within the bundle, with "/" between its parts.
 */
export function flawInName(name: string): string | null {
  if (name === '' || name.startsWith('/') || /^[A-Za-z]:/.test(name))
    return 'is not a relative path';
  if (name.includes('\\')) return 'has a backslash';
  if (/\p{C}/u.test(name)) return 'has a character that does not print';
  if (name !== name.normalize('NFC')) return 'is not in Unicode normal form C';
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..'))
    return 'has an empty part, "." or ".."';
  return null;
}

/** The names that another one equals when case does not count, as on many disks. Sorted. */
export function collidingNames(names: Iterable<string>): readonly string[] {
  const met = new Map<string, string>();
  const colliding = new Set<string>();
  for (const name of names) {
    const folded = name.normalize('NFC').toLowerCase();
    const other = met.get(folded);
    if (other === undefined) met.set(folded, name);
    else for (const each of [other, name]) colliding.add(each);
  }
  return [...colliding].sort();
}

/** A text as a part of a file name: "164.312(a)(2)(iv)" is "164.312.a.2.iv". */
export const asFileName = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9.-]+/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '');
