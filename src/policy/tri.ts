/** Three-valued truth: -1 never, 0 maybe, 1 always. AND is Math.min, OR is Math.max, NOT is minus. */
export type Tri = -1 | 0 | 1;

/** Truth of "every one of these"; always for an empty list. */
export function every(values: Iterable<Tri>): Tri {
  let result: Tri = 1;
  for (const value of values) if (value < result) result = value;
  return result;
}

/** Truth of "one of these at least"; never for an empty list. */
export function some(values: Iterable<Tri>): Tri {
  let result: Tri = -1;
  for (const value of values) if (value > result) result = value;
  return result;
}

/** What is known when one of several possibilities holds: their common truth, else maybe. */
export function agree(values: Iterable<Tri>): Tri {
  let common: Tri | null = null;
  for (const value of values) {
    if (common !== null && common !== value) return 0;
    common = value;
  }
  return common ?? 0;
}

export function not(value: Tri): Tri {
  return value === 0 ? 0 : value === 1 ? -1 : 1;
}
