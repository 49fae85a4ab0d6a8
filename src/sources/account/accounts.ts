import { assumption, type Role } from '../../services/role.ts';
import { isRegion } from '../../values/region.ts';
import { type Access, type Ask, accessTo, type Connection, type Credentials } from './access.ts';
import type { ListedBucket } from './bucket-record.ts';
import { outcomeOf } from './outcome.ts';

/** Organizations has one endpoint for each partition (AWS General Reference, "AWS Organizations endpoints and quotas"). */
const isActive = ({ Status, State }: { Status?: string | undefined; State?: string | undefined }) =>
  (State ?? Status) === 'ACTIVE';

/**
 * The ids of these accounts, and of the active ones of these organizational units with all below them; without both, of the
 * organization. Sorted.
 */
export async function accountsOf(
  ask: Ask,
  { accounts, units }: Readonly<Record<'accounts' | 'units', readonly string[]>>,
  region: string,
): Promise<readonly string[]> {
  const found = new Set(accounts);
  if (units.length + accounts.length === 0) {
    const { Accounts = [] } = await ask('ListAccounts', {}, region);
    for (const account of Accounts.filter(isActive)) if (account.Id) found.add(account.Id);
  }
  const waiting = [...units];
  for (let unit = waiting.pop(); unit !== undefined; unit = waiting.pop()) {
    const ParentId = unit;
    const { Accounts = [] } = await ask('ListAccountsForParent', { ParentId }, region);
    for (const account of Accounts.filter(isActive)) if (account.Id) found.add(account.Id);
    const { OrganizationalUnits = [] } = await ask(
      'ListOrganizationalUnitsForParent',
      { ParentId },
      region,
    );
    for (const { Id } of OrganizationalUnits) if (Id) waiting.push(Id);
  }
  return [...found].sort();
}

interface RolePlace {
  readonly account: string;
  readonly partition: string;
  /** Where it is assumed. */
  readonly region: string;
}

/** AWS as this role in an account. It is assumed when something is asked. */
export const accessAs = (
  role: Role,
  place: RolePlace,
  {
    own,
    connection,
    now,
  }: { readonly own: Access; readonly connection: Connection; readonly now: () => Date },
): Access =>
  accessTo(
    connection,
    shared(() => assumed(own.ask, role, place), now),
  );

/** Credentials of a role of this name in an account. @throws Refused when it may not be assumed. */
async function assumed(
  ask: Ask,
  role: Role,
  { account, partition, region }: RolePlace,
): Promise<Credentials> {
  const { Credentials: given } = await ask(
    'AssumeRole',
    assumption(role, { account, partition, session: 's3-config-rules' }),
    region,
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!(AccessKeyId && SecretAccessKey && SessionToken && Expiration))
    throw new Error('AWS STS gave no credentials.');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

const SOON_MILLISECONDS = 300_000;

/**
 * The same credentials for every client of an account, until five minutes before they expire, when the clients ask anew: each service
 * in each Region has its own client, and each would assume the role for itself. A failure is not kept.
 */
export function shared(
  fetch: () => Promise<Credentials>,
  now: () => Date,
): () => Promise<Credentials> {
  let held: Promise<Credentials> | undefined;
  let until = Number.POSITIVE_INFINITY;
  return async () => {
    if (held !== undefined && now().getTime() < until) return held;
    until = Number.POSITIVE_INFINITY;
    held = fetch();
    try {
      until = (await held).expiration.getTime() - SOON_MILLISECONDS;
    } catch (error) {
      held = undefined;
      throw error;
    }
    return held;
  };
}

/** S3 says where a bucket is only if it is asked with some parameter (Amazon S3 API reference, ListBuckets). */
const BUCKETS_A_PAGE = 1000;

/** The buckets of the account, sorted by name, wherever they are. */
export async function bucketsOf(
  { ask }: Access,
  account: string,
  region: string,
): Promise<readonly ListedBucket[]> {
  const { Buckets = [], Owner } = await ask('ListBuckets', { MaxBuckets: BUCKETS_A_PAGE }, region);
  const listed = Buckets.flatMap(({ Name, BucketRegion, CreationDate }) =>
    Name ? [{ name: Name, at: BucketRegion, created: CreationDate, owner: Owner?.ID }] : [],
  ).sort((one, other) => (one.name < other.name ? -1 : 1));
  const found: ListedBucket[] = [];
  for (const { name, at, created, owner } of listed) {
    const place = at ?? (await locationOf(ask, name, account, region));
    found.push({ name, region: place, created, owner });
  }
  return found;
}

/**
 * Asked only where ListBuckets does not say it; names of before there were Regions are translated (Amazon S3 API reference,
 * GetBucketLocation). A bucket that does not tell is asked where the list was, and S3 says if that is wrong.
 */
async function locationOf(
  ask: Ask,
  Bucket: string,
  account: string,
  region: string,
): Promise<string> {
  const question = { Bucket, ExpectedBucketOwner: account };
  const outcome = await outcomeOf(ask('GetBucketLocation', question, region), 'NoSuchBucket');
  if (!('answer' in outcome)) return region;
  const constraint: string = outcome.answer.LocationConstraint ?? 'us-east-1';
  return constraint === 'EU' ? 'eu-west-1' : constraint;
}

/** The Regions that are enabled in the account. */
export async function enabledRegions(ask: Ask, region: string): Promise<readonly string[]> {
  const { Regions = [] } = await ask(
    'ListRegions',
    { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] },
    region,
  );
  return Regions.flatMap(({ RegionName }) =>
    RegionName && isRegion(RegionName) ? [RegionName] : [],
  );
}
