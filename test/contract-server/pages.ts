import { randomUUID } from 'node:crypto';
import { ServiceError } from './faults.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

const paging = new Set(['limit', 'Limit', 'nextToken', 'NextToken']);

const question = (input: object): string =>
  JSON.stringify(Object.entries(input).filter(([name]) => !paging.has(name)));

/**
 * Opaque page tokens. A token keeps the rest of the answer as it was at the first page and can be used
 * again, as a retry does. A token with another question is refused. Both are unverified for AWS Config.
 */
export class Pages {
  readonly #rests = new Map<string, { asked: string; items: readonly unknown[] }>();

  cut<T>(
    input: object,
    token: string | undefined,
    all: () => readonly T[],
    size: (items: readonly T[]) => number,
  ): Page<T> {
    const items = token === undefined ? all() : this.#rest<T>(token, question(input));
    const end = Math.max(1, size(items));
    if (end >= items.length) return { items, nextToken: undefined };
    const nextToken = randomUUID();
    this.#rests.set(nextToken, { asked: question(input), items: items.slice(end) });
    return { items: items.slice(0, end), nextToken };
  }

  #rest<T>(token: string, asked: string): readonly T[] {
    const rest = this.#rests.get(token);
    if (rest?.asked !== asked) {
      throw new ServiceError('InvalidNextTokenException', 'The nextToken provided is invalid');
    }
    // The same question was asked with the same operation's items.
    return rest.items as readonly T[];
  }
}
