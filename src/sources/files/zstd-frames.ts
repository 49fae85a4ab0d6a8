/** The largest window that zstd itself takes without being asked for more: 128 MB (zstd manual, "--memory"). */
const LARGEST_WINDOW = 128 * 1024 * 1024;

const FRAME = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;

/** Zstandard data that is damaged, cut, or wants more memory than any file needs. */
export class ZstdProblem extends Error {
  readonly code: 'ZSTD_CUT' | 'ZSTD_DAMAGED' | 'ZSTD_WINDOW';

  constructor(code: ZstdProblem['code'], options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** Whether data begins with the magic number of a Zstandard frame, or of one that is to be skipped (RFC 8878, 3.1). */
export function isZstd(head: Buffer): boolean {
  if (head.length < 4) return false;
  const magic = head.readUInt32LE(0);
  return magic === FRAME || isSkippable(magic);
}

const isSkippable = (magic: number) => magic - (magic % 16) === SKIPPABLE;

type State = 'magic' | 'skippable' | 'descriptor' | 'header' | 'block';

/** Follows the frames of Zstandard data without decoding them, and so ahead of a decoder that makes room for whatever they ask for. */
export class ZstdFrames {
  #state: State = 'magic';
  #wanted = 4;
  #held = Buffer.alloc(0);
  #skip = 0;
  #hasWindow = false;
  #checksum = 0;

  /** Whether the data may end here: behind a whole frame. */
  get isAtEnd(): boolean {
    return this.#state === 'magic' && this.#held.length === 0 && this.#skip === 0;
  }

  /** @throws ZstdProblem */
  pass(piece: Buffer): void {
    let at = 0;
    while (at < piece.length) {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, piece.length - at);
        this.#skip -= passed;
        at += passed;
        continue;
      }
      const part = piece.subarray(at, at + this.#wanted - this.#held.length);
      this.#held = Buffer.concat([this.#held, part]);
      at += part.length;
      if (this.#held.length < this.#wanted) return;
      const bytes = this.#held;
      this.#held = Buffer.alloc(0);
      [this.#state, this.#wanted] = this.#next(bytes);
    }
  }

  /** RFC 8878, 3.1.1: magic number, descriptor, header, blocks, checksum. */
  #next(bytes: Buffer): readonly [State, number] {
    switch (this.#state) {
      case 'magic': {
        const magic = bytes.readUInt32LE(0);
        if (magic !== FRAME && !isSkippable(magic)) throw new ZstdProblem('ZSTD_DAMAGED');
        return magic === FRAME ? ['descriptor', 1] : ['skippable', 4];
      }
      case 'skippable':
        this.#skip = bytes.readUInt32LE(0);
        return ['magic', 4];
      case 'descriptor':
        return this.#descriptor(bytes.readUInt8(0));
      case 'header':
        if (windowOf(bytes, this.#hasWindow) > LARGEST_WINDOW) throw new ZstdProblem('ZSTD_WINDOW');
        return ['block', 3];
      case 'block': {
        const header = bytes.readUIntLE(0, 3);
        // Of a block that repeats one byte only that byte is there.
        this.#skip = ((header >> 1) & 3) === 1 ? 1 : header >> 3;
        if ((header & 1) === 0) return ['block', 3];
        this.#skip += this.#checksum;
        return ['magic', 4];
      }
    }
  }

  #descriptor(flags: number): readonly [State, number] {
    const isSingle = (flags & 32) !== 0;
    const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
    const size = flags >> 6 === 0 ? Number(isSingle) : 1 << (flags >> 6);
    this.#hasWindow = !isSingle;
    this.#checksum = (flags & 4) === 0 ? 0 : 4;
    // Without a window the content is one segment; only its size, which stands at the end, is of interest then.
    if (isSingle) this.#skip = dictionary;
    return ['header', isSingle ? size : 1 + dictionary + size];
  }
}

/** In bytes: by the window descriptor, or the size of the content. */
function windowOf(header: Buffer, hasWindow: boolean): number {
  if (hasWindow) {
    const [descriptor = 0] = header;
    const base = 2 ** (10 + (descriptor >> 3));
    return base + (base / 8) * (descriptor & 7);
  }
  if (header.length === 8) return Number(header.readBigUInt64LE(0));
  return header.readUIntLE(0, header.length) + (header.length === 2 ? 256 : 0);
}
