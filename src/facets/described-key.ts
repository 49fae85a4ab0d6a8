import { type Json, text, wrong } from '../values/json.ts';

/** Where a key that is named by its id or an alias is looked up: in the account that asks, and the Region that is asked. */
interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * The ARN and the account of the key that KMS described. An answer about another key than was asked for is no evidence: of an ARN
 * it must repeat account, Region and id; of an id or an alias, those of the place (KMS API reference, DescribeKey).
 * @throws Malformed
 */
export function describedKey(metadata: Json, asked: string, { account: own, region: here }: Place) {
  const arn = text(metadata['Arn'], 'KeyMetadata.Arn');
  const account = text(metadata['AWSAccountId'], 'KeyMetadata.AWSAccountId');
  const [, , , region = here, owner = own, name = asked] = asked.startsWith('arn:')
    ? asked.split(':')
    : [];
  const [, , service, keyRegion, keyAccount, key] = arn.split(':');
  const isAsked = name.startsWith('alias/') || key === `key/${name.replace(/^key\//, '')}`;
  const isThere = service === 'kms' && keyRegion === region && keyAccount === owner;
  if (!isAsked || !isThere || account !== owner)
    throw wrong('KeyMetadata.Arn', `that of ${asked}`, arn);
  return { arn, account };
}
