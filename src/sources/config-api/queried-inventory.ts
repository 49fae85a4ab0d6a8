import {
  type ConfigServiceClient,
  DescribeDeliveryChannelsCommand,
  paginateSelectResourceConfig,
} from '@aws-sdk/client-config-service';
import { namedBuckets } from '../../facets/bucket/context/neighbours.ts';
import { carriesTags, tagsOf } from '../../facets/bucket/context/tags.ts';
import type { Inventory } from '../../facets/inventory.ts';
import type { FacetName } from '../../facts/index.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { normalise, structured } from '../../records/normalise.ts';
import type { Reading } from '../../records/reading.ts';
import { Refused, refusedOr } from '../../services/services.ts';
import { Malformed } from '../../values/json.ts';
import { addChannels } from '../delivery-channels.ts';
import { RecordedInventory } from '../recorded-inventory.ts';
import { recordedBuckets, type Wait } from './recorded-items.ts';
import type { Remembered } from './remembered.ts';

const COLUMNS = 'resourceId, resourceName, resourceType, accountId, awsRegion, arn';
const LOGGED_TO = 'supplementaryConfiguration.BucketLoggingConfiguration.destinationBucketName';
const LOG_PREFIX = 'supplementaryConfiguration.BucketLoggingConfiguration.logFilePrefix';
const BUCKETS = `SELECT ${COLUMNS}, ${LOGGED_TO}, ${LOG_PREFIX} WHERE resourceType = 'AWS::S3::Bucket'`;
const TAGS = `SELECT ${COLUMNS}, tags WHERE resourceType = 'AWS::S3::Bucket'`;
const WRITTEN_TO =
  'configuration.s3BucketName, configuration.s3KeyPrefix, configuration.isOrganizationTrail';
const TRAILS = `SELECT ${COLUMNS}, ${WRITTEN_TO} WHERE resourceType = 'AWS::CloudTrail::Trail'`;
const ALIASES = `SELECT ${COLUMNS}, configuration.AliasName, configuration.TargetKeyId WHERE resourceType = 'AWS::KMS::Alias'`;

const ACCOUNT_FLAGS = [
  'blockPublicAcls',
  'ignorePublicAcls',
  'blockPublicPolicy',
  'restrictPublicBuckets',
];
const FLAGS = ACCOUNT_FLAGS.map((flag) => `configuration.${flag}`).join(', ');
const ACCOUNTS = `SELECT ${COLUMNS}, ${FLAGS} WHERE resourceType = 'AWS::S3::AccountPublicAccessBlock'`;

/** Names that may stand in a question: S3 allows no quote in one, and a record that has one must not speak SQL. */
const BUCKET_NAME = /^[A-Za-z0-9._-]{3,255}$/;

export interface QueriedInventory extends Inventory {
  /** Asks for the records of the buckets that these items name, each once. */
  learn(items: readonly ConfigurationItem[]): Promise<void>;
}

/**
 * Asks AWS Config for what the facets need to know of other resources in the client's account and Region: of all of them,
 * or of those that concern one bucket, given as its item. A permission that is missing makes the facets unavailable;
 * whatever may pass is thrown.
 */
export async function queriedInventory(
  client: ConfigServiceClient,
  reads: readonly FacetName[],
  wait: Wait,
  item?: ConfigurationItem,
  remembered?: Remembered,
): Promise<QueriedInventory> {
  const inventory = new RecordedInventory();
  const tagged = new Map<string, ReadonlyMap<string, string>>();
  const asks = (name: FacetName) => reads.includes(name);
  const only = (column: string) =>
    item === undefined ? '' : ` AND ${column} = '${named(item.resourceName)}'`;
  const asked = new Set<string>();
  const once: Once = (question, ask) => (remembered ? remembered.ask(question, ask) : ask());
  const rows = (expression: string) =>
    unlessDenied('config:SelectResourceConfig', async () => {
      for (const row of await once(expression, () => select(client, expression)))
        inventory.add(row);
    });
  let logsDenied: Denial;
  let aliasesDenied: Denial;
  let accountsDenied: Denial;
  let tagsDenied: Denial;
  if (asks('roles')) {
    logsDenied =
      (await rows(BUCKETS + only(LOGGED_TO))) ??
      (await rows(TRAILS + only('configuration.s3BucketName'))) ??
      (await addDeliveryChannels(client, inventory, once));
  }
  if (asks('kmsAliases')) aliasesDenied = await rows(ALIASES);
  if (asks('accountPublicAccessBlock')) accountsDenied = await rows(ACCOUNTS);
  if (asks('tags') && !(item && carriesTags(item))) {
    // Never an answer of before: the tags are the subject's own, and may be what has just changed.
    tagsDenied = await unlessDenied('config:SelectResourceConfig', async () => {
      for (const row of await select(client, TAGS + only('resourceName'))) {
        tagged.set(row.resourceId, carriesTags(row) ? tagsOf(row) : new Map());
      }
    });
  }
  return {
    accountPublicAccessBlock: (account) =>
      accountsDenied ?? inventory.accountPublicAccessBlock(account),
    logSources: (bucket) => logsDenied ?? inventory.logSources(bucket),
    kmsAliases: (account, region) => aliasesDenied ?? inventory.kmsAliases(account, region),
    contestedAliases: (account, region) => inventory.contestedAliases(account, region),
    tags: (name) => tagsDenied ?? tagsIn(tagged, name),
    neighbour: (name) => inventory.neighbour(name),
    async learn(items) {
      const named = new Set(items.flatMap((each) => namedBuckets(each, reads)));
      const names = [...named].filter((name) => !asked.has(name));
      inventory.name(names);
      // A record may name what no bucket is called, and one such name would make AWS Config refuse the whole question.
      const possible = names.filter((name) => BUCKET_NAME.test(name));
      for await (const bucket of recordedBuckets(client, possible, wait)) inventory.meet(bucket);
      for (const name of names) asked.add(name);
    },
  };
}

function tagsIn(
  tagged: ReadonlyMap<string, ReadonlyMap<string, string>>,
  bucket: string,
): Reading<ReadonlyMap<string, string>> {
  const value = tagged.get(bucket);
  return value ? { value } : { unavailable: 'no AWS Config query returns the tags' };
}

function named(bucket: string): string {
  if (!BUCKET_NAME.test(bucket))
    throw new Error(`${JSON.stringify(bucket)} is not the name of a bucket.`);
  return bucket;
}

type Denial = Reading<never> | undefined;
type Once = <T>(question: string, ask: () => Promise<T>) => Promise<T>;

/** Why there is no answer, where the permission is missing or the answer cannot be read. @throws what may pass */
async function unlessDenied(action: string, ask: () => Promise<void>): Promise<Denial> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    if (error instanceof Malformed) return { unavailable: `of a query result ${error.message}` };
    const known = refusedOr(error, action);
    if (known instanceof Refused) return { unavailable: known.message, action };
    throw known;
  }
}

async function select(client: ConfigServiceClient, expression: string) {
  const rows: ConfigurationItem[] = [];
  const pages = paginateSelectResourceConfig({ client, pageSize: 100 }, { Expression: expression });
  for await (const { Results = [] } of pages) {
    rows.push(...Results.map((result) => normalise(structured(result), true)));
  }
  return rows;
}

const addDeliveryChannels = (
  client: ConfigServiceClient,
  inventory: RecordedInventory,
  once: Once,
): Promise<Denial> =>
  unlessDenied('config:DescribeDeliveryChannels', async () => {
    const command = new DescribeDeliveryChannelsCommand({});
    const answer = await once('DescribeDeliveryChannels', () => client.send(command));
    addChannels(inventory, answer.DeliveryChannels);
  });
