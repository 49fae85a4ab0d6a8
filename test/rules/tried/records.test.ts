import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { evaluate } from '../../../src/embed/evaluate.ts';
import { parseSettings } from '../../../src/settings-file/settings-file.ts';

/** Records as AWS documents them, the answer written down before a rule was asked, and the page that says why. */
interface Case {
  readonly when: string;
  readonly source: string;
  /** The answer: state and message. */
  readonly state: string;
  readonly says: string;
  /** Which of the settings of the table. */
  readonly settings: number;
  readonly now?: string;
  /** Where it matters, as in a report of credentials. */
  readonly account?: string;
  readonly subject: string;
  /** Records in short form, or "#n" for one that the table shares. */
  readonly records: readonly unknown[];
}

interface Table {
  readonly settings: readonly object[];
  readonly shared: readonly unknown[];
  readonly cases: readonly Case[];
}

const NOW = '2026-11-20T12:00:00.000Z';
const OWNER = 'a'.repeat(64);
const item = {
  configurationItemVersion: '1.3',
  configurationItemCaptureTime: '2026-11-19T07:29:16.288Z',
  configurationItemStatus: 'OK',
  awsRegion: 'eu-west-1',
  tags: {},
  supplementaryConfiguration: {},
};
const plain = {
  AccessControlList: JSON.stringify({
    grantList: [{ grantee: { id: OWNER }, permission: 'FullControl' }],
    owner: { id: OWNER },
  }),
  BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
  BucketNotificationConfiguration: { configurations: {} },
  BucketPolicy: { policyText: null },
  BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: null },
  IsRequesterPaysEnabled: false,
  ServerSideEncryptionConfiguration: {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: false }],
  },
};

type Short = Readonly<Record<string, unknown>>;

/** A whole record: of a bucket what differs from a plain one is given, and its policy as JSON. */
function recordOf(short: Short, account: string): object {
  if ('operation' in short) return answerOf(short, account);
  const { bucket, has, ...others } = short as Short & { bucket?: string; has?: Short };
  if (bucket === undefined) {
    const { resourceId, awsRegion = item.awsRegion } = others;
    const ARN = `arn:aws:x:${awsRegion}:${account}:${resourceId}`;
    return { ...item, awsAccountId: account, resourceName: resourceId, ARN, ...others };
  }
  const given = Object.entries({ ...plain, ...has }).filter(([, value]) => value !== '__none__');
  return {
    ...item,
    ...{ awsAccountId: account, resourceType: 'AWS::S3::Bucket', resourceId: bucket, resourceName: bucket },
    ...{ ARN: `arn:aws:s3:::${bucket}`, configuration: { name: bucket, owner: { id: OWNER } } },
    supplementaryConfiguration: Object.fromEntries(given.map(([key, value]) => [key, sectionOf(key, value)])),
    ...others,
  };
}

const sectionOf = (key: string, value: unknown) =>
  key === 'BucketPolicy' && Object(value).Statement ? { policyText: JSON.stringify(value) } : value;

function answerOf({ output, ...question }: Short, account: string): object {
  const all = { account, region: 'eu-west-1', ...question };
  if (output === undefined) return all;
  const isEvery = Object(output).ConfigRules === 'EVERY RULE';
  return { ...all, output: isEvery ? { ConfigRules: rules.map(({ id }) => deployed(id, account)) } : output };
}

const deployed = (id: string, account: string) => ({
  ConfigRuleName: `${id}-conformance-pack-57a68984`,
  ConfigRuleState: 'ACTIVE',
  InputParameters: JSON.stringify({ rule: id }),
  Source: {
    Owner: 'CUSTOM_LAMBDA',
    SourceIdentifier: `arn:aws:lambda:eu-west-1:${account}:function:s3-config-rules-live`,
  },
});

const folder = new URL('records/', import.meta.url);
/** A table has a line for each of its settings, for each record that cases share, and for each case. */
function read(file: string): Table {
  const lines: readonly Record<string, unknown>[] = readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const of = (key: string) => lines.flatMap((line) => (key in line ? [line[key]] : []));
  return {
    settings: of('setting') as object[],
    shared: of('record'),
    cases: lines.filter((line) => 'when' in line) as unknown as Case[],
  };
}

const ACCOUNT = '610000000001';

/** The findings on the subject of one case. */
async function findingsOn(id: string, { settings, shared }: Table, each: Case) {
  const { account = ACCOUNT } = each;
  const written = (value: unknown) => JSON.stringify(value).replaceAll('{account}', account).replaceAll('{subject}', 'tried-subject');
  const records = each.records.map((record) => {
    const short = typeof record === 'string' ? shared[Number(record.slice(1))] : record;
    return recordOf(JSON.parse(written(short)), account);
  });
  const findings = await evaluate(records, {
    rules: rules.filter((rule) => rule.id === id),
    settings: parseSettings(written(settings[each.settings]), 'the settings of a case'),
    now: each.now ?? NOW,
  });
  const subject = JSON.parse(written(each.subject));
  return findings.filter(({ subject: found }) => found.account === account && found.id === subject);
}

const tables = readdirSync(folder).map((file) => [file.replace('.ndjson', ''), read(file)] as const);

describe.each(tables)('%s on records', (id, table) => {
  it('answers as was written down before', async () => {
    for (const each of table.cases) {
      const found = await findingsOn(id, table, each);
      expect(found, each.when).toHaveLength(1);
      const { state, says: messageId } = each;
      expect(found[0], `${each.when}: ${found[0]?.message}`).toMatchObject({ state, messageId });
    }
  });
});

it('has at least fifteen such cases in each table', () => {
  expect(tables.filter(([, { cases }]) => cases.length < 15).map(([id]) => id)).toEqual([]);
});
