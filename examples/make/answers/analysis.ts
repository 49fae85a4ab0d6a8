import { type AccountName, type Region, uuidOf } from '../accounts.ts';
import { type Answer, answer, type Corner } from './answer.ts';

type Name = `${AccountName} ${Region}`;

/** One corner has no analyzer; in another it stopped when the account left the delegated administration for a while. */
const STATUS: Readonly<Partial<Record<Name, 'none' | 'DISABLED'>>> = {
  'sandbox eu-central-1': 'DISABLED',
  'sandbox us-east-1': 'none',
};

interface Found {
  readonly bucket: string;
  readonly createdAt: string;
  readonly error?: string;
}

/** What the analyzers found on access from outside, and nobody has archived. */
const FOUND: Readonly<Partial<Record<Name, readonly Found[]>>> = {
  'production us-east-1': [
    { bucket: 'examplehealth-marketing-site-us', createdAt: '2026-08-03T10:12:00.000Z' },
  ],
  'analytics eu-central-1': [
    { bucket: 'examplehealth-deidentified-research-eu', createdAt: '2026-10-28T08:40:00.000Z' },
    {
      bucket: 'examplehealth-notebooks-eu',
      createdAt: '2026-10-31T00:00:00.000Z',
      error: 'ACCESS_DENIED',
    },
  ],
};

/** The free analyzer of each account and Region, whose zone of trust is the account. */
export function analysisAnswers(corner: Corner): readonly Answer[] {
  const { account, region } = corner;
  const place: Name = `${corner.name} ${region}`;
  const status = STATUS[place] ?? 'ACTIVE';
  if (status === 'none') return [answer(corner, 'ListAnalyzers', {}, { analyzers: [] })];
  const name = 'external-access';
  const arn = `arn:aws:access-analyzer:${region}:${account}:analyzer/${name}`;
  const createdAt = '2024-02-01T00:00:00.000Z';
  const analyzers = [{ arn, name, type: 'ACCOUNT', status, createdAt }] as const;
  const filter = {
    resourceType: { eq: ['AWS::S3::Bucket'] },
    resourceOwnerAccount: { eq: [account] },
    status: { eq: ['ACTIVE'] },
  };
  const findings = (FOUND[place] ?? []).map(({ bucket, createdAt: found, error }) => ({
    id: uuidOf(`finding on ${bucket}`),
    resource: `arn:aws:s3:::${bucket}`,
    resourceType: 'AWS::S3::Bucket' as const,
    resourceOwnerAccount: account,
    status: 'ACTIVE' as const,
    findingType: 'ExternalAccess' as const,
    createdAt: found,
    updatedAt: found,
    analyzedAt: found,
    error,
  }));
  const listed = answer(corner, 'ListAnalyzers', {}, { analyzers });
  if (status !== 'ACTIVE') return [listed];
  return [listed, answer(corner, 'ListFindingsV2', { analyzerArn: arn, filter }, { findings })];
}
