import { type AccountPaths, unitsOf, type Waiver } from '../../settings/waiver.ts';

/**
 * The latest moment up to now at which one of these waivers began or ended for an account (ISO, UTC); null when none did. A waiver
 * begins with the first moment of the day of `created`, and ends with the first moment after that of `expires`.
 */
export function latestTurn(
  waivers: readonly Waiver[],
  account: string,
  accounts: AccountPaths,
  now: string,
): string | null {
  const turns = waivers
    .filter((waiver) => mayConcern(waiver, account, accounts))
    .flatMap(({ created, expires }) => [firstMomentOf(created), firstMomentOf(expires, 1)])
    .filter((turn) => turn <= now)
    .sort();
  return turns.at(-1) ?? null;
}

/** An ARN of S3 names no account, so that its waiver may concern any. */
function mayConcern({ subject }: Waiver, account: string, accounts: AccountPaths): boolean {
  if ('account' in subject) return subject.account === account;
  if ('ou' in subject) return unitsOf(account, accounts).includes(subject.ou);
  const [, , , , owner = ''] = subject.arn.split(':');
  return owner === '' || owner === account;
}

function firstMomentOf(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + later)).toISOString();
}
