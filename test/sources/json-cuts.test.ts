import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonItems } from '../../src/sources/json/items.ts';
import { JsonProblem } from '../../src/sources/json/window.ts';
import { collect, inChunks } from './json-feed.ts';

async function read(text: string | Buffer, cut?: number | readonly number[], guess = true) {
  return collect(jsonItems(inChunks(text, cut), { guess }));
}

describe('cuts', () => {
  const tricky = [
    { 'k"\\': 'a\\"},{"k":[' },
    { 'k"\\': '\\' },
    { 'k"\\': [{ 'k"\\': 1 }, { 'k"\\': 2 }] },
    { u: '€' },
  ];
  it.each([undefined, 2])('at every byte, alone and in pairs (indent %s)', async (indent) => {
    const text = Buffer.from(
      JSON.stringify({ x: [], configurationItems: tricky, y: {} }, null, indent),
    );
    for (let first = 0; first <= text.length; first += 1) {
      const second = (first * 7) % text.length;
      expect(await read(text, [first, second])).toEqual({ got: tricky, error: undefined });
    }
  });

  it('a cut file gives the items before the cut, whatever the cut', async () => {
    const text = Buffer.from(JSON.stringify({ configurationItems: tricky }));
    for (let end = 1; end < text.length; end += 1) {
      const { got, error } = await read(text.subarray(0, end));
      expect(error).toBeInstanceOf(JsonProblem);
      expect(got).toEqual(tricky.slice(0, got.length));
    }
  });
});

describe('size', () => {
  it('refuses a value that is too large, and only that', async () => {
    const text = JSON.stringify({
      configurationItems: [{ a: 1 }, { x: 'y'.repeat(2000) }, { b: 1 }],
    });
    for (const guess of [true, false]) {
      const options = { guess, largest: 1024 };
      const { got, error } = await collect(jsonItems(inChunks(text, 512), options));
      expect(got).toEqual([{ a: 1 }]);
      expect(error).toMatchObject({ message: expect.stringContaining('a value larger than') });
      expect(
        (await collect(jsonItems(inChunks(text, 512), { guess, largest: 2100 }))).got,
      ).toHaveLength(3);
    }
  });

  it('does not wait for the end of a value that is too large', async () => {
    async function* endless() {
      yield Buffer.from('[{"resourceType":"');
      for (;;) yield Buffer.alloc(1 << 20, 'x');
    }
    const { error } = await collect(jsonItems(endless(), { largest: 1 << 22 }));
    expect(error).toMatchObject({ message: expect.stringContaining('4 MB'), offset: 1 });
  });
});

describe('any JSON', () => {
  // Few and repeated keys, so that nested objects look like the start of the next element.
  const key = fc.constantFrom(
    'a',
    'b',
    'configurationItems',
    'resourceType',
    '"},{"a":',
    '\\',
    '€',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(0, -1.5e10, true, false, null, '', '},{"a":', '\\', '"', '€𝄞', ']}'),
      fc.string(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 3 }),
    ),
  }));
  const elements = fc.array(fc.dictionary(key, value, { maxKeys: 4 }), { maxLength: 12 });
  const indent = fc.constantFrom(undefined, 1, 4, '\t', '\n', '\r\n ');
  const cuts = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.array(fc.nat(2000), { maxLength: 20 }));

  it('gives the elements that JSON.parse gives', async () => {
    const property = fc.asyncProperty(
      elements,
      indent,
      cuts,
      fc.boolean(),
      async (list, space, cut, guess) => {
        const text = JSON.stringify({ fileVersion: '1.0', configurationItems: list }, null, space);
        const { got, error } = await read(text, cut, guess);
        expect(error).toBeUndefined();
        expect(got).toEqual(JSON.parse(text).configurationItems);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  it('gives the same with and without the guess, damage included', async () => {
    const property = fc.asyncProperty(
      elements,
      indent,
      cuts,
      fc.nat(),
      fc.string(),
      async (list, space, cut, place, junk) => {
        const records = list.map((fields) => ({ ...fields, resourceType: 'x' }));
        const text = [
          JSON.stringify(
            list.length % 2 === 0 ? records : { configurationItems: list },
            null,
            space,
          ),
        ];
        for (const record of records) text.push(JSON.stringify(record));
        const whole = text.join('\n');
        const at = place % whole.length;
        const damaged = place % 3 === 0 ? whole : whole.slice(0, at) + junk + whole.slice(at + 1);
        expect(await read(damaged, cut, true)).toEqual(await read(damaged, 1 << 20, false));
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });
});
