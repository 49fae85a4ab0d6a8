import { describe, expect, it } from 'vitest';
import { EmptyInput, jsonItems } from '../../src/sources/json/items.ts';
import { JsonProblem } from '../../src/sources/json/window.ts';
import { collect, inChunks } from './json-feed.ts';

const item = (name: string) => ({ resourceType: 'AWS::S3::Bucket', resourceId: name });
const [a, b, c] = [item('a'), item('b'), item('c')];
const event = { invokingEvent: JSON.stringify({ configurationItem: a }), resultToken: 't' };

async function read(text: string | Buffer, cut?: number | readonly number[], guess = true) {
  return collect(jsonItems(inChunks(text, cut), { guess }));
}

/** The records of a text that has no fault, the same however it is cut. */
async function itemsOf(text: string): Promise<unknown[]> {
  const { got, error } = await read(text);
  expect(error).toBeUndefined();
  for (const guess of [true, false]) {
    for (const size of [1, 2, 3, 7]) expect(await read(text, size, guess)).toEqual({ got, error });
  }
  return got;
}

describe('shapes', () => {
  const snapshot = { fileVersion: '1.0', configSnapshotId: 'x', configurationItems: [a, b, c] };
  const shapes: Record<string, [text: string, expected: unknown[]]> = {
    'a snapshot': [JSON.stringify(snapshot), [a, b, c]],
    'a pretty-printed snapshot': [JSON.stringify(snapshot, null, 4), [a, b, c]],
    'a snapshot with a byte order mark': [`\ufeff${JSON.stringify(snapshot)}`, [a, b, c]],
    'a snapshot without items': ['{"configurationItems" : [ ] , "fileVersion":"1.0"}', []],
    'items before the other keys': [
      JSON.stringify({ configurationItems: [a, b], fileVersion: '1.0' }),
      [a, b],
    ],
    'items of mixed kind': [
      '{"configurationItems":[{},{"x":[1]},{"y":"]}"}]}',
      [{}, { x: [1] }, { y: ']}' }],
    ],
    'the key written with escapes': ['{"\\u0063onfigurationItems":[{"x":1}]}', [{ x: 1 }]],
    'look-alikes before the key': [
      JSON.stringify({
        note: 'configurationItems',
        text: '"configurationItems":[{"resourceType":"no"}]',
        nested: { configurationItems: [{ resourceType: 'no' }] },
        list: ['configurationItems', [{ resourceType: 'no' }]],
        configurationItems: [a],
      }),
      [a],
    ],
    'an answer of GetResourceConfigHistory': [
      JSON.stringify({ configurationItems: [a], nextToken: 'n' }),
      [a],
    ],
    'an answer of BatchGetResourceConfig': [
      JSON.stringify({ baseConfigurationItems: [a], unprocessedResourceKeys: [] }),
      [a],
    ],
    'an answer of SelectResourceConfig': [
      JSON.stringify({ Results: [JSON.stringify(a), '{}'], QueryInfo: { SelectFields: [] } }),
      [{ selectResult: JSON.stringify(a) }, { selectResult: '{}' }],
    ],
    'one item': [JSON.stringify(a), [a]],
    'a Lambda event': [JSON.stringify(event), [event]],
    'the body of a notification': [
      JSON.stringify({ configurationItem: a }),
      [{ configurationItem: a }],
    ],
    'the body of an oversized notification': [
      JSON.stringify({ configurationItemSummary: a }),
      [{ configurationItemSummary: a }],
    ],
    'an EventBridge event': [
      JSON.stringify({ source: 'aws.config', detail: { configurationItem: a } }),
      [{ source: 'aws.config', detail: { configurationItem: a } }],
    ],
    'an array of items': [JSON.stringify([a, b, c]), [a, b, c]],
    'an empty array': [' [ ] ', []],
    'an array of different shapes': [
      JSON.stringify([a, snapshot, event, { Results: ['{}'] }, b], null, 1),
      [a, a, b, c, event, { selectResult: '{}' }, b],
    ],
    NDJSON: [`${JSON.stringify(a)}\n${JSON.stringify(b)}\r\n\n${JSON.stringify(c)}\n`, [a, b, c]],
    'NDJSON of different shapes': [
      [a, b, snapshot, event, c].map((line) => JSON.stringify(line)).join('\n'),
      [a, b, a, b, c, event, c],
    ],
    'documents without anything between': [JSON.stringify(a) + JSON.stringify(b), [a, b]],
    'text beyond ASCII': [
      JSON.stringify([item('Zürich €𝄞'), item('\u0000"\\')]),
      [item('Zürich €𝄞'), item('\u0000"\\')],
    ],
    'an item that also holds a list': [
      JSON.stringify([a, b, { ...a, Results: ['{}'] }]),
      [a, b, { selectResult: '{}' }, { ...a, Results: [] }],
    ],
  };
  it.each(Object.entries(shapes))('%s', async (_name, [text, expected]) => {
    expect(await itemsOf(text)).toEqual(expected);
  });
});

describe('faults', () => {
  const whole = JSON.stringify({ configurationItems: [a, b, c] });
  const faults: Record<
    string,
    [text: string | Buffer, items: number, message: RegExp, offset: number]
  > = {
    'text that is no JSON': ['hello', 0, /unexpected 'h'/, 0],
    'UTF-16': [Buffer.from(`\ufeff${whole}`, 'utf16le'), 0, /unexpected byte 0xff/, 0],
    'a number': ['42', 0, /unexpected '4'/, 0],
    'an array in an array': ['[[]]', 0, /unexpected '\['/, 1],
    'an object of another kind': [
      '{"name":"x","version":"1"}',
      0,
      /^an object with the keys "name", "version"$/,
      0,
    ],
    'many keys': [
      '{"a":1,"b":1,"c":1,"d":1,"\\u001b[31m":1,"f":1}',
      0,
      /"a", "b", "c", "d", "\\u001b\[31m", …$/,
      0,
    ],
    'no keys': [' {}', 0, /^an empty object$/, 1],
    'a list that is none': ['{"configurationItems":{}}', 0, /keys "configurationItems"/, 0],
    'an element that is no object': [
      '{"configurationItems":[{},7]}',
      1,
      /no item in "configurationItems"/,
      26,
    ],
    'a result that is no text': ['{"Results":["{}",{}]}', 1, /no item in "Results"/, 17],
    'the list twice': [
      `{"configurationItems":[${JSON.stringify(a)}],"configurationItems":[${JSON.stringify(b)}]}`,
      ...([2, /the key "configurationItems" stands twice/, 0] as const),
    ],
    'a cut in an item': [
      whole.slice(0, -20),
      2,
      /ends inside the value that begins/,
      whole.indexOf(JSON.stringify(c)),
    ],
    'a cut between items': [
      `${whole.slice(0, whole.indexOf('},') + 2)}`,
      1,
      /ends too early/,
      whole.indexOf('},') + 2,
    ],
    'a cut behind the items': [whole.slice(0, -1), 3, /ends too early/, whole.length - 1],
    'a cut before the items': ['{"configurationItems":', 0, /ends too early/, 22],
    'garbage behind the document': [`${whole}}`, 3, /unexpected '}'/, whole.length],
    'text behind the document': [`${whole} x`, 3, /unexpected 'x'/, whole.length + 1],
    'a comma too many': ['{"configurationItems":[{},]}', 1, /unexpected ']'/, 26],
    'a comma too few': ['{"configurationItems":[{}{}]}', 1, /unexpected '{'/, 25],
    'bad JSON in an item': ['{"configurationItems":[{"a":1},{"a":tru}]}', 1, /bad JSON/, 31],
    'bad JSON around the items': ['{"configurationItems":[{"a":1}],"b"}', 1, /bad JSON/, 0],
    'a bracket of the wrong kind': ['{"configurationItems":[{"a":[1}}]}', 0, /bad JSON/, 30],
    'a control character in a text': ['[{"resourceType":"a\nb"}]', 0, /bad JSON/, 19],
    'invalid UTF-8': [Buffer.from('[{"resourceType":"\xfc"}]', 'latin1'), 0, /invalid UTF-8/, 17],
    'a document that closes too often': ['{"a":1]', 0, /unexpected ']'/, 6],
  };
  it.each(Object.entries(faults))('%s', async (_name, [text, count, message, offset]) => {
    const { got, error } = await read(text);
    expect(got).toHaveLength(count);
    expect(error).toBeInstanceOf(JsonProblem);
    expect(error).toMatchObject({ message: expect.stringMatching(message), offset });
    for (const size of [1, 5]) expect(await read(text, size, false)).toEqual({ got, error });
  });

  it.each(['', ' \r\n\t ', '\ufeff'])('nothing: %j', async (text) => {
    expect((await read(text)).error).toBeInstanceOf(EmptyInput);
  });

  it('spends no stack on nesting: a million levels are read, or refused by JSON.parse', async () => {
    const deep = '['.repeat(1e6) + ']'.repeat(1e6);
    const { got, error } = await read(`{"configurationItems":[{},{"a":${deep}},{}]}`);
    expect(error === undefined ? got.length : error).toSatisfy(
      (seen) => seen === 3 || seen instanceof JsonProblem,
    );
  });
});
