import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { linesOf, median, sources } from './tree.ts';

const code = sources.filter((path) => !path.startsWith('test/'));

/** Tables that are read by looking up, and generated registries. */
const TABLES = [
  'bench/policies.ts',
  'src/policy/language/actions.ts',
  'src/knowledge/policies/aws-managed-table.ts',
  'src/generate/layers.ts',
];

describe('budgets', () => {
  it('a rule is at most 100 lines, and half of them at most 60', () => {
    const lengths = rules.map(({ id }) => linesOf(`rules/${id}.ts`).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(100);
    expect(median(lengths)).toBeLessThanOrEqual(60);
  });

  it('half of the tests of rules are at most 80 lines', () => {
    expect(
      median(rules.map(({ id }) => linesOf(`test/rules/${id}.test.ts`).length)),
    ).toBeLessThanOrEqual(80);
  });

  it('a source file is at most 200 lines', () => {
    expect(code.length).toBeGreaterThan(300);
    const long = code.filter((path) => !TABLES.includes(path) && linesOf(path).length > 200);
    expect(long, 'divide these files: at most 200 lines').toEqual([]);
  });

  it('a line of code is at most 140 characters, except a regular expression', () => {
    const wide = code.flatMap((path) =>
      linesOf(path).flatMap((line, index) => {
        const isWide = line.length > 140 && !/^\s*\/.*\/[a-z]*;$/.test(line);
        return isWide ? [`${path}:${index + 1}`] : [];
      }),
    );
    expect(wide, 'break these lines: at most 140 characters').toEqual([]);
  });

  it('there are 3 to 8 comments per 100 lines of code', () => {
    const lines = code.flatMap(linesOf).filter((line) => line.trim() !== '');
    const isLine = (line = '') => line.trim().startsWith('//');
    const begins = (line: string, index: number) =>
      /^\s*\/\*/.test(line) || (isLine(line) && !isLine(lines[index - 1]));
    const share = (100 * lines.filter(begins).length) / lines.length;
    expect(share).toBeGreaterThan(3);
    expect(share).toBeLessThan(8);
  });

  it('a folder has at most 15 files of its own', () => {
    const folders = new Map<string, number>();
    for (const path of code.filter(
      (each) => each.startsWith('src/') || each.startsWith('infra/'),
    )) {
      const folder = path.slice(0, path.lastIndexOf('/'));
      folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
    const full = [...folders].filter(([, count]) => count > 15);
    expect(full, 'divide these folders: at most 15 files').toEqual([]);
  });
});
