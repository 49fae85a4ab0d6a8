import { expect, it } from 'vitest';
import { cell } from '../../src/values/csv.ts';

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['a\tb', 'a\tb'],
  ['=1+1', "'=1+1"],
  ['\u001b[2J', '\\u{1b}[2J'],
  ['a\u009b1m', 'a\\u{9b}1m'],
  ['a\u202eb', 'a\\u{202e}b'],
  ['\ud83d', '\\u{d83d}'],
  ['é 🙂', 'é 🙂'],
  [true, 'true'],
  [null, ''],
])('%j is a cell', (value, expected) => {
  expect(cell(value)).toBe(expected);
});
