import type { Reading } from '../records/reading.ts';
import { isKnown } from '../records/reading.ts';
import { eachOf } from '../services/pool.ts';
import { assumption } from '../services/role.ts';
import {
  homeRegionOf,
  isJudgedCentrally,
  isJudgedInMembers,
} from '../settings-file/deployment/deployment.ts';
import { text } from '../values/json.ts';
import { partitionOf } from '../values/region.ts';
import {
  type Access,
  accessTo,
  attempt,
  type Connections,
  closeConnections,
  openConnections,
} from './access.ts';
import { about, type Diagnosis } from './diagnosis.ts';
import type { PlaceFacts, Plan } from './facts.ts';
import { judgeManagementAccount, judgeNotExamined } from './judge/accounts.ts';
import { judgeCentral } from './judge/central.ts';
import { judgeDeployedFunctions } from './judge/deployed.ts';
import { judgeCaller, judgeOrganization } from './judge/organization.ts';
import { judgePlace } from './judge/place.ts';
import { judgeCanaryMoves, judgeCoverage } from './judge/stacks.ts';
import { membersOf } from './members.ts';
import { readCentral } from './read/central.ts';
import { readOrganization } from './read/organization.ts';
import { readPlace } from './read/place.ts';

export interface Watch {
  readonly at: string;
  readonly onProgress: (done: number, total: number, label: string) => void;
}

/** How many accounts are looked into at the same time. */
const AT_ONCE = 8;

/**
 * Asks AWS and says what it found. What cannot be asked is UNKNOWN.
 * @throws MissingPackage, and {@link NoCaller} if the caller cannot be identified.
 */
export async function examine(plan: Plan, watch: Watch): Promise<readonly Diagnosis[]> {
  const connections = openConnections();
  try {
    const access = accessTo(connections);
    const caller = await callerOf(access, plan);
    const enter = entrance(plan, { access, caller, connections });
    watch.onProgress(0, 1, 'organization');
    const organization = await readOrganization(access, plan.deployment);
    const members = membersOf(organization, plan);
    let done = 0;
    const seen: PlaceFacts[] = [];
    const places = await eachOf(members.ids, AT_ONCE, async (account) => {
      const entered = await enter(account);
      const diagnoses = await examineAccount(account, entered, plan, { at: watch.at, seen });
      watch.onProgress(++done, members.ids.length, account);
      return diagnoses;
    });
    return [
      judgeCaller(caller, plan),
      ...judgeOrganization(organization, plan),
      ...(await examineCentral(await enter(plan.deployment.centralAccount), plan, {
        accounts: members.ids,
        now: watch.at,
      })),
      ...(members.includeManagementAccount ? [judgeManagementAccount(plan)] : []),
      ...places.flat(),
      ...judgeDeployedFunctions(seen),
    ];
  } finally {
    closeConnections(connections);
  }
}

async function callerOf(access: Access, { deployment }: Plan): Promise<string> {
  const caller = await attempt(async () => {
    const { Account } = await access.ask('GetCallerIdentity', {}, homeRegionOf(deployment));
    return text(Account, 'Account of the caller');
  });
  if (isKnown(caller)) return caller.value;
  throw new NoCaller(
    `AWS could not identify the credentials (${caller.unavailable}): expected credentials of the central account ` +
      `${deployment.centralAccount}.`,
  );
}

/** There are no credentials, or AWS rejects them: nothing can be asked. */
export class NoCaller extends Error {
  override readonly name = 'NoCaller';
}

type Entered = {
  readonly account: string;
  readonly isRefused: boolean;
  readonly access: Reading<Access>;
};

/**
 * Credentials for an account: those of the caller for its own, a role for the others. They last an hour, which is longer
 * than any account takes.
 */
function entrance(
  { role, deployment }: Plan,
  {
    access,
    caller,
    connections,
  }: { readonly access: Access; readonly caller: string; readonly connections: Connections },
): (account: string) => Promise<Entered> {
  const region = homeRegionOf(deployment);
  return async (account) => {
    if (account === caller) return { account, isRefused: false, access: { value: access } };
    if (role === undefined) {
      const unavailable = `the credentials belong to ${caller}, and no role is given`;
      return { account, isRefused: false, access: { unavailable } };
    }
    const entered = await attempt(async () => {
      const input = {
        ...assumption(role, {
          ...{ account, partition: partitionOf(region) },
          session: 's3-config-rules-doctor',
        }),
        DurationSeconds: 3600,
      };
      const { Credentials: given } = await access.ask('AssumeRole', input, region);
      return accessTo(connections, {
        accessKeyId: text(given?.AccessKeyId, 'AccessKeyId'),
        secretAccessKey: text(given?.SecretAccessKey, 'SecretAccessKey'),
        sessionToken: text(given?.SessionToken, 'SessionToken'),
      });
    });
    return { account, isRefused: true, access: entered };
  };
}

async function examineAccount(
  account: string,
  { access, isRefused }: Entered,
  plan: Plan,
  { at, seen }: { readonly at: string; readonly seen: PlaceFacts[] },
): Promise<readonly Diagnosis[]> {
  if ('unavailable' in access) {
    const { unavailable: reason, action } = access;
    const refusal = { account, reason, isRefused, ...(action === undefined ? {} : { action }) };
    return [judgeNotExamined(refusal, plan)];
  }
  const withHub = plan.deployment.consumers.securityHub && isJudgedInMembers(plan.deployment);
  const withDeliveries = isJudgedCentrally(plan.deployment);
  const diagnoses: Diagnosis[] = [];
  for (const region of plan.deployment.regions) {
    const facts = await readPlace(
      access.value,
      { account, region },
      { at, withHub, withDeliveries },
    );
    seen.push(facts);
    diagnoses.push(...judgePlace(facts, plan));
  }
  return diagnoses;
}

async function examineCentral(
  { account, access }: Entered,
  plan: Plan,
  { accounts, now }: { readonly accounts: readonly string[]; readonly now: string },
): Promise<readonly Diagnosis[]> {
  if (isKnown(access)) {
    const facts = await readCentral(access.value, plan.deployment);
    if (!isJudgedInMembers(plan.deployment)) return judgeCentral(facts, plan);
    return [
      ...judgeCentral(facts, plan),
      ...judgeCanaryMoves(facts, plan),
      ...judgeCoverage(facts, accounts, plan, now),
    ];
  }
  return [
    about('bootstrap', { account }).unknown(
      'The central account could not be examined',
      access,
      `Use credentials of ${account}.`,
    ),
  ];
}
