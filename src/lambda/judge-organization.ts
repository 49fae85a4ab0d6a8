import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfigServiceClient,
  SelectAggregateResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import { S3Client } from '@aws-sdk/client-s3';
import { pageCode } from '#page';
import { rules } from '#rules';
import { settings } from '#settings';
import { accessTo, openConnections } from '../doctor/access.ts';
import { accountsIn } from './organization/accounts.ts';
import { createOrganizationJudge } from './organization/judge.ts';
import { objectStore } from './organization/object-store.ts';
import type { Select } from './organization/reported.ts';
import { releaseIn } from './release.ts';

const {
  DELIVERY_BUCKET = '',
  DELIVERY_PREFIX = '',
  DATA_BUCKET = '',
  ACCOUNT,
  AGGREGATOR,
  HISTORY_BUCKET,
  RULES,
  UNITS = '[]',
  CAPACITY = '0',
  TITLE = 'S3 compliance',
  AWS_REGION = '',
} = process.env;

const settingsOfClients = { maxAttempts: 8, retryMode: 'adaptive' } as const;
// The bucket of AWS Config may be in another Region, and mostly is in another account.
const delivery = new S3Client({ ...settingsOfClients, followRegionRedirects: true });
const config = new ConfigServiceClient(settingsOfClients);
const ids: readonly string[] | null = RULES === undefined ? null : JSON.parse(RULES);

/** One page of the results that the aggregator holds. */
const selectFrom =
  (aggregator: string): Select =>
  async (Expression, token) => {
    const input = { ConfigurationAggregatorName: aggregator, Expression, Limit: 100 };
    const { Results = [], NextToken } = await config.send(
      new SelectAggregateResourceConfigCommand({
        ...input,
        ...(token ? { NextToken: token } : {}),
      }),
    );
    return { rows: Results, next: NextToken };
  };

const access = accessTo(openConnections());

/**
 * The function of the central account that judges the whole organization once a day, from what AWS Config delivers.
 *
 * Environment: DELIVERY_BUCKET and DELIVERY_PREFIX, where AWS Config delivers to; DATA_BUCKET, of ACCOUNT, where data set and dashboard
 * go; AGGREGATOR of AWS Config, where the members have rules, and HISTORY_BUCKET, of ACCOUNT, where their results are kept; RULES, the
 * ids of those to judge, and UNITS, whose accounts are expected, both as JSON; CAPACITY, how many bytes may be fetched; TITLE of the
 * dashboard; RELEASE_VERSION and SOURCE_COMMIT.
 */
export const handler = createOrganizationJudge({
  delivery: objectStore(delivery, DELIVERY_BUCKET),
  prefix: DELIVERY_PREFIX,
  data: objectStore(new S3Client(settingsOfClients), DATA_BUCKET, ACCOUNT),
  rules: ids === null ? rules : rules.filter(({ id }) => ids.includes(id)),
  ...{ settings, pageCode },
  release: releaseIn(process.env),
  title: TITLE,
  accounts: () => accountsIn(access, JSON.parse(UNITS), AWS_REGION),
  select: AGGREGATOR === undefined ? null : selectFrom(AGGREGATOR),
  history:
    HISTORY_BUCKET === undefined
      ? null
      : objectStore(new S3Client(settingsOfClients), HISTORY_BUCKET, ACCOUNT),
  work: join(tmpdir(), 's3-config-rules'),
  capacity: Number(CAPACITY),
  now: () => new Date(),
  log: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
});
