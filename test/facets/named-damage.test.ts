import { expect, it } from 'vitest';
import type { Facet } from '../../src/facets/facet.ts';
import { facets } from '../../src/facets/index.ts';
import type { ConfigurationItem } from '../../src/records/configuration-item.ts';
import { kinds, type SubjectKind } from '../../src/records/kinds.ts';
import { accountItem, unwrap } from '../../src/records/normalise.ts';
import {
  CapturedAnswers,
  capturedAnswerOf,
  isCapturedAnswer,
} from '../../src/sources/captured-answers.ts';
import { readItems } from '../../src/sources/files/read.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { damaged, type Path, places, shapeOf, tells } from './damage.ts';

type Answer = ReturnType<typeof capturedAnswerOf>;

async function organization() {
  const records: unknown[] = [];
  for await (const { value } of readItems(['examples/organization'])) records.push(value);
  const items = records.filter((record) => !isCapturedAnswer(record)).map((each) => unwrap(each));
  const accounts = [...new Set(items.map(({ account }) => account))].flatMap((account) =>
    ['eu-central-1', 'us-east-1'].map((region) =>
      accountItem(account, region, '2026-11-02T12:00:00.000Z'),
    ),
  );
  return {
    items: [...items, ...accounts],
    answers: records.filter(isCapturedAnswer).map(capturedAnswerOf),
  };
}
let read: ReturnType<typeof organization> | undefined;
const example = () => {
  read ??= organization();
  return read;
};

type Asked = Extract<Facet<unknown>, { from: 'service' }>;
const ofKinds = (Object.entries(facets) as [SubjectKind, Record<string, Facet<unknown>>][]).flatMap(
  ([kind, all]) => Object.entries(all).map(([name, facet]) => ({ kind, name, facet })),
);
const asked = ofKinds.flatMap(({ kind, name, facet }) =>
  facet.from === 'service' ? [{ kind, name, facet }] : [],
);

/** What a facet says of an item when some answers are others, and which answers it asked for. */
async function readWith(facet: Asked, item: ConfigurationItem, answers: readonly Answer[]) {
  const captured = new CapturedAnswers();
  for (const answer of answers) captured.add(answer);
  const used = new Set<Answer>();
  const services = captured.of(item.account);
  const reading = await facet.read(
    {
      async ask(operation, input, region) {
        const output = await services.ask(operation, input, region);
        for (const answer of answers) if (answer.output === (output as unknown)) used.add(answer);
        return output;
      },
    },
    item,
  );
  return { reading, used };
}

const ENOUGH = 40;

/** The items whose answers say the most, which a facet can be read from. */
async function richest(kind: SubjectKind, facet: Asked) {
  const { items, answers } = await example();
  const found: {
    readonly item: ConfigurationItem;
    readonly used: ReadonlySet<Answer>;
    readonly size: number;
  }[] = [];
  for (const item of items) {
    if (!Object.hasOwn(kinds[kind].types, item.resourceType)) continue;
    const own = answers.filter(({ account }) => account === item.account);
    const { reading, used } = await readWith(facet, item, own);
    const size = 'value' in reading ? JSON.stringify([...used]).length : 0;
    if (size > 2) found.push({ item, used, size });
    if (found.length === ENOUGH) break;
  }
  return found.sort((a, b) => b.size - a.size).slice(0, 2);
}

/** What needs no reason, because it can only make a verdict worse: what is damaged counts as not being there. */
const WORSE = [
  'deployedRules DescribeConfigRules ConfigRules.[].InputParameters',
  'recorder DescribeConfigurationRecorders ConfigurationRecorders.[].recordingGroup.recordingStrategy.useOnly',
  'recorder DescribeConfigurationRecorderStatus ConfigurationRecordersStatus.[].name',
  'watchedTrails GetEventSelectors AdvancedEventSelectors.[].FieldSelectors.[].Field',
  'watchedTrails GetEventSelectors AdvancedEventSelectors.[].FieldSelectors.[].Equals.[]',
  'watchedTrails DescribeAlarms MetricAlarms.[].MetricName',
  'watchedTrails DescribeAlarms CompositeAlarms',
  'requestAlarms DescribeAlarms MetricAlarms.[].MetricName',
  'requestAlarms DescribeAlarms CompositeAlarms',
];
/** Where the reason names what is missing inside of what is damaged. */
const DEEPER = [
  'ownership GetBucketOwnershipControls OwnershipControls',
  'ownership GetBucketOwnershipControls OwnershipControls.Rules',
  'ownership GetBucketOwnershipControls OwnershipControls.Rules.[]',
  'userPolicies GetAccountAuthorizationDetails UserDetailList.[].UserPolicyList.[].PolicyDocument',
];

const about = (name: string, shapes: readonly string[]) =>
  shapes.filter((shape) => shape.startsWith(`${name} `)).sort();

it.each(asked)('$name names what is damaged in an answer', async ({ kind, name, facet }) => {
  const { answers } = await example();
  const silent = new Set<string>();
  const seen = new Set<string>();
  for (const { item, used } of await richest(kind, facet)) {
    const own = answers.filter(({ account }) => account === item.account);
    const before = JSON.stringify((await readWith(facet, item, own)).reading);
    for (const answer of used) {
      for (const path of places(answer.output)) {
        const shape = `${name} ${answer.operation} ${shapeOf(path)}`;
        if (seen.has(shape)) continue;
        const output = damaged(answer.output, path) as Answer['output'];
        const changed = own.map((each) => (each === answer ? { ...each, output } : each));
        const { reading } = await readWith(facet, item, changed);
        if (JSON.stringify(reading) === before) continue;
        seen.add(shape);
        if (!tells(reading, path)) silent.add(shape);
      }
    }
  }
  expect([...silent].sort()).toEqual(about(name, [...WORSE, ...DEEPER]));
  expect(seen.size).toBeGreaterThan(0);
});

/** A path below its supplementary key. */
const changedIn = (item: ConfigurationItem, path: Path) => ({
  ...item,
  supplementary: damaged(item.supplementary, path) as object,
});

const recorded = Object.entries(facets.bucket as Record<string, Facet<unknown>>).flatMap(
  ([name, facet]) => (facet.from === 'item' || facet.from === 'inventory' ? [{ name, facet }] : []),
);

/** Read from the records of other resources alone. */
const OF_OTHERS = ['accountPublicAccessBlock', 'kmsAliases'];
// A filter that no one knows narrows its rule.
const NARROWER = ['lifecycle BucketLifecycleConfiguration.rules.[].filter.predicate'];

it.each(recorded)('$name names what is damaged in a record', async ({ name, facet }) => {
  const { items } = await example();
  const buckets = items
    .filter(({ resourceType }) => resourceType === 'AWS::S3::Bucket')
    .slice(0, 60);
  const inventory = new RecordedInventory();
  const silent = new Set<string>();
  const seen = new Set<string>();
  for (const item of buckets) {
    const before = JSON.stringify(facet.read(item, inventory));
    for (const path of places(item.supplementary)) {
      const shape = `${name} ${shapeOf(path)}`;
      if (seen.has(shape)) continue;
      const reading = facet.read(changedIn(item, path) as ConfigurationItem, inventory);
      if (JSON.stringify(reading) === before) continue;
      seen.add(shape);
      if (!tells(reading, path)) silent.add(shape);
    }
  }
  expect([...silent].sort()).toEqual(about(name, NARROWER));
  expect(seen.size > 0).toBe(!OF_OTHERS.includes(name));
});
