import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ConfigSnapshot } from '../../src/sources/files/config-snapshot.ts';
import { doubledKey, firstReading } from '../../src/values/doubled-key.ts';

it.each<readonly [text: string, key: string | null]>([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"x":[{"a":{"b":1},"a" : 2}]}', 'a'],
  ['{"a":{"a":{"a":1}},"b":["a","a"],"c":"a"}', null],
  ['{"a":"{\\"a\\":1,\\"a\\":2}","b":"\\\\"}', null],
  ['{"a\\\\":1,"a":"\\":","b":"}{"}', null],
  ['[{"a":1},{"a":2}]', null],
])('finds in %s the key %s', (text, key) => {
  JSON.parse(text);
  expect(doubledKey(text)).toBe(key);
});

it('reads what the first of two keys says', () => {
  const text = '{"a":1,"b":{"c":[1],"c":2,"\\u0063":3},"a":{"a":1,"a":2}}';
  expect(firstReading(text)).toMatchObject({ a: 1, b: { c: [1] } });
  expect(firstReading('{"a":"\\"","b":"x"}')).toEqual({ a: '"', b: 'x' });
});

it('names a record with such a key, takes nothing that it says to count, and reads the others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'doubled-'));
  const record = (name: string, more: string) =>
    `{"resourceType":"AWS::S3::Bucket","resourceId":"${name}","awsAccountId":"111122223333","awsRegion":"eu-central-1",` +
    `"configurationItemStatus":"OK","configurationItemCaptureTime":"2026-11-02T00:00:00.000Z",${more}}`;
  const twice = '"supplementaryConfiguration":{"x":1},"supplementaryConfiguration":{"x":2}';
  const items = [record('a', '"tags":{}'), record('b', twice), record('c', '"tags":{}')];
  writeFileSync(join(folder, 's.json'), `{"configurationItems":[${items}]}`);
  const told: string[] = [];
  const source = await new ConfigSnapshot([folder]).open({
    ...{ namesBuckets: true, complain: (message: string) => void told.push(message) },
  });
  const names: string[] = [];
  for await (const { resourceId, flaw } of source.items())
    names.push(flaw === undefined ? resourceId : `${resourceId}: ${flaw}`);
  rmSync(folder, { recursive: true });
  expect(names).toEqual(['a', 'b: the key "supplementaryConfiguration" stands twice', 'c']);
  expect(told).toEqual([
    `${join(folder, 's.json')}, record 2: the key "supplementaryConfiguration" stands twice.`,
  ]);
});
