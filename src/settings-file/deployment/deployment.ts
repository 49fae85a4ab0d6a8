import { type Pack, packs } from '../../../conformance-pack/packs.ts';
import type { OnChange, Tier } from '../../engine/tier.ts';
import { type Path, parseYamlFile, readText, SettingsError } from '../yaml-file.ts';
import { organizationProblems } from './one-organization.ts';
import { validateDeployment } from './schema.ts';
import { type Site, siteProblems } from './site.ts';

/** Where the rules run: what deployment.yaml says, complete. */
export interface Deployment {
  readonly organization: {
    readonly id: string;
    readonly managementAccount: string;
    /** Organizational units, or the root, whose accounts get the rules. */
    readonly units: readonly string[];
  };
  /** Delegated administrator of AWS Config and of StackSets. */
  readonly centralAccount: string;
  /** The first is the home Region. */
  readonly regions: readonly string[];
  readonly canary?: {
    readonly accounts: readonly string[];
    /** Accounts on their way from one stack set to the other, which have no stack for the time of one deployment. */
    readonly moving?: readonly string[];
  };
  readonly rollout: {
    readonly concurrencyPercentage: number;
    readonly failureTolerancePercentage: number;
    /** ARNs of stack sets that a new account must get before, such as that of its recorder. */
    readonly after?: readonly string[];
  };
  readonly functions: {
    readonly logRetentionDays: number;
    /** After so long without a heartbeat an account and Region is reported. */
    readonly silenceHours: number;
    /** Alarms in each account and Region, which tell of errors within the hour. */
    readonly alarms: boolean;
    /** Of each function; without it they share what the account has. */
    readonly reservedConcurrency?: number;
    readonly rulePagesUrl?: string;
  };
  /** Where rules are judged: in the member accounts by AWS Config rules, in the central account from what AWS Config delivers, or both. */
  readonly rules: 'members' | 'central' | 'both';
  /** Where AWS Config delivers snapshots and history of all accounts to; needed where rules are judged centrally. */
  readonly delivery?: {
    readonly bucket: string;
    /** The prefix of the delivery channels, which stands before `AWSLogs/`. */
    readonly prefix?: string;
    /** ARN of the KMS key that encrypts what is delivered. */
    readonly key?: string;
  };
  /** What is made of the dashboard of the central account besides its files; nothing unless it is set. */
  readonly dashboard?: { readonly site?: Site };
  /** Name of a conformance pack. */
  readonly pack: string;
  /** The pack without the rules above it. */
  readonly tier: Tier;
  /** The least severity of the rules that also run as soon as AWS Config records a change. */
  readonly onChange: OnChange;
  /** Whether the pack also brings rules that AWS runs, of which ours judge the same. */
  readonly awsManagedRules: boolean;
  readonly notification?: { readonly email: string };
  readonly consumers: {
    readonly securityHub: boolean;
    /** null unless it is set: what is kept is locked, and cannot be deleted before its time. */
    readonly history: { readonly retentionDays: number } | null;
    /** How long results that are judged centrally are kept. */
    readonly results: { readonly retentionDays: number };
  };
  /** null: code travels inside the template. */
  readonly assetBucketPrefix: string | null;
}

const DEFAULTS = {
  rollout: { concurrencyPercentage: 10, failureTolerancePercentage: 0 },
  functions: { logRetentionDays: 365, silenceHours: 36, alarms: false },
  consumers: { securityHub: true, history: null, results: { retentionDays: 400 } },
  rules: 'members',
  pack: 's3-gdpr-hipaa',
  tier: 'strict',
  onChange: 'high',
  awsManagedRules: false,
  assetBucketPrefix: null,
} as const;

/** The pack that the deployment chooses. @throws Error when there is none of this name, which the schema excludes. */
export function packOf({
  pack: name,
  tier,
  onChange,
}: Pick<Deployment, 'pack' | 'tier' | 'onChange'>): Pack {
  const pack = packs.find((each) => each.name === name);
  if (pack === undefined) throw new Error(`There is no pack ${name}.`);
  return { ...pack, onChange, ...(tier === 'strict' ? {} : { tier }) };
}

export const homeRegionOf = ({ regions }: Deployment): string => regions[0] ?? '';

/** @throws SettingsError naming file, line and what was expected. */
export async function loadDeployment(file: string): Promise<Deployment> {
  return parseDeployment(await readText(file), file);
}

/** @param file named in errors. @throws SettingsError */
export function parseDeployment(text: string, file: string): Deployment {
  const { value, place } = parseYamlFile(text, file, validateDeployment);
  const given = value as Partial<Deployment>;
  const { rollout, functions, consumers } = DEFAULTS;
  const deployment = {
    ...DEFAULTS,
    ...given,
    rollout: { ...rollout, ...given.rollout },
    functions: { ...functions, ...given.functions },
    consumers: { ...consumers, ...given.consumers },
  } as Deployment;
  const problems = [
    ...managementProblems(deployment, place),
    ...deliveryProblems(deployment, place),
    ...canaryProblems(deployment, place),
    ...dashboardProblems(deployment, place),
    ...organizationProblems(deployment, homeRegionOf(deployment), place),
  ];
  if (problems.length > 0) throw new SettingsError(problems);
  return deployment;
}

type Place = (path: Path) => string;

export const isJudgedCentrally = ({ rules }: Pick<Deployment, 'rules'>) => rules !== 'members';
export const isJudgedInMembers = ({ rules }: Pick<Deployment, 'rules'>) => rules !== 'central';

function deliveryProblems(deployment: Deployment, place: Place): string[] {
  if (!isJudgedCentrally(deployment) || deployment.delivery !== undefined) return [];
  return [
    `${place(['rules'])}: rules: ${deployment.rules} reads what AWS Config delivers, expected delivery with the name of that bucket.`,
  ];
}

function dashboardProblems(deployment: Deployment, place: Place): string[] {
  const { rules, centralAccount, dashboard } = deployment;
  if (dashboard?.site === undefined) return [];
  const around = { rules, centralAccount, home: homeRegionOf(deployment) };
  return siteProblems(dashboard.site, around).map(
    ([key, problem]) =>
      `${place(['dashboard', 'site', ...(key === null ? [] : [key])])}: ${key ?? 'site'}: ${problem}`,
  );
}

/** The management account administers nothing by delegation, and no service-managed stack set reaches it. */
function managementProblems(
  { organization: { managementAccount: id }, centralAccount, canary }: Deployment,
  place: Place,
): string[] {
  const problem = (path: Path, wanted: string) =>
    `${place(path)}: ${path.join('.')} is ${id}, the management account, expected ${wanted}.`;
  return [
    ...(centralAccount === id ? [problem(['centralAccount'], 'a delegated administrator')] : []),
    ...(['accounts', 'moving'] as const).flatMap((key) => {
      const index = canary?.[key]?.indexOf(id) ?? -1;
      return index < 0 ? [] : [problem(['canary', key, index], 'a member account')];
    }),
  ];
}

function canaryProblems({ canary }: Deployment, place: Place): string[] {
  if (canary === undefined) return [];
  const { accounts, moving = [] } = canary;
  return moving.flatMap((account, at) =>
    accounts.includes(account)
      ? [
          `${place(['canary', 'moving', at])}: canary.moving.${at} is ${account}, which canary.accounts names as well, expected it under ` +
            'one of them.',
        ]
      : [],
  );
}
