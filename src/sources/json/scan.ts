/** The bytes of JSON that the readers look at. */
export const BYTE = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openArray: 0x5b,
  backslash: 0x5c,
  closeArray: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const;

const START = 0;
const BETWEEN = 1;
const STRING = 2;
const ESCAPE = 3;
const SCALAR = 4;

/** Where a scan stands inside a value, so that it can go on with the next chunk. */
export interface ScanState {
  mode: number;
  depth: number;
}

export function newScan(): ScanState {
  return { mode: START, depth: 0 };
}

export function isSpace(byte: number | undefined): boolean {
  return (
    byte === BYTE.space ||
    byte === BYTE.lineFeed ||
    byte === BYTE.carriageReturn ||
    byte === BYTE.tab
  );
}

/**
 * Finds the end of the JSON value that begins at `from` (or goes on there, by `state`): the index
 * after its last byte, or -1 when the value goes on past `to`. Brackets are counted, not matched,
 * so nesting costs no stack; JSON.parse of the slice checks whether the value is well formed.
 */
export function scanValue(bytes: Buffer, from: number, to: number, state: ScanState): number {
  // Only locals in the loop: reading and writing the fields of `state` there halves the speed.
  let { mode, depth } = state;
  let at = from;
  while (at < to) {
    const byte = bytes[at];
    if (mode === STRING) {
      if (byte === BYTE.quote) {
        if (depth === 0) return at + 1;
        mode = BETWEEN;
      } else if (byte === BYTE.backslash) mode = ESCAPE;
    } else if (mode === ESCAPE) mode = STRING;
    else if (mode === SCALAR) {
      if (endsScalar(byte)) return at;
    } else if (byte === BYTE.quote) mode = STRING;
    else if (byte === BYTE.openObject || byte === BYTE.openArray) {
      depth += 1;
      mode = BETWEEN;
    } else if (mode === START) mode = SCALAR;
    else if (byte === BYTE.closeObject || byte === BYTE.closeArray) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    at += 1;
  }
  state.mode = mode;
  state.depth = depth;
  return -1;
}

function endsScalar(byte: number | undefined): boolean {
  return (
    byte === BYTE.comma ||
    byte === BYTE.closeArray ||
    byte === BYTE.closeObject ||
    byte === BYTE.colon ||
    isSpace(byte)
  );
}
