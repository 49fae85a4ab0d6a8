import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DATABASE, queries, TABLE } from '../../infra/central/queries.ts';
import { COLUMNS, PARTITION } from '../../infra/central/table.ts';
import { eventOf } from '../security-hub/world.ts';
import { deployed, resourcesOf, synthesize } from './central.ts';
import { example } from './world.ts';

type Shape = string | { readonly [name: string]: Shape };

/** A type of Hive as nested fields: `struct<a:string,b:struct<c:string>>`. */
function shapeOf(type: string): Shape {
  const inner = /^struct<(.*)>$/.exec(type)?.[1];
  if (inner === undefined) return type;
  const fields: string[] = [];
  let depth = 0;
  let from = 0;
  for (let index = 0; index <= inner.length; index++) {
    const letter = inner[index] ?? ',';
    if (letter === '<') depth++;
    if (letter === '>') depth--;
    if (letter !== ',' || depth > 0) continue;
    fields.push(inner.slice(from, index));
    from = index + 1;
  }
  return Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon), shapeOf(field.slice(colon + 1))];
    }),
  );
}

const schema: Shape = Object.fromEntries(
  Object.entries(COLUMNS).map(([name, type]) => [name, shapeOf(type)]),
);

/** What the SerDe makes of a value: names in small letters, `detail-type` by its mapping. */
function shapeOfValue(value: unknown): Shape {
  if (Array.isArray(value)) return 'array<string>';
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name === 'detail-type' ? 'detail_type' : name.toLowerCase(),
      shapeOfValue(each),
    ]),
  );
}

const at = (path: string): Shape | undefined =>
  path
    .split('.')
    .reduce<Shape | undefined>(
      (shape, name) => (typeof shape === 'object' ? shape[name] : undefined),
      schema,
    );

const WORDS = new Set(
  `and array as asc between by case coalesce count current_timestamp date_diff date_format day desc distinct
   else end from from_iso8601_timestamp group having interval is lag lead max max_by not null or order over partition
   regexp_extract regexp_like regexp_replace select then try when where with`.split(/\s+/),
);
/** Names that a query takes from the table: what is neither a word of SQL nor introduced by the query. */
function columnsOf(sql: string): readonly string[] {
  const bare = sql.replace(/--.*$/gm, '').replace(/'(?:[^']|'')*'/g, "''");
  const introduced = new Set([
    ...[...bare.matchAll(/\bAS (\w+)/g)].map(([, name]) => name),
    ...[...bare.matchAll(/(\w+) AS \(/g)].map(([, name]) => name),
    `${DATABASE}.${TABLE}`,
  ]);
  const names = [...bare.matchAll(/[a-z_][\w.]*/gi)].map(([name]) => name);
  return [...new Set(names)].filter(
    (name) => !introduced.has(name) && !(WORDS.has(name.toLowerCase()) && name !== PARTITION),
  );
}

describe('the table', () => {
  it('has a column for every part of an event, and no other', () => {
    const result = {
      rule: 's3-tls-only',
      type: 'AWS::S3::Bucket',
      id: 'a',
      at: 0,
      verdict: 'COMPLIANT',
      annotation: 'refused: Yes.',
    } as const;
    const event = eventOf({ ...result, previous: result });
    expect(shapeOfValue(event)).toEqual(schema);
  });

  it('reads the objects where Firehose puts them, day by day', () => {
    const history = { retentionDays: 2557 };
    const template = synthesize({ ...example, consumers: { ...example.consumers, history } });
    const { Stream, Table } = resourcesOf(template);
    expect([Stream?.Type, Table?.Type]).toEqual([
      'AWS::KinesisFirehose::DeliveryStream',
      'AWS::Glue::Table',
    ]);
    const { Parameters, StorageDescriptor, PartitionKeys } = deployed(
      Table?.Properties['TableInput'],
    ) as {
      readonly Parameters: Readonly<Record<string, string>>;
      readonly StorageDescriptor: {
        readonly Location: string;
        readonly SerdeInfo: { readonly Parameters: object };
      };
      readonly PartitionKeys: readonly object[];
    };
    expect(Stream?.Properties['ExtendedS3DestinationConfiguration']).toMatchObject({
      Prefix: 'events/!{timestamp:yyyy/MM/dd}/',
    });
    expect(Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy/MM/dd',
      'projection.day.range': 'NOW-2557DAYS,NOW',
      'storage.location.template': `s3://historybucket/events/\${${PARTITION}}/`,
    });
    expect(PartitionKeys).toEqual([{ Name: 'day', Type: 'string' }]);
    expect(StorageDescriptor.Location).toBe('s3://historybucket/events/');
    expect(StorageDescriptor.SerdeInfo.Parameters).toMatchObject({
      'mapping.detail_type': 'detail-type',
    });
  });
});

describe('the saved queries', () => {
  const free = ['rule', 'resource_id', 'annotation', 'waiver'];

  it.each(queries)('$name: names columns that there are', ({ sql }) => {
    const columns = columnsOf(sql);
    expect(columns).toContain('account');
    for (const name of columns) {
      const isColumn = name === PARTITION || typeof at(name) === 'string';
      expect(isColumn, name).toBe(true);
    }
  });

  it.each(queries)('$name: shows no text of others as a formula', ({ sql }) => {
    const shown = sql.slice(sql.lastIndexOf('SELECT'));
    for (const name of free) {
      const rest = shown.replaceAll(
        `CASE WHEN regexp_like(${name}, '^[=+\\-@\\t\\r]') THEN '''' || ${name} ELSE ${name} END AS ${name}`,
        '',
      );
      const list = rest.slice(0, rest.indexOf('FROM'));
      expect(list).not.toMatch(new RegExp(`\\b${name}\\b`));
    }
  });

  it('are listed in docs/history.md, all of them and in this order', () => {
    const [, ...listed] =
      readFileSync('docs/history.md', 'utf8')
        .split('| saved query `')[1]
        ?.split('\n\n')[0]
        ?.matchAll(/^\| ([^|]+) \|/gm) ?? [];
    const prefix = 's3-config-rules: ';
    expect(listed.map(([, name]) => `${prefix}${name}`)).toEqual(queries.map(({ name }) => name));
  });

  it('know a column that is not there', () => {
    expect(columnsOf(`SELECT id, detail.nothing AS x FROM ${DATABASE}.${TABLE}`)).toEqual([
      'id',
      'detail.nothing',
    ]);
    expect(at('detail.nothing')).toBeUndefined();
    expect(at('detail.newevaluationresult')).toBeTypeOf('object');
  });

  it('take the name of a rule without what AWS Config adds in a pack', () => {
    const [, pattern = ''] = /regexp_replace\(detail\.configrulename, '([^']+)', ''\)/.exec(
      queries[0]?.sql ?? '',
    ) as RegExpExecArray;
    const plain = (name: string) => name.replace(new RegExp(pattern), '');
    expect(plain('s3-tls-only-conformance-pack-ab12cd34e')).toBe('s3-tls-only');
    expect(plain('s3-tls-only')).toBe('s3-tls-only');
  });
});
