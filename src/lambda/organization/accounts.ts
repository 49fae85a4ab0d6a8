import type { Access } from '../../doctor/access.ts';
import type { UnitFacts } from '../../doctor/facts.ts';
import { accountsOf, isActive } from '../../doctor/members.ts';
import { readUnit } from '../../doctor/read/organization.ts';
import { isKnown } from '../../records/reading.ts';

/** Some unit could not be read, so that an account in it that delivers nothing would not be missed. */
export class UnitNotRead extends Error {
  override readonly name = 'UnitNotRead';
}

/** The active accounts in and below organizational units. @throws UnitNotRead naming the unit and why. */
export async function accountsIn(
  access: Pick<Access, 'ask'>,
  units: readonly string[],
  region: string,
): Promise<readonly { readonly account: string; readonly name: null }[]> {
  const read: UnitFacts[] = [];
  // One after the other: AWS Organizations allows few requests a second.
  for (const unit of units) read.push(await readUnit(access, unit, region));
  for (const { unit, exists, accounts } of read) {
    if (isKnown(exists) && !exists.value) throw new UnitNotRead(`There is no unit ${unit}.`);
    if (isKnown(accounts)) continue;
    throw new UnitNotRead(`The accounts of ${unit} could not be listed: ${accounts.unavailable}.`);
  }
  const active = accountsOf(read).filter(isActive);
  return active.map(({ id }) => ({ account: id, name: null }));
}
