import { printable } from '../values/text.ts';
import { type Diagnosis, STATES, type State, type Where } from './diagnosis.ts';

/** Diagnoses that are the same for several places. */
export interface Group {
  readonly first: Diagnosis;
  readonly places: readonly Where[];
}

/** Equal results are shown once, the worst first; their fixes may differ only in account and Region. */
export function groupsOf(diagnoses: readonly Diagnosis[]): readonly Group[] {
  const groups = new Map<string, { first: Diagnosis; places: Where[] }>();
  for (const diagnosis of diagnoses) {
    const { examined, state, what, where } = diagnosis;
    const key = JSON.stringify([examined, state, what, fixAnywhere(diagnosis)]);
    const group = groups.get(key) ?? { first: diagnosis, places: [] };
    group.places.push(where);
    groups.set(key, group);
  }
  const rank = ({ first }: Group) => STATES.indexOf(first.state);
  return [...groups.values()].sort((one, other) => rank(one) - rank(other));
}

function fixAnywhere({ fix, where: { account, region } }: Diagnosis): string | null {
  const without = (text: string | undefined, part: string | null, stand: string) =>
    part === null ? text : text?.replaceAll(part, stand);
  return without(without(fix ?? undefined, account, '<account>'), region, '<Region>') ?? null;
}

export const countsOf = (diagnoses: readonly Diagnosis[]): Readonly<Record<State, number>> => {
  const counts = { FIX: 0, UNKNOWN: 0, WARN: 0, OK: 0 };
  for (const { state } of diagnoses) counts[state]++;
  return counts;
};

const SHOWN = 3;

/** "account Region name", as far as there is one. */
export const placeName = ({ account, region, name }: Where): string =>
  [account, region, name].filter((part) => part !== null).join(' ');

function placesText(places: readonly Where[]): string {
  const shown = places.slice(0, SHOWN).map(placeName).join(', ');
  if (places.length === 1) return shown;
  const accounts = new Set(places.flatMap(({ account }) => account ?? []));
  const count = accounts.size > 1 ? `in ${accounts.size} accounts` : `in ${places.length} places`;
  return `${count}: ${shown}${places.length > SHOWN ? ', …' : ''}`;
}

/** The groups as text for a terminal: state, what was examined, what is, where, and how to fix it. */
export function table(diagnoses: readonly Diagnosis[]): string {
  const width = Math.max(0, ...diagnoses.map(({ examined }) => examined.length));
  const entries = groupsOf(diagnoses).map(({ first, places }) => {
    const { state, examined, what, fix } = first;
    const likewise =
      places.length > 1 ? '\n         the others are the same: --format json lists each one' : '';
    return [
      `${state.padEnd(7)}  ${examined.padEnd(width)}  ${printable(what)}\n`,
      `         ${printable(placesText(places))}\n`,
      fix === null ? '' : `         fix: ${printable(fix)}${likewise}\n`,
    ].join('');
  });
  const { FIX, UNKNOWN, WARN, OK } = countsOf(diagnoses);
  const total = `${FIX} to fix, ${UNKNOWN} unknown, ${WARN} to check, ${OK} as required.\n`;
  return `${entries.join('')}\n${total}`;
}

/** All diagnoses, one place each. JSON escapes what would act on a screen only in part, so texts are made printable here, too. */
export function json(diagnoses: readonly Diagnosis[]): string {
  const safe = diagnoses.map(({ examined, state, where, what, fix }) => ({
    state,
    examined,
    account: safely(where.account),
    region: safely(where.region),
    name: safely(where.name),
    what: printable(what),
    fix: safely(fix),
  }));
  return `${JSON.stringify({ counts: countsOf(diagnoses), diagnoses: safe }, null, 2)}\n`;
}

const safely = (value: string | null) => (value === null ? null : printable(value));
