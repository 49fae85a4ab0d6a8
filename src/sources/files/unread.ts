import { cut, list, printable } from '../../values/text.ts';

/** Why something in a folder is not read, as it follows its number. */
const REASONS = {
  name: ['file with another ending', 'files with other endings'],
  hidden: ['hidden file', 'hidden files'],
  link: ['link out of the folder or to nothing', 'links out of the folder or to nothing'],
  pipe: ['pipe or device', 'pipes or devices'],
  refused: ['file or folder that cannot be opened', 'files or folders that cannot be opened'],
} as const;

export type Reason = keyof typeof REASONS;

/** Names that are kept of each reason, whatever the number of files. */
const KEPT = 3;

/** What there is in folders and is not read: a run that is silent about it looks complete. */
export class Unread {
  readonly #found = new Map<Reason, { count: number; readonly names: string[] }>();

  get isEmpty(): boolean {
    return this.#found.size === 0;
  }

  add(reason: Reason, path: string): void {
    const found = this.#found.get(reason) ?? { count: 0, names: [] };
    this.#found.set(reason, found);
    found.count++;
    if (found.names.length < KEPT) found.names.push(cut(printable(path), 200));
  }

  /** A sentence without its full stop. */
  toString(): string {
    const parts = [...this.#found].map(([reason, { count, names }]) => {
      const others = count > names.length ? [`${count - names.length} more`] : [];
      const [one, many] = REASONS[reason];
      return `${count === 1 ? `1 ${one}` : `${count} ${many}`} (${list([...names, ...others])})`;
    });
    return `Not read: ${parts.join('; ')}`;
  }
}
