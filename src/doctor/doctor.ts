import { type Deployment, homeRegionOf } from '../settings/deployment.ts';
import { type Access, accessWith, assume } from './aws.ts';
import { examineCentral } from './central.ts';
import { type Diagnosis, examine, fix, ok } from './diagnosis.ts';
import { examineAccounts, examineOrganization } from './organization.ts';
import { examinePlace } from './place.ts';

/** How many accounts are examined at the same time. */
const AT_ONCE = 8;

export interface Examination {
  readonly deployment: Deployment;
  /** Name of a role in each account that who runs doctor may assume; without it only the own account can be looked into. */
  readonly role: string | undefined;
  readonly now: string;
  readonly progress: (done: number, total: number, label: string) => void;
}

/** All that must be true before the roll-out. @throws the error of AWS when it does not even say who is calling. */
export async function diagnose(examination: Examination): Promise<readonly Diagnosis[]> {
  const { deployment } = examination;
  const home = homeRegionOf(deployment);
  const own = accessWith();
  const { Account, Arn } = await own.ask('GetCallerIdentity', {}, home);
  const account = String(Account);
  const caller = await examine('caller', { account }, async () =>
    account === deployment.centralAccount
      ? ok('It is the central account.')
      : fix(
          `It is account ${account}, and the central account is ${deployment.centralAccount}.`,
          'Use credentials of the central account, or correct centralAccount.',
        ),
  );
  const organization = await examineOrganization(own, deployment);
  const { diagnoses, active } = await examineAccounts(own, deployment);
  const central =
    account === deployment.centralAccount ? await examineCentral(own, deployment) : [];
  const partition = String(Arn).split(':')[1] ?? 'aws';
  const places = await eachAccount([...new Set([account, ...active])], examination, (id) =>
    id === account ? own : roleIn(own, id, examination, partition),
  );
  return [caller, ...organization, ...diagnoses, ...central, ...places];
}

/** Null where no role was named. */
function roleIn(
  own: Access,
  account: string,
  { role, deployment }: Examination,
  partition: string,
): Promise<Access> | null {
  if (role === undefined) return null;
  return assume(own, `arn:${partition}:iam::${account}:role/${role}`, homeRegionOf(deployment));
}

async function eachAccount(
  accounts: readonly string[],
  { deployment, now, progress }: Examination,
  accessTo: (account: string) => Access | Promise<Access> | null,
): Promise<readonly Diagnosis[]> {
  const found: Diagnosis[][] = accounts.map(() => []);
  const waiting = [...accounts.entries()];
  let done = 0;
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, account] = next;
      found[index] = await examineAccount(account, accessTo, deployment, now);
      done++;
      progress(done, accounts.length, account);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found.flat();
}

async function examineAccount(
  account: string,
  accessTo: (account: string) => Access | Promise<Access> | null,
  deployment: Deployment,
  now: string,
): Promise<Diagnosis[]> {
  let access: Access | null = null;
  const entered = await examine('access', { account }, async () => {
    access = await accessTo(account);
    if (access !== null) return ok('It was examined.');
    return {
      state: 'UNKNOWN',
      says: 'It was not examined.',
      mend: 'Name a role that you may assume in every account: --role <name>',
    };
  });
  const known = access as Access | null;
  if (known === null) return [entered];
  const places: Diagnosis[] = [];
  for (const region of deployment.regions) {
    places.push(...(await examinePlace(known, account, region, deployment, now)));
  }
  return [entered, ...places];
}
