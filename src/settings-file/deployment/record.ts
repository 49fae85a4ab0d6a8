import { access } from 'node:fs/promises';
import { parseYamlFile, readText, SettingsError } from '../yaml-file.ts';
import { type Deployment, homeRegionOf, isJudgedInMembers } from './deployment.ts';
import { validateRecord } from './schema.ts';

/** What the last roll-out that succeeded left behind, as far as the next one may collide with it. */
export interface DeploymentRecord {
  readonly organization: string;
  readonly centralAccount: string;
  readonly homeRegion: string;
  /** Units that the stack sets name; an older record does not say. */
  readonly units?: readonly string[];
  /** Accounts that have their stack from the stack set of the canaries. */
  readonly canaries: readonly string[];
  /** Accounts of the units that have no stack, because they are on their way to be canaries. */
  readonly moving: readonly string[];
}

/** `deployment.lock.yaml` beside `deployment.yaml`. */
export const recordFileOf = (deploymentFile: string): string =>
  `${deploymentFile.replace(/\.ya?ml$/i, '')}.lock.yaml`;

/** null when there is none. @throws SettingsError when it cannot be used. */
export async function loadRecord(file: string): Promise<DeploymentRecord | null> {
  try {
    await access(file);
  } catch (error) {
    // Whatever else keeps it from being looked at, reading it says.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  }
  try {
    return parseYamlFile(await readText(file), file, validateRecord).value as DeploymentRecord;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const restore =
      `"npm run deploy" writes ${file}: restore it from version control. Without it CloudFormation is asked which accounts have ` +
      'a stack.';
    throw new SettingsError([...error.problems, restore]);
  }
}

/** The text of the record once a deployment has succeeded; null when it leaves no stack set. */
export function recordText(deployment: Deployment): string | null {
  if (!isJudgedInMembers(deployment)) return null;
  const { organization, centralAccount, canary } = deployment;
  return [
    '# Written by "npm run deploy" after a roll-out that succeeded: what the next synthesis is compared with. Commit it.',
    `organization: ${organization.id}`,
    `centralAccount: "${centralAccount}"`,
    `homeRegion: ${homeRegionOf(deployment)}`,
    `units: ${JSON.stringify(organization.units)}`,
    `canaries: ${JSON.stringify(canary?.accounts ?? [])}`,
    `moving: ${JSON.stringify(canary?.moving ?? [])}`,
    '',
  ].join('\n');
}

/** The deployment file and the record, as named in sentences. */
export interface Files {
  readonly deployment: string;
  readonly record: string;
}

/** Accounts by the stack set that has one there, as CloudFormation says now; null where it was not asked. */
export type Holders = {
  readonly canaries: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
} | null;

/** What takes away what the stack set of the others tries to make in an account that has its stack already. */
const deletion = (accounts: readonly string[], { organization, regions }: Deployment) =>
  'aws cloudformation delete-stack-instances --call-as DELEGATED_ADMIN --stack-set-name s3-config-rules --no-retain-stacks ' +
  `--regions ${regions.join(' ')} --deployment-targets Accounts=${accounts.join(',')},AccountFilterType=INTERSECTION,` +
  `OrganizationalUnitIds=${organization.units.join(',')}`;

/**
 * What of a deployment would collide with the stacks that there are: two stacks of the same name cannot be in one account and Region, so
 * that the roll-out would fail after it has begun. What CloudFormation says counts before the record, which may be old.
 * @returns a text each, with the steps that are needed.
 */
export function collisions(
  deployment: Deployment,
  record: DeploymentRecord | null,
  files: Files,
  holders: Holders = null,
): readonly string[] {
  if (!isJudgedInMembers(deployment)) return [];
  const another = record === null ? null : anotherRollOut(deployment, record, files);
  if (another !== null) return [another];
  const named = deployment.canary?.accounts ?? [];
  const twice = named.filter(
    (account) => holders?.members.has(account) && holders.canaries.has(account),
  );
  const [joining, source] = holders
    ? [
        named.filter((account) => holders.members.has(account) && !twice.includes(account)),
        'as CloudFormation says',
      ]
    : [
        record === null ? [] : named.filter((account) => !isKnownTo(record, account)),
        `according to ${files.record}; with credentials of ${deployment.centralAccount}, CloudFormation is asked instead`,
      ];
  const moved = twice.length === 0 ? [] : [movedProblem(twice, deployment, files)];
  if (joining.length === 0) return moved;
  return [
    ...moved,
    [
      `${files.deployment}: canary.accounts names ${joining.join(', ')}, with a stack from the stack set of the other accounts ` +
        `(${source}). Each would get a second one of the same names, and the roll-out would fail. Use two deployments:`,
      '  1. Name each under canary.moving and not under canary.accounts, and deploy. This removes its stack, and its results.',
      '  2. Name it under canary.accounts and not under canary.moving, and deploy.',
    ].join('\n'),
  ];
}

/** Automatic deployment does not know of canaries (docs/roll-out.md): when one moves to another unit, it makes a second stack. */
const movedProblem = (accounts: readonly string[], deployment: Deployment, files: Files): string =>
  [
    `${files.deployment}: ${accounts.join(', ')} of canary.accounts has its stack, and the stack set of the other accounts tries ` +
      'to make a second one, as it does when a canary is moved between units: each roll-out would fail there. Take that away first:',
    `  ${deletion(accounts, deployment)}`,
    '  With --retain-stacks in place of --no-retain-stacks where it is INOPERABLE.',
  ].join('\n');

/** It is a canary, or on its way to be one. */
const isKnownTo = ({ canaries, moving }: DeploymentRecord, account: string) =>
  canaries.includes(account) || moving.includes(account);

/**
 * What the next roll-out takes away. A stack set deletes the stacks of each unit that it names no more, and then makes those of each unit
 * that is new; of one that stays it only updates the stacks that there are (AltStackInstancesCalculator.java of
 * aws-cloudformation/aws-cloudformation-resource-providers-cloudformation).
 * @returns a sentence, or none.
 */
export function lossesOf(
  deployment: Deployment,
  record: DeploymentRecord | null,
): readonly string[] {
  const { units } = deployment.organization;
  const left = (record?.units ?? []).filter((unit) => !units.includes(unit));
  if (left.length === 0 || !isJudgedInMembers(deployment)) return [];
  return [
    `organization.units no longer names ${left.join(', ')}: the accounts in it lose their stacks, and the results in AWS Config. An ` +
      'account gets a new stack if it is also in a unit that is new here, and none if it is in one that stays.',
  ];
}

/** Where the deployment is for another place than the one that has rolled out. */
export function anotherRollOut(
  deployment: Deployment,
  record: DeploymentRecord,
  files: Files,
): string | null {
  const there = [record.organization, record.centralAccount, record.homeRegion];
  const { organization, centralAccount } = deployment;
  const asked = [organization.id, centralAccount, homeRegionOf(deployment)];
  if (asked.every((value, index) => value === there[index])) return null;
  return (
    `${files.deployment}: it is for account ${asked[1]} in ${asked[2]} of ${asked[0]}, expected account ${there[1]} in ` +
    `${there[2]} of ${there[0]}, which has rolled the rules out (${files.record}): a second roll-out would make stacks of the same ` +
    `names, and fail. Remove the first one (docs/roll-out.md, "Remove"), and then ${files.record}. If this is another ` +
    'organization, remove only that file.'
  );
}
