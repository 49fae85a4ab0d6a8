/** One meter of a bill, in US dollars. */
export interface Price {
  readonly meter: string;
  /** Dollars per `per` units, from how many units a month on; the first from 0. */
  readonly tiers: readonly (readonly [from: number, dollars: number])[];
  readonly per: number;
  /** Title of the page that says so, and what kind of page it is. */
  readonly source: string;
  /** Whether AWS itself says so on the page that was read; all else is what others write about it. */
  readonly verified: boolean;
}

/** When the pages were read, and the Region whose prices they give. */
export const SEEN = '2026-11-26';
export const REGION = 'us-east-1';

const flat = (dollars: number) => [[0, dollars]] as const;
const others = (title: string) => `${title} (not AWS)`;

/** Free tiers are left out: they are shared by all accounts of an organization, and this is not its only tenant. */
export const prices = {
  evaluation: {
    meter: 'AWS Config: evaluation by a rule in a conformance pack',
    tiers: [
      [0, 0.001],
      [100_000, 0.0008],
      [500_000, 0.0005],
    ],
    per: 1,
    source:
      'aws.amazon.com/tw/config/pricing, text of 2019, the first tier and its end; ' +
      `${others('vantage.sh, AWS Config pricing; the third tier from a cost guide on gitbook.io')}`,
    verified: false,
  },
  configurationItem: {
    meter: 'AWS Config: configuration item, recorded continuously',
    tiers: flat(0.003),
    per: 1,
    source: others('vantage.sh, AWS Config pricing'),
    verified: false,
  },
  invocation: {
    meter: 'AWS Lambda: requests',
    tiers: flat(0.2),
    per: 1_000_000,
    source: others('Cost, mariano/lambda_local_runner'),
    verified: false,
  },
  compute: {
    meter: 'AWS Lambda: GB-seconds on x86',
    tiers: flat(0.0000166667),
    per: 1,
    source: others('cloudchipr.com, AWS Lambda pricing breakdown'),
    verified: false,
  },
  alarm: {
    meter: 'Amazon CloudWatch: alarm of one metric, a month',
    tiers: flat(0.1),
    per: 1,
    source: 'no page read gives it',
    verified: false,
  },
  logsIngested: {
    meter: 'Amazon CloudWatch Logs: GB taken in',
    tiers: flat(0.5),
    per: 1,
    source: others('factualminds.com, Amazon CloudWatch pricing'),
    verified: false,
  },
  logsStored: {
    meter: 'Amazon CloudWatch Logs: GB stored, a month',
    tiers: flat(0.03),
    per: 1,
    source: 'no page read gives it',
    verified: false,
  },
  event: {
    meter: 'Amazon EventBridge: event to the bus of another account',
    tiers: flat(1),
    per: 1_000_000,
    source: others('cloudburn.io, Amazon EventBridge pricing, March 2026'),
    verified: false,
  },
  queueRequest: {
    meter: 'Amazon SQS: request to a standard queue',
    tiers: flat(0.4),
    per: 1_000_000,
    source: others('cloudburn.io, Amazon SQS pricing, March 2026'),
    verified: false,
  },
  findingEvent: {
    meter: 'AWS Security Hub CSPM: finding taken in, in an account and Region',
    tiers: [
      [0, 0],
      [10_000, 0.00003],
    ],
    per: 1,
    source: others('a cost guide on gitbook.io, us-east-2'),
    verified: false,
  },
  firehose: {
    meter: 'Amazon Data Firehose: GB taken in, records rounded up to 5 KB',
    tiers: flat(0.029),
    per: 1,
    source:
      'the rounding: aws.amazon.com/de/kinesis/data-firehose/pricing; no page read gives the price',
    verified: false,
  },
  secret: {
    meter: 'AWS Secrets Manager: secret, a month',
    tiers: flat(0.4),
    per: 1,
    source: others('hivebook.wiki, AWS Secrets Manager'),
    verified: false,
  },
  webRequest: {
    meter: 'Amazon CloudFront: HTTPS requests',
    tiers: flat(0.01),
    per: 10_000,
    source: 'no page read gives it',
    verified: false,
  },
  webOut: {
    meter: 'Amazon CloudFront: GB to browsers in North America and Europe',
    tiers: flat(0.085),
    per: 1,
    source: 'aws.amazon.com/cloudfront/pricing',
    verified: true,
  },
  key: {
    meter: 'AWS KMS: key, a month',
    tiers: flat(1),
    per: 1,
    source: 'aws.amazon.com/kms/pricing',
    verified: true,
  },
  keyRequest: {
    meter: 'AWS KMS: requests',
    tiers: flat(0.03),
    per: 10_000,
    source: others('wring.co, AWS KMS pricing guide'),
    verified: false,
  },
  stored: {
    meter: 'Amazon S3: GB in Standard, a month',
    tiers: flat(0.023),
    per: 1,
    source: others('deepeshsoni.com, Understanding Amazon S3 pricing'),
    verified: false,
  },
  put: {
    meter: 'Amazon S3: PUT and LIST requests',
    tiers: flat(0.005),
    per: 1000,
    source: others('c3x.dev, S3 request fees explained'),
    verified: false,
  },
  get: {
    meter: 'Amazon S3: GET requests',
    tiers: flat(0.0004),
    per: 1000,
    source: others('c3x.dev, S3 request fees explained'),
    verified: false,
  },
  scanned: {
    meter: 'Amazon Athena: TB scanned',
    tiers: flat(5),
    per: 1,
    source: others('athena.guide, Athena basics: pricing model'),
    verified: false,
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceId = keyof typeof prices;

/** What a quantity costs in one bill, each part of it at the price of its tier. */
export function dollarsOf(quantity: number, { tiers, per }: Price): number {
  let dollars = 0;
  for (const [index, [from, price]] of tiers.entries()) {
    const to = tiers[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    dollars += (Math.max(0, Math.min(quantity, to) - from) / per) * price;
  }
  return dollars;
}
