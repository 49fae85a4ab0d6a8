import { accessPointAnswers } from '../access-points.ts';
import { HOME_REGION } from '../accounts.ts';
import { accountAnswers } from './account.ts';
import { alarmAnswers } from './alarms.ts';
import { analysisAnswers } from './analysis.ts';
import type { Answer, Corner } from './answer.ts';
import { backupAnswers } from './backups.ts';
import { onEachDay } from './dated.ts';
import { encryptionAnswers } from './encryption.ts';
import { iamAnswers } from './iam.ts';
import { ownershipAnswers } from './ownership.ts';
import { publicAccessAnswers } from './public-access.ts';
import { recorderAnswers } from './recorder.ts';
import { trailAnswers } from './trails.ts';

/** What the services say of an account and Region, one answer a line: what the live function asks and AWS Config does not record. */
export function answersOf(corner: Corner, corners: readonly Corner[]): string {
  const atHome = corner.region === HOME_REGION;
  const lines: readonly Answer[] = [
    accountRecord(corner),
    ...(atHome ? [...publicAccessAnswers(corner), ...iamAnswers(corner)] : []),
    ...accountAnswers(corner),
    ...analysisAnswers(corner),
    ...accessPointAnswers(corner),
    ...alarmAnswers(corner, corners),
    ...backupAnswers(corner),
    ...encryptionAnswers(corner),
    ...ownershipAnswers(corner),
    ...recorderAnswers(corner),
    ...trailAnswers(corner),
  ];
  return lines
    .flatMap(onEachDay)
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

/** The subject of rules that judge an account: AWS Config keeps no record of it, so it is named here. */
const accountRecord = ({ account, region }: Corner) => ({
  resourceType: 'AWS::::Account',
  resourceId: account,
  awsAccountId: account,
  awsRegion: region,
  configurationItemStatus: 'OK',
});
