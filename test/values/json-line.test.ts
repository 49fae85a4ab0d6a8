import { expect, it } from 'vitest';
import { jsonLine } from '../../src/values/json-line.ts';

it.each([
  ['\ud83d', '\ufffd'],
  ['a\udc00b', 'a\ufffdb'],
  ['\ud83d\ude00', '\ud83d\ude00'],
  ['\\ud83d', '\\ud83d'],
  ['\\\ud83d', '\\\ufffd'],
  ['\ud83d\ud83d\ude00\udc00', '\ufffd\ud83d\ude00\ufffd'],
  ['\udb40\udc41\udb40', '\udb40\udc41\ufffd'],
])('gives %j as text that every reader takes', (text, expected) => {
  const line = jsonLine({ text, [text]: 1 });
  expect(JSON.parse(line)).toEqual({ text: expected, [expected]: 1 });
});
