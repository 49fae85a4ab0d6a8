/** Three-valued truth: -1 never, 0 maybe, 1 always. AND is Math.min, OR is Math.max, NOT is minus. */
export type Tri = -1 | 0 | 1;

/** Truth of "one of these at least"; never for an empty list. */
export function some(values: Iterable<Tri>): Tri {
  let result: Tri = -1;
  for (const value of values) {
    if (value === 1) return 1;
    if (value > result) result = value;
  }
  return result;
}

export function not(value: Tri): Tri {
  return value === 0 ? 0 : value === 1 ? -1 : 1;
}
