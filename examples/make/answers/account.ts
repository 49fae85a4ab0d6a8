import { type AccountName, HOME_REGION, keyArn, type Region, uuidOf } from '../accounts.ts';
import { type Answer, answer, type Corner, globally } from './answer.ts';

/** What services say of an account and Region, whatever its buckets. */
export function accountAnswers(corner: Corner): readonly Answer[] {
  const atHome = corner.region === HOME_REGION;
  return [...(atHome ? [rootKey(corner)] : []), ...guardDuty(corner), ...keys(corner)];
}

/** Somebody made a key for the root user of the sandbox, to try something. */
const rootKey = (corner: Corner): Answer => {
  const AccountAccessKeysPresent = corner.name === 'sandbox' ? 1 : 0;
  const SummaryMap = { AccountMFAEnabled: 1, AccountAccessKeysPresent };
  return answer(globally(corner), 'GetAccountSummary', {}, { SummaryMap });
};

type State = 'off' | 'suspended' | 'without S3';
const GUARD_DUTY: Readonly<Partial<Record<`${AccountName} ${Region}`, State>>> = {
  'analytics us-east-1': 'without S3',
  'sandbox eu-central-1': 'suspended',
  'sandbox us-east-1': 'off',
};

function guardDuty(corner: Corner): readonly Answer[] {
  const state = GUARD_DUTY[`${corner.name} ${corner.region}`];
  const DetectorId = uuidOf(`detector ${corner.account} ${corner.region}`).replaceAll('-', '');
  const list = answer(
    corner,
    'ListDetectors',
    {},
    { DetectorIds: state === 'off' ? [] : [DetectorId] },
  );
  if (state === 'off') return [list];
  const s3 = { Name: 'S3_DATA_EVENTS', Status: state === 'without S3' ? 'DISABLED' : 'ENABLED' };
  const detector = {
    Status: state === 'suspended' ? 'DISABLED' : 'ENABLED',
    ServiceRole: `arn:aws:iam::${corner.account}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
    Features: [{ Name: 'CLOUD_TRAIL', Status: 'ENABLED' }, s3],
  } as const;
  return [list, answer(corner, 'GetDetector', { DetectorId }, detector as never)];
}

/** One key, which the sandbox gives up in one Region. */
function keys(corner: Corner): readonly Answer[] {
  const { account, region, name } = corner;
  const Arn = keyArn('examplehealth-data', account, region);
  const KeyId = Arn.slice(Arn.lastIndexOf('/') + 1);
  const isWaiting = name === 'sandbox' && region === 'us-east-1';
  const KeyMetadata = {
    ...{ AWSAccountId: account, KeyId, Arn },
    KeyState: isWaiting ? ('PendingDeletion' as const) : ('Enabled' as const),
    ...(isWaiting ? { DeletionDate: '2026-11-20T00:00:00.000Z' } : {}),
  };
  return [
    answer(corner, 'ListKeys', {}, { Keys: [{ KeyId, KeyArn: Arn }], Truncated: false }),
    answer(corner, 'DescribeKey', { KeyId }, { KeyMetadata }),
  ];
}
