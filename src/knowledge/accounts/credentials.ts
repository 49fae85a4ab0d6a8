import { say } from '../../engine/message.ts';
import type { AccessKey, IamUserFacets } from '../../facts/iam.ts';
import type { Timed } from '../../facts/index.ts';
import type { Identity } from '../../records/reading.ts';
import { hoursBetween } from '../../values/time.ts';
import { reachesS3 } from '../policies/identity-policies.ts';

type User = Identity & IamUserFacets & Timed;

/** The first thing wrong with the credentials of a user who can do anything in S3. Only active keys are looked at. */
export function judgeCredentials(
  user: User,
  params: {
    readonly maximumKeyAgeDays: number;
    readonly maximumUnusedDays: number;
    readonly forbidLongLivedKeys: boolean;
    readonly requireMfaForConsole: boolean;
  },
) {
  if (!reachesS3(user.userPolicies, user)) return say('noS3');
  const { now, credentials } = user;
  const { accessKeys, hasPassword, hasMfa } = credentials;
  const [first] = accessKeys;
  if (params.forbidLongLivedKeys && first) return say('forbiddenKey', { key: first.number });
  const days = (time: string) => hoursBetween(time, now) / 24;

  for (const { number: key, changedAt } of accessKeys) {
    const limit = params.maximumKeyAgeDays;
    if (days(changedAt) > limit) return say('oldKey', { key, date: day(changedAt), days: limit });
  }
  for (const each of accessKeys) {
    const [key, limit, since] = [each.number, params.maximumUnusedDays, lastNeeded(each)];
    if (days(since) > limit) return say('unusedKey', { key, date: day(since), days: limit });
  }
  if (params.requireMfaForConsole && hasPassword && !hasMfa) return say('consoleWithoutMfa');
  return first ? say('rotated') : say('noKeys');
}

/** A key that was changed after its last use counts as needed from then. */
const lastNeeded = ({ changedAt, usedAt }: AccessKey) =>
  usedAt === null || usedAt < changedAt ? changedAt : usedAt;

const day = (time: string) => time.slice(0, 10);
