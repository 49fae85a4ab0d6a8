import { list } from '../core/text.ts';

/** What a table needs of a diagnosis; its words are printable already. */
interface Line {
  readonly state: string;
  readonly topic: string;
  readonly account?: string;
  readonly region?: string;
  readonly says: string;
  readonly mend?: string;
}

const PLACES_SHOWN = 3;

/** Diagnoses as text for a terminal: equal ones together, what is well only counted. */
export function diagnosesTable(diagnoses: readonly Line[]): string {
  const groups = new Map<string, Line[]>();
  for (const each of diagnoses.filter(({ state }) => state !== 'OK')) {
    const key = JSON.stringify([each.state, each.topic, each.says, each.mend]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const entries = [...groups.values()].map(entry);
  return [...entries, totals(diagnoses)].join('\n');
}

function entry(group: readonly Line[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const lines = [
    `${first.state.padEnd(8)} ${first.topic}: ${places(group)}`,
    `         ${first.says}`,
    ...(first.mend === undefined ? [] : [`         Mend: ${first.mend}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function places(group: readonly Line[]): string {
  const named = group.map(({ account = '', region = '' }) => `${account} ${region}`.trim());
  if (named.length <= PLACES_SHOWN) return list(named);
  const shown = named.slice(0, PLACES_SHOWN).join(', ');
  return `${named.length} places: ${shown} and ${named.length - PLACES_SHOWN} more`;
}

function totals(diagnoses: readonly Line[]): string {
  const count = (state: string) => diagnoses.filter((each) => each.state === state).length;
  return `${count('OK')} well, ${count('WARN')} to look at, ${count('FIX')} to mend, ${count('UNKNOWN')} not examined.\n`;
}
