import { TABLE_NAMES } from '../layout.ts';
import type { TableName } from '../tables.ts';
import { schemaOf } from './shape.ts';
import { tableFields } from './tables.ts';

/** The JSON Schema of a row of a table. */
export const tableSchema = (table: TableName): object => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: `Row of the table ${table} of the results of s3-config-rules`,
  ...schemaOf(tableFields[table]),
});

/** The columns of a table in Athena: name and type. What no type of Hive can hold is not among them. */
export const columnsOf = (table: TableName): readonly (readonly [name: string, type: string])[] =>
  Object.entries(tableFields[table]).flatMap(([name, { hive }]) =>
    hive === null ? [] : [[name.toLowerCase(), hive] as const],
  );

const BUCKET = 'amzn-s3-demo-bucket/results';

/**
 * The statement that makes a table in Athena. Partitions are projected from the day (Athena User Guide, "Partition projection"), so
 * that no crawler is needed. The Hive JSON SerDe is the one that its page on the OpenX JSON SerDe advises for reliable results.
 */
const statementOf = (table: TableName): string =>
  [
    `CREATE EXTERNAL TABLE s3_config_rules_results.${table} (`,
    columnsOf(table)
      .map(([name, type]) => `  \`${name}\` ${type}`)
      .join(',\n'),
    ')',
    'PARTITIONED BY (`date` string)',
    "ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'",
    `LOCATION 's3://${BUCKET}/${table}/'`,
    'TBLPROPERTIES (',
    "  'projection.enabled' = 'true',",
    "  'projection.date.type' = 'date',",
    "  'projection.date.format' = 'yyyy-MM-dd',",
    "  'projection.date.range' = '2026-01-01,NOW',",
    "  'projection.date.interval' = '1',",
    "  'projection.date.interval.unit' = 'DAYS',",
    `  'storage.location.template' = 's3://${BUCKET}/${table}/date=\${date}/'`,
    ');',
  ].join('\n');

const athena = (): string =>
  [
    '-- Generated from src/results/schema by "npm run generate". Replace the name of the bucket, then run one statement after the other.',
    'CREATE DATABASE IF NOT EXISTS s3_config_rules_results;',
    ...TABLE_NAMES.map(statementOf),
    '',
  ].join('\n\n');

/** The published schema of the data set, by path from the root. */
export const schemaFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ...TABLE_NAMES.map((table): [string, string] => [
      `docs/data-set/${table}.schema.json`,
      `${JSON.stringify(tableSchema(table), null, 2)}\n`,
    ]),
    ['docs/data-set/athena.sql', athena()],
  ]);
