import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzip } from '../../src/sources/files/gunzip.ts';
import { collect, inChunks } from './json-feed.ts';

async function inflate(bytes: Buffer, cut?: number | readonly number[]) {
  const { got, error } = await collect(gunzip(inChunks(bytes, cut)));
  return { text: Buffer.concat(got).toString(), error };
}

describe('gunzip', () => {
  const [one, two] = [gzipSync('one '), gzipSync('two')];

  it('reads several members and padding, cut anywhere', async () => {
    const bytes = Buffer.concat([one, two, Buffer.alloc(9)]);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(await inflate(bytes, [at])).toEqual({ text: 'one two', error: undefined });
    }
    expect(await inflate(bytes, 1)).toEqual({ text: 'one two', error: undefined });
  });

  it('reads what is larger than one step, and a flood of zeros', async () => {
    const digits = Array.from({ length: 200_000 }, (_, index) => index).join(' ');
    expect((await inflate(gzipSync(digits))).text).toBe(digits);
    expect((await inflate(gzipSync(Buffer.alloc(30 << 20)))).text).toHaveLength(30 << 20);
  });

  it('gives everything before a cut, then fails', async () => {
    const bytes = Buffer.concat([one, two]);
    for (let end = 1; end < bytes.length; end += 1) {
      if (end === one.length) continue;
      const { text, error } = await inflate(bytes.subarray(0, end));
      expect(error).toMatchObject({ code: 'Z_BUF_ERROR' });
      expect('one two'.startsWith(text)).toBe(true);
      if (end > one.length) expect(text).toContain('one ');
    }
  });

  it('gives the steps before corrupt data, then fails', async () => {
    const digits = Array.from({ length: 200_000 }, (_, index) => index * 7919).join(' ');
    const bytes = gzipSync(digits);
    bytes.fill(0x55, bytes.length - 100, bytes.length - 60);
    const { text, error } = await inflate(bytes);
    expect(error).toMatchObject({ code: 'Z_DATA_ERROR' });
    expect(text.length).toBeGreaterThan(digits.length * 0.9);
    expect(digits.startsWith(text)).toBe(true);
  });

  it.each([
    'garbage',
    '\0\0garbage',
    '\0\0\x1f\x8b',
  ])('refuses %j behind the data', async (rest) => {
    const bytes = Buffer.concat([one, Buffer.from(rest, 'latin1')]);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect((await inflate(bytes, [at])).error).toBeInstanceOf(Error);
    }
  });

  it('stops reading when the caller does', async () => {
    let isClosed = false;
    async function* source() {
      try {
        for (;;) yield gzipSync('x'.repeat(100_000));
      } finally {
        isClosed = true;
      }
    }
    for await (const chunk of gunzip(source())) if (chunk.length > 0) break;
    expect(isClosed).toBe(true);
  });
});
