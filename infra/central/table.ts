import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Buckets } from './buckets.ts';
import { EVENTS_PREFIX } from './history.ts';
import { DATABASE, queries, TABLE } from './queries.ts';

const WORKGROUP = 's3-config-rules';
/** Ends a query that reads more, which at the price of a terabyte is a mistake; a year of history of a large organization is less. */
const BYTES_SCANNED_AT_MOST = 100 * 1024 ** 3;

const struct = (...fields: readonly string[]) => `struct<${fields.join(',')}>`;
const texts = (...names: readonly string[]) => names.map((name) => `${name}:string`);

/** A result inside an event. Names are in small letters, as the SerDe reads them. */
const RESULT = struct(
  `evaluationresultidentifier:${struct(
    `evaluationresultqualifier:${struct(...texts('configrulename', 'resourcetype', 'resourceid'))}`,
    'orderingtimestamp:string',
  )}`,
  ...texts('compliancetype', 'resultrecordedtime', 'configruleinvokedtime', 'annotation'),
);

/** The event "Config Rules Compliance Change" as EventBridge delivers it; `detail-type` has another name, as SQL has no such ones. */
export const COLUMNS: Readonly<Record<string, string>> = {
  version: 'string',
  id: 'string',
  detail_type: 'string',
  source: 'string',
  account: 'string',
  time: 'string',
  region: 'string',
  resources: 'array<string>',
  detail: struct(
    ...texts('resourceid', 'resourcetype', 'awsregion', 'awsaccountid'),
    ...texts('configrulename', 'configrulearn', 'recordversion', 'messagetype'),
    'notificationcreationtime:string',
    `newevaluationresult:${RESULT}`,
    `oldevaluationresult:${RESULT}`,
  ),
};

/** The day of delivery (UTC), `yyyy/MM/dd`: the part of the key after the prefix. */
export const PARTITION = 'day';

/** The history as a table, and where and how it is queried. */
export function addTable(stack: Stack, buckets: Buckets, keyArn: string, retentionDays: number) {
  const database = new CfnDatabase(stack, 'Database', {
    catalogId: Fn.ref('AWS::AccountId'),
    databaseInput: { name: DATABASE, description: 'History of s3-config-rules.' },
  });
  const location = Fn.join('', ['s3://', buckets.history.ref, '/', EVENTS_PREFIX]);
  const table = new CfnTable(stack, 'Table', {
    catalogId: Fn.ref('AWS::AccountId'),
    databaseName: DATABASE,
    tableInput: {
      name: TABLE,
      description: 'Changes of compliance of every account and Region, one a row.',
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: [{ name: PARTITION, type: 'string' }],
      // Days need not be registered: Athena computes them (Athena User Guide, "Amazon Data Firehose example").
      parameters: {
        EXTERNAL: 'TRUE',
        classification: 'json',
        'projection.enabled': 'true',
        [`projection.${PARTITION}.type`]: 'date',
        [`projection.${PARTITION}.format`]: 'yyyy/MM/dd',
        [`projection.${PARTITION}.range`]: `NOW-${retentionDays}DAYS,NOW`,
        [`projection.${PARTITION}.interval`]: '1',
        [`projection.${PARTITION}.interval.unit`]: 'DAYS',
        'storage.location.template': Fn.join('', [location, `\${${PARTITION}}/`]),
      },
      storageDescriptor: {
        location,
        columns: Object.entries(COLUMNS).map(([name, type]) => ({ name, type })),
        inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        compressed: true,
        serdeInfo: {
          serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
          // A line that is no JSON cannot be removed from a locked object, and must not stop every query: its row is empty.
          parameters: { 'mapping.detail_type': 'detail-type', 'ignore.malformed.json': 'true' },
        },
      },
    },
  });
  table.addResourceDependency(database);
  const workGroup = addWorkGroup(stack, buckets.results, keyArn);
  for (const { id, name, description, sql } of queries) {
    const query = new CfnNamedQuery(stack, `${id}Query`, {
      name,
      description,
      database: DATABASE,
      workGroup: WORKGROUP,
      queryString: sql,
    });
    query.addResourceDependency(workGroup);
  }
}

/** Who queries cannot choose another place for the results, or leave them in clear. */
function addWorkGroup(stack: Stack, results: CfnBucket, keyArn: string): CfnWorkGroup {
  return new CfnWorkGroup(stack, 'WorkGroup', {
    name: WORKGROUP,
    description: 'Queries on the history of s3-config-rules.',
    // What was asked is no evidence, and would keep the workgroup from going with the stack.
    recursiveDeleteOption: true,
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      requesterPaysEnabled: false,
      bytesScannedCutoffPerQuery: BYTES_SCANNED_AT_MOST,
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      resultConfiguration: {
        outputLocation: Fn.join('', ['s3://', results.ref, '/']),
        encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: keyArn },
        expectedBucketOwner: Fn.ref('AWS::AccountId'),
      },
    },
  });
}
