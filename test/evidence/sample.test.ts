import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleOf, sharesOf } from '../../src/evidence/sample.ts';
import type { FindingRow } from '../../src/results/index.ts';

const rows = Array.from({ length: 500 }, (_, index) => ({
  id: `id-${index}`,
  state: index % 10 === 0 ? 'FAIL' : 'PASS',
  subject: { account: index < 5 ? 'small' : 'large' },
})) as unknown as readonly FindingRow[];

async function* from(list: readonly FindingRow[]) {
  yield* list;
}

const draw = async (seed: string, size: number, list = rows) =>
  (await sampleOf(from(list), seed, size, ['account', 'state'])).map(({ id }) => id);

describe('a sample', () => {
  it('is the same for everybody with the same seed, whatever the order, and another one with another seed', async () => {
    const drawn = await draw('1', 25);
    expect(drawn).toHaveLength(25);
    expect(await draw('1', 25, [...rows].reverse())).toEqual(drawn);
    expect(await draw('2', 25)).not.toEqual(drawn);
  });

  it('draws from each stratum, and never more than there is', async () => {
    const drawn = await draw('1', 25);
    expect(drawn.some((id) => Number(id.slice(3)) < 5)).toBe(true);
    expect(drawn).toContain('id-0');
    expect(await draw('1', 10_000)).toHaveLength(500);
    expect(await draw('1', 0)).toEqual([]);
  });

  it('lets the seed choose among strata where there are more of them than rows', async () => {
    const many = rows.map((row, index) => ({ ...row, subject: { account: `a-${index % 50}` } }));
    const accounts = async (seed: string) =>
      (await sampleOf(from(many as unknown as FindingRow[]), seed, 3, ['account'])).map(
        ({ subject }) => subject.account,
      );
    expect(new Set(await accounts('1')).size).toBe(3);
    expect(await accounts('1')).not.toEqual(['a-0', 'a-1', 'a-10']);
    expect(await accounts('2')).not.toEqual(await accounts('1'));
  });

  it('divides a number whole, at most as many as there are, and at least one each where it can', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 8 }), fc.nat(200), (counts, size) => {
        const shares = sharesOf(counts, size);
        const all = counts.reduce((a, b) => a + b, 0);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(Math.min(size, all));
        shares.forEach((share, index) => {
          expect(share).toBeLessThanOrEqual(counts[index] as number);
        });
        const filled = counts.filter((count) => count > 0).length;
        if (size >= filled) expect(shares.filter((share) => share > 0)).toHaveLength(filled);
      }),
    );
  });
});
