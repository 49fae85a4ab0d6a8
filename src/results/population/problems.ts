import type { AccountRow, RegionRow } from '../rows.ts';
import type { Inputs } from '../run/inputs.ts';
import type { Problem } from '../tables.ts';

/** What of the population is not assessed, one sentence each. What the settings leave out, and a recorder that a rule judges, is none. */
export function problemsOf(
  accounts: readonly Omit<AccountRow, 'runId'>[],
  regions: readonly Omit<RegionRow, 'runId'>[],
): readonly Problem[] {
  const places = new Set(regions.map(({ account }) => account));
  const missing = accounts.filter(
    ({ account, assessed }) => assessed !== 'yes' && !places.has(account),
  );
  return [
    ...missing.filter(isProblem).map(({ account, knownFrom, reason }): Problem => {
      const known = knownFrom.join(', ');
      return {
        kind: 'account',
        message: `Account ${account} (${known}) is not assessed: ${reason}`,
      };
    }),
    ...regions.filter(isProblem).map(({ account, region, assessed, reason }): Problem => {
      const how = assessed === 'no' ? 'not assessed' : 'assessed only in part';
      return { kind: 'region', message: `Account ${account}, ${region} is ${how}: ${reason}` };
    }),
  ];
}

const isProblem = ({ assessed, reason }: Pick<RegionRow, 'assessed' | 'reason'>) =>
  assessed !== 'yes' && reason !== RECORDER_OFF && reason?.startsWith(EXCLUDED) !== true;

/** How the reason of what the settings leave out begins. */
export const EXCLUDED = 'Excluded: ';
/** `config-recorder-health` judges that, with all that it needs to know. */
export const RECORDER_OFF = 'The recorder is off.';

/** Sources in which there is nothing to judge, and no answer either. */
export function emptySources(
  inputs: Inputs,
  isFilled: (path: string) => boolean,
): readonly Problem[] {
  const all = new Set<string>();
  for (const { source, head } of inputs.values()) if (head.holds !== 'results') all.add(source);
  for (const [path, { source }] of inputs) if (isFilled(path)) all.delete(source);
  return [...all].map((source) => ({
    kind: 'input',
    message: `${source} holds no resource that rules judge.`,
  }));
}

const KINDS: readonly Problem['kind'][] = [
  'file',
  'record',
  'finding',
  'input',
  'account',
  'region',
  'subject',
  'difference',
];

/** By kind, then by text; what is said twice stands once. */
export function sorted(problems: readonly Problem[]): readonly Problem[] {
  const byText = new Map(problems.map((each) => [`${each.kind} ${each.message}`, each]));
  return [...byText.values()].sort(
    (one, other) =>
      KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || (one.message < other.message ? -1 : 1),
  );
}

type Rows = readonly Pick<AccountRow, 'assessed'>[];
const lacking = (rows: Rows) => rows.filter(({ assessed }) => assessed !== 'yes').length;

/** How many accounts and Regions were not assessed, or not whole. */
export const lackingIn = ({
  accounts,
  regions,
}: Readonly<Record<'accounts' | 'regions', Rows>>) => ({
  accounts: lacking(accounts),
  regions: lacking(regions),
});
