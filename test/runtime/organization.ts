import { fileURLToPath } from 'node:url';
import { operations } from '../../src/services/operations.ts';
import {
  type CapturedAnswer,
  capturedAnswerOf,
  isCapturedAnswer,
} from '../../src/sources/captured-answers.ts';
import { readItems } from '../../src/sources/files/read.ts';
import { GLOBAL_REGION } from '../../src/values/region.ts';
import type { Answers, Fields, Signer } from '../contract-server/asked.ts';
import { toSelectResult } from '../contract-server/encodings.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { type Bucket, createState, type EventItem, type State } from '../contract-server/state.ts';

/** The example organization as the services of AWS would tell it: one state of the contract server for each account and Region. */

export const ORGANIZATION = fileURLToPath(new URL('../../examples/organization', import.meta.url));

/** What AWS Config recorded in one account and Region. */
export interface Corner {
  readonly account: string;
  readonly region: string;
  readonly items: readonly EventItem[];
}

export interface Organization {
  readonly corners: readonly Corner[];
  /** What the services of an account answer, all Regions. */
  readonly answers: readonly CapturedAnswer[];
}

export async function readOrganization(): Promise<Organization> {
  const corners = new Map<string, Corner & { readonly items: EventItem[] }>();
  const answers: CapturedAnswer[] = [];
  for await (const { value, origin } of readItems([ORGANIZATION])) {
    if (isCapturedAnswer(value)) {
      answers.push(capturedAnswerOf(value));
      continue;
    }
    // AWS Config keeps no record of an account; the example names it beside the answers.
    if ((value as unknown as EventItem).resourceType === 'AWS::::Account') continue;
    // Records of IAM belong to no Region and lie where they were recorded.
    const [, account = '', region = ''] =
      /\/AWSLogs\/(\d+)\/Config\/([^/]+)\//.exec(origin.file) ?? [];
    const key = `${account} ${region}`;
    const corner = corners.get(key) ?? { account, region, items: [] };
    corner.items.push(asEvent(value as unknown as EventItem));
    corners.set(key, corner);
  }
  return { corners: [...corners.values()], answers };
}

/** In an event the ACL is text, in a snapshot an object. */
function asEvent(item: EventItem): EventItem {
  const { AccessControlList, ...others } = item.supplementaryConfiguration ?? {};
  if (AccessControlList === undefined) return item;
  const acl = { AccessControlList: JSON.stringify(AccessControlList) };
  return { ...item, supplementaryConfiguration: { ...acl, ...others } };
}

/** All that the functions of one account and Region can ask. */
export function stateOf({ account, region, items }: Corner, all: Organization): State {
  const own = all.answers.filter((answer) => answer.account === account);
  return createState({
    accountId: account,
    items: [...items],
    deliveryChannels: channelsIn(own, region),
    queries: [{ matches: (sql) => SQL.test(sql), results: (sql) => rowsOf(sql, items) }],
    answers: { ...answersOf(own, region), ...OWN_BEHALF },
    ...storageOf(own),
  });
}

/** AWS Config answers this itself, and not from what a test has put there. */
function channelsIn(own: readonly CapturedAnswer[], region: string): State['deliveryChannels'] {
  const answer = own.find(
    (each) => each.operation === 'DescribeDeliveryChannels' && each.region === region,
  );
  return (answer?.output['DeliveryChannels'] ?? []) as State['deliveryChannels'];
}

/** What the functions ask on their own behalf, which no facet does: whether a pack was updated, what failed, where they say they are there. */
const OWN_BEHALF: Answers = {
  DescribeConformancePackStatus: {},
  ReceiveMessage: {},
  PutEvents: { FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] },
};

/** The queries of the functions; AWS Config knows more SQL. */
const SQL = /^SELECT (.+) WHERE resourceType = '([^']+)'(?: AND ([\w.]+) = '([^']+)')?$/;

function rowsOf(sql: string, items: readonly EventItem[]): readonly string[] {
  const [, columns = '', type, column, value] = SQL.exec(sql) ?? [];
  const isThere = ({ configurationItemStatus: status }: EventItem) =>
    status === 'OK' || status === 'ResourceDiscovered';
  return items
    .filter((item) => item.resourceType === type && isThere(item))
    .filter(
      (item) => column === undefined || toSelectResult(item, [column]).includes(`:"${value}"`),
    )
    .map((item) => toSelectResult(item, columns.split(', ')));
}

const keyOf = (operation: string, region: string, input: object) =>
  `${operation} ${region} ${JSON.stringify(Object.entries(input).sort())}`;

const serviceOf = (operation: string) =>
  operations[operation as keyof typeof operations].service.name;

function answersOf(captured: readonly CapturedAnswer[], home: string): Answers {
  const known = new Map(
    captured.map((each) => [keyOf(each.operation, each.region, each.input), each] as const),
  );
  const answer =
    (operation: string) =>
    (wire: Fields, { region: asked }: Signer) => {
      const service = serviceOf(operation);
      const region = service === 'iam' ? GLOBAL_REGION : (asked ?? home);
      const key = keyOf(operation, region, fromForm(wire));
      const found = known.get(key);
      // To the command line what nobody captured is missing evidence; a service would say so with a refusal.
      if (found === undefined) throw new ServiceError('AccessDenied', key, 403);
      if (found.error !== null) throw new ServiceError(found.error, 'as captured');
      return withTimes(found.output, service === 'config' || service === 'backup') as object;
    };
  return Object.fromEntries(Object.keys(operations).map((name) => [name, answer(name)]));
}

/** `Filter.member.1=User&Version=…`, as the query protocol sends it, is `{ Filter: ["User"] }`. */
function fromForm(wire: Fields): Fields {
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(wire)) {
    const [list = name, member] = name.split('.member.');
    if (name === 'Version') continue;
    if (member === undefined) input[name] = value;
    else input[list] = [...((input[list] as unknown[]) ?? []), value];
  }
  return input;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Times, which stand in a file as text, as each service sends them. */
function withTimes(value: unknown, inSeconds: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => withTimes(one, inSeconds));
  if (typeof value === 'string' && TIME.test(value)) {
    return inSeconds ? Date.parse(value) / 1000 : new Date(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withTimes(one, inSeconds)]),
  );
}

/** What S3 and S3 Control hold, put back together from what they answered. */
function storageOf(captured: readonly CapturedAnswer[]) {
  const of = (operation: string) => captured.filter((each) => each.operation === operation);
  const buckets: Record<string, Bucket> = {};
  const add = (name: unknown, parts: Partial<Bucket>) => {
    buckets[String(name)] = { ...buckets[String(name)], ...parts };
  };
  for (const { output } of of('ListBuckets')) {
    for (const { Name, BucketRegion } of output['Buckets'] as Record<string, string>[]) {
      add(Name, { region: BucketRegion ?? '' });
    }
  }
  for (const { input, output, error } of of('GetBucketOwnershipControls')) {
    const { Rules } = (output['OwnershipControls'] ?? { Rules: [{}] }) as OwnershipControls;
    add(input['Bucket'], {
      ownership: Rules[0]?.ObjectOwnership,
      denied: error === 'AccessDenied' ? ['GetBucketOwnershipControls'] : false,
    });
  }
  for (const { input, output } of of('GetBucketEncryption')) {
    const { Rules } = output['ServerSideEncryptionConfiguration'] as Encryption;
    add(input['Bucket'], { blocked: Rules[0]?.BlockedEncryptionTypes?.EncryptionType ?? [] });
  }
  for (const { input, output } of of('ListBucketMetricsConfigurations')) {
    const list = output['MetricsConfigurationList'] as { readonly Id: string }[];
    add(input['Bucket'], { metrics: list.map(({ Id }) => ({ id: Id })) });
  }
  const points = of('GetAccessPointPolicy').map(({ input, output }) => {
    const policy = output['Policy'];
    return [input['Name'], typeof policy === 'string' ? { policy } : {}];
  });
  const [flags] = of('GetPublicAccessBlock').map(
    ({ output }) => output['PublicAccessBlockConfiguration'] as Record<string, boolean> | undefined,
  );
  return { buckets, accessPoints: Object.fromEntries(points), accountFlags: flags ?? null };
}

interface OwnershipControls {
  readonly Rules: readonly { readonly ObjectOwnership?: Bucket['ownership'] }[];
}
interface Encryption {
  readonly Rules: readonly {
    readonly BlockedEncryptionTypes?: { readonly EncryptionType: readonly string[] };
  }[];
}
