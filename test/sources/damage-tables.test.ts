import { describe, expect, it } from 'vitest';
import { rules as allRules } from '../../rules/index.ts';
import { assess } from '../../src/assessment/assess.ts';
import type { ParametrisedRule } from '../../src/assessment/assessment.ts';
import { packOf } from '../../src/assessment/pack-of.ts';
import { subjectFrom } from '../../src/assessment/subject.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { facetOf } from '../../src/facets/facet-of.ts';
import { needsOf } from '../../src/facets/needs.ts';
import type { ConfigurationItem } from '../../src/records/configuration-item.ts';
import { unwrap } from '../../src/records/normalise.ts';
import { type OperationName, operations } from '../../src/services/operations.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import {
  CapturedAnswers,
  capturedAnswerOf,
  isCapturedAnswer,
} from '../../src/sources/captured-answers.ts';
import { readItems } from '../../src/sources/files/read.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { isObject } from '../../src/values/json.ts';

/** The example organization, whose records and answers are damaged one kind at a time. */
const now = '2026-11-02T12:00:00.000Z';
const settings = await loadSettings('examples/settings.yaml');
const records: unknown[] = [];
for await (const { value } of readItems(['examples/organization'])) records.push(value);
const answers = records.filter(isCapturedAnswer).map(capturedAnswerOf);
const items = records.filter((record) => !isCapturedAnswer(record)).map((each) => unwrap(each));
const inventory = new RecordedInventory();
for (const item of items) inventory.add(item);
for (const item of items) inventory.meet(item);
const pack = packOf(allRules);
const assessment = { settings, pack, now };
const withParameters = (rules: readonly Rule[]) =>
  rules.map((rule) => ({ rule, params: parametersOf(rule, settings) }));

type Json = Record<string, unknown>;
type Change = (output: Json) => Json;

/** Every list in a value, however deep, replaced. */
const lists = (value: unknown, change: (list: unknown[]) => unknown): unknown => {
  if (Array.isArray(value)) return change(value);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, lists(inner, change)]),
  );
};
const otherCase = (key: string) =>
  (/^[a-z]/.test(key) ? key[0]?.toUpperCase() : key[0]?.toLowerCase()) + key.slice(1);
const renamed = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [otherCase(key), inner]));

const kindsOfAnswers: Record<string, Change> = {
  'an empty object': () => ({}),
  'no lists': (output) => lists(output, () => null) as Json,
  'entries of another shape': (output) =>
    lists(output, (list) => list.map(() => ({ zzz: 1 }))) as Json,
  'keys in another spelling': renamed,
  'a first page without entries': (output) => ({
    ...(lists(output, () => []) as Json),
    NextToken: 't',
  }),
  'a first page': (output) => ({ ...output, nextToken: 't' }),
};

const asks = (operation: OperationName, { subject, reads }: Rule) =>
  reads.some((name) => {
    const facet = facetOf(subject, name);
    return facet.from === 'service' && facet.asks.includes(operation);
  });

/** What rules say of items, by rule and subject, when the answers to an operation are changed. */
async function found(
  rules: readonly Rule[],
  judged: readonly ConfigurationItem[],
  [asked, change]: readonly [OperationName, Change],
) {
  const captured = new CapturedAnswers();
  for (const answer of answers) {
    const isMeant = answer.operation === asked && answer.error === null;
    captured.add(isMeant ? { ...answer, output: change(answer.output as Json) } : answer);
  }
  const source = {
    inventory,
    services: (account: string) => captured.of(account),
    async *items() {
      yield* judged;
    },
  };
  const states = new Map<string, { state: string; item: ConfigurationItem }>();
  for await (const { findings, item } of assess(source, withParameters(rules), assessment)) {
    for (const { rule, subject, state } of findings)
      states.set(`${rule} ${subject.account} ${subject.region} ${subject.name}`, { state, item });
  }
  return states;
}

const isBad = (state: string | undefined) => state === 'FAIL' || state === 'UNKNOWN';

describe('damage to captured answers makes no verdict better', () => {
  it.each(Object.keys(operations) as OperationName[])('%s', async (operation) => {
    const asking = allRules.filter((rule) => asks(operation, rule));
    const before = await found(asking, items, [operation, (output) => output]);
    const bad = [...before].filter(([, { state }]) => isBad(state));
    const badItems = [...new Set(bad.map(([, { item }]) => item))];
    const outputs = answers.filter((answer) => answer.operation === operation);
    for (const [kind, change] of Object.entries(kindsOfAnswers)) {
      const isChange = outputs.some(
        ({ output }) => JSON.stringify(output) !== JSON.stringify(change(output as Json)),
      );
      if (!isChange) continue;
      const after = await found(asking, badItems, [operation, change]);
      const better = bad.filter(([key]) => !isBad(after.get(key)?.state)).map(([key]) => key);
      expect(better, kind).toEqual([]);
    }
  });
});

/** Each bucket is judged by itself, so that what its neighbours say of it stays. */
const buckets = items.filter(({ resourceType }) => resourceType === 'AWS::S3::Bucket');
const recordedRules = withParameters(
  allRules.filter((rule) => rule.subject === 'bucket' && needsOf(rule).function === 'recorded'),
);

function failed(item: ConfigurationItem, among: readonly ParametrisedRule[] = recordedRules) {
  const subject = subjectFrom('bucket', item, { inventory, now, pack });
  return among.filter(({ rule, params }) => {
    const context = { params, waivers: [], accounts: {}, now, capturedAt: null };
    return evaluate(rule, subject, context).verdict === 'NON_COMPLIANT';
  });
}

const kindsOfSections: Record<string, Change> = {
  'an empty object': () => ({}),
  'keys of another kind': () => ({ a: 1 }),
  'keys in another spelling': renamed,
  'values that are null': (section) =>
    Object.fromEntries(Object.keys(section).map((key) => [key, null])),
};

/** How AWS Config writes that there is none (test/facets/quirks.test.ts): no damage. */
const NONE = ['BucketPolicy', 'ObjectLockConfiguration', 'BucketLoggingConfiguration'];

describe('damage to a section of a record makes no verdict better', () => {
  // Of buckets that fail the same rules one is enough.
  const kinds = new Map(
    buckets
      .map((item) => [item, failed(item)] as const)
      .map(([item, bad]) => [bad.map(({ rule }) => rule.id).join(), { item, bad }]),
  );
  const before = [...kinds.values()];
  const sections = [...new Set(buckets.flatMap((item) => Object.keys(item.supplementary ?? {})))];
  it.each(sections)('%s', (name) => {
    for (const [kind, change] of Object.entries(kindsOfSections)) {
      if (kind === 'values that are null' && NONE.includes(name)) continue;
      for (const { item, bad } of before) {
        const section = item.supplementary?.[name];
        if (!isObject(section) || Object.keys(section).length === 0) continue;
        const supplementary = { ...item.supplementary, [name]: change(section) };
        const after = failed({ ...item, supplementary }, bad);
        expect(after, `${kind} of ${item.resourceName}`).toEqual(bad);
      }
    }
  });
});
