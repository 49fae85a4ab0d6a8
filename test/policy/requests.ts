import { bucket } from './arbitraries.ts';
import type { ConcreteRequest } from './evaluator.ts';

const keys = (pairs: Readonly<Record<string, string | null>>): [string, string[]][] =>
  Object.entries(pairs).flatMap(([key, value]) =>
    value === null ? [] : [[key.toLowerCase(), [value]]],
  );

/** Callers of every class, the near misses included, with whether the trust covers them. */
function* callers(): Generator<{
  trusted: boolean;
  request: Omit<ConcreteRequest, 'action' | 'resource'>;
}> {
  const anonymous = keys({ 'aws:PrincipalAccount': 'anonymous' });
  yield {
    trusted: false,
    request: { kind: 'anonymous', caller: '', arn: '', keys: new Map(anonymous) },
  };
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
        const all = keys({
          'aws:PrincipalAccount': account,
          'aws:PrincipalArn': arn,
          'aws:PrincipalIsAWSService': 'false',
          'aws:PrincipalOrgID': organization,
          'aws:PrincipalOrgPaths': organization && `${organization}/r-1/ou-1/`,
        });
        yield {
          trusted:
            ['123456789012', '111122223333'].includes(account) || organization === 'o-exampleorg',
          request: { kind: 'account', caller: account, arn, keys: new Map(all) },
        };
      }
    }
  }
  for (const caller of ['cloudtrail.amazonaws.com', 'lambda.amazonaws.com']) {
    for (const source of [null, '123456789012', '444455556666', '999988887777']) {
      for (const arn of [
        null,
        `arn:aws:cloudtrail:eu-west-1:${source}:trail/t`,
        'arn:aws:s3:::source',
        `arn:aws:cloudtrail:eu-west-1:${source}:trail/123456789012`,
      ]) {
        if (source === null && arn !== null) continue;
        const all = keys({
          'aws:PrincipalIsAWSService': 'true',
          'aws:SourceAccount': source,
          'aws:SourceArn': arn,
        });
        yield {
          trusted: caller === 'cloudtrail.amazonaws.com' && source === '123456789012',
          request: { kind: 'service', caller, arn: '', keys: new Map(all) },
        };
      }
    }
  }
}

const places = [
  { action: 's3:GetObject', resource: `${bucket.arn}/private/x` },
  { action: 's3:PutObject', resource: `${bucket.arn}/public/y` },
  { action: 's3:GetObject', resource: `${bucket.arn}/z` },
  { action: 's3:ListBucket', resource: bucket.arn },
];
const circumstances = ['true', 'false'].flatMap((tls) =>
  [
    ['203.0.113.9', null],
    ['198.51.100.9', 'vpce-1'],
    ['198.51.100.9', 'vpce-9'],
  ].map(([ip = null, endpoint = null]) =>
    keys({ 'aws:SecureTransport': tls, 'aws:SourceIp': ip, 'aws:SourceVpce': endpoint }),
  ),
);

export const requests = [...callers()].flatMap(({ trusted, request }) =>
  circumstances.flatMap((more) =>
    places.map((place) => ({
      trusted,
      request: { ...request, ...place, keys: new Map([...request.keys, ...more]) },
    })),
  ),
);
