import type { Caller, Compiled, ConcreteRequest, Keys, Place } from './evaluator.ts';
import { bucket, identity, users } from './words.ts';

export const keys = (pairs: Readonly<Record<string, string | null>>): Map<string, string[]> =>
  new Map(
    Object.entries(pairs).flatMap(([key, value]) =>
      value === null ? [] : [[key.toLowerCase(), [value]]],
    ),
  );

/** The keys that come with a signed request. */
export const accountKeys = (
  account: string,
  arn: string,
  organization: string | null,
  unit = 'ou-1',
) =>
  keys({
    'kms:CallerAccount': account,
    'aws:PrincipalAccount': account,
    'aws:PrincipalArn': arn,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalOrgID': organization,
    'aws:PrincipalOrgPaths': organization && `${organization}/r-1/${unit}/`,
  });

const userOf = new Map([
  ['111122223333', users[0]],
  ['444455556666', users[1]],
  ['111199998888', users[2]],
]);

/** Callers of every class, the near misses included. */
function* everyCaller(): Generator<Caller> {
  const anonymous = keys({ 'aws:PrincipalAccount': 'anonymous' });
  yield { kind: 'anonymous', caller: '', arn: '', keys: anonymous };
  for (const account of [
    '123456789012',
    '111122223333',
    '444455556666',
    '999988887777',
    '111199998888',
  ]) {
    for (const organization of [null, 'o-exampleorg', 'o-strangers1', 'o-exampleorg2']) {
      for (const name of [
        'role/Etl',
        'user/111122223333',
        'role/x:111122223333:role/evil',
        'root',
      ]) {
        const arn = `arn:aws:iam::${account}:${name}`;
        const all = accountKeys(account, arn, organization);
        const user = userOf.get(account) ?? 'feed';
        yield { kind: 'account', caller: account, arn, keys: all, user };
      }
    }
  }
  for (const organization of [null, 'o-strangers1']) {
    const all = accountKeys('999988887777', identity, organization);
    yield { kind: 'account', caller: '999988887777', arn: identity, keys: all, user: identity };
  }
  // Another place in the organization than the one that a path approves.
  const elsewhere = accountKeys(
    '999988887777',
    'arn:aws:iam::999988887777:role/Etl',
    'o-strangers1',
    'ou-2',
  );
  yield {
    kind: 'account',
    caller: '999988887777',
    arn: 'arn:aws:iam::999988887777:role/Etl',
    keys: elsewhere,
    user: 'feed',
  };
  for (const caller of [
    'cloudtrail.amazonaws.com',
    'lambda.amazonaws.com',
    'config.amazonaws.com',
  ]) {
    for (const source of [null, '123456789012', '444455556666', '999988887777', '111199998888']) {
      for (const [arn, organization] of [
        [null, null],
        [null, 'o-exampleorg'],
        [null, 'o-strangers1'],
        [`arn:aws:cloudtrail:eu-west-1:${source}:trail/t`, null],
        ['arn:aws:s3:::source', null],
        [`arn:aws:cloudtrail:eu-west-1:${source}:trail/123456789012`, null],
      ] as const) {
        const all = keys({
          'aws:PrincipalIsAWSService': 'true',
          'aws:PrincipalServiceName': caller,
          'aws:SourceOrgID': organization,
          'aws:SourceOrgPaths':
            organization && `${organization}/r-1/${source === null ? 'ou-2' : 'ou-1'}/`,
          'aws:SourceAccount': arn !== null && source === null ? null : source,
          'aws:SourceArn': arn?.replace('null', '999988887777') ?? null,
        });
        // A service has a name for the Region as well.
        const names = [caller, caller.replace('.', '.eu-west-1.')];
        const listed = new Map<string, readonly string[]>([
          ...all,
          ['aws:principalservicenameslist', names],
        ]);
        yield { kind: 'service', caller, arn: '', keys: listed };
      }
    }
  }
}

export const callers: readonly Caller[] = [...everyCaller()];
const callerKeys = new Set(callers.flatMap(({ keys: own }) => [...own.keys()]));

export const places: readonly Place[] = [
  { action: 's3:GetObject', resource: `${bucket.arn}/private/x` },
  { action: 's3:PutObject', resource: `${bucket.arn}/public/y` },
  { action: 's3:GetObject', resource: `${bucket.arn}/z` },
  { action: 's3:PutObject', resource: `${bucket.arn}/private/x` },
  { action: 's3:ListBucket', resource: bucket.arn },
  { action: 's3:PutBucketPolicy', resource: bucket.arn },
  { action: 's3:FutureAction', resource: bucket.arn },
  { action: 's3:FutureAction', resource: `${bucket.arn}/public/long` },
  { action: 's3:DeleteObject', resource: `${bucket.arn}/private/x` },
  { action: 's3:DeleteObject', resource: `${bucket.arn}/public/y` },
];

// Below, at, between and above the ages that policies here speak of.
const ages = (index: number): readonly (string | null)[] => {
  if (index === 0) return [null, '20000', '30000', '45000', '700000', '900000'];
  return index === 3 ? [null, '30000', '900000'] : ['30000'];
};

/** What comes with a request besides its caller. */
export const circumstances: readonly Keys[] = ['true', 'false'].flatMap((tls) =>
  [
    ['203.0.113.9', null, null],
    ['203.0.113.9', 'vpce-1', null],
    ['203.0.113.9', 'vpce-2', '444455556666'],
    ['198.51.100.9', 'vpce-9', null],
    ['198.51.100.9', null, '444455556666'],
    ['203.0.113.9', null, '999988887777'],
    ['198.51.100.9', 'vpce-9', '123456789012'],
  ].flatMap(([ip = null, endpoint = null, point = null], index) =>
    ages(index).map((age) =>
      keys({
        'aws:SecureTransport': tls,
        'aws:SourceIp': ip,
        'aws:SourceVpce': endpoint,
        's3:DataAccessPointAccount': point,
        's3:DataAccessPointArn': point && `arn:aws:s3:eu-west-1:${point}:accesspoint/reader`,
        's3:signatureAge': age,
      }),
    ),
  ),
);

const made: ConcreteRequest[] = [];

export const requestOf = (caller: number, around: number, place: number): ConcreteRequest => {
  const [who, more, what] = [callers[caller], circumstances[around], places[place]];
  if (!who || !more || !what) throw new Error('no such request');
  const at = (caller * circumstances.length + around) * places.length + place;
  const request = made[at] ?? { ...who, ...what, keys: new Map([...who.keys, ...more]) };
  made[at] = request;
  return request;
};

/** Where a statement applies: to a request if to its caller, its circumstances and its place. */
export interface Reach {
  readonly callers: readonly boolean[];
  readonly around: readonly boolean[];
  readonly places: readonly boolean[];
}

/** Each key belongs to the caller or to the circumstances, so each is judged there, once. */
export function reachOf(
  { who, place, conditions }: Compiled,
  there: readonly Place[] = places,
): Reach {
  const hold = (own: Keys, isCaller: boolean): boolean =>
    conditions.every(({ key, holds }) => callerKeys.has(key) !== isCaller || holds(own.get(key)));
  return {
    callers: callers.map((caller) => hold(caller.keys, true) && who(caller)),
    around: circumstances.map((own) => hold(own, false)),
    places: there.map(place),
  };
}

/** The first request that passes the filter, is in reach of the one and not of the others. */
export function findRequest(
  inside: Reach | null,
  outside: readonly Reach[],
  filter: (caller: number, around: number, place: number) => boolean,
): ConcreteRequest | null {
  for (let c = 0; c < callers.length; c++) {
    if (inside && !inside.callers[c]) continue;
    const near = outside.filter((reach) => reach.callers[c]);
    for (let a = 0; a < circumstances.length; a++) {
      if (inside && !inside.around[a]) continue;
      const nearer = near.filter((reach) => reach.around[a]);
      for (let p = 0; p < places.length; p++) {
        if (inside && !inside.places[p]) continue;
        if (!nearer.some((reach) => reach.places[p]) && filter(c, a, p)) return requestOf(c, a, p);
      }
    }
  }
  return null;
}
