import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Marks } from '../../src/values/marks.ts';

it('says of each text what a Set says, however many there are', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 300 }), (texts) => {
      const [marks, set] = [new Marks(), new Set<string>()];
      for (const text of texts) {
        expect(marks.add(text)).toBe(set.has(text));
        set.add(text);
      }
      expect(marks.size).toBe(set.size);
    }),
    { numRuns: 50 },
  );
  const many = new Marks();
  for (let n = 0; n < 5000; n++) expect(many.add(`bucket-${n}`)).toBe(false);
  for (let n = 0; n < 5000; n++) expect(many.has(`bucket-${n}`)).toBe(true);
  expect(many.has('bucket-5000')).toBe(false);
  expect(many.size).toBe(5000);
});
