import type { Judgements } from './judgements.ts';
import { sorted } from './sort.ts';

/** The filters of a list of findings, as they stand in the address, and what a reader calls them. */
export const FILTERS = {
  state: 'State',
  severity: 'Severity',
  account: 'Account',
  ou: 'OU',
  region: 'Region',
  type: 'Type',
  tag: 'Tag',
  framework: 'Framework',
  requirement: 'Requirement',
  strength: 'Strength',
  rule: 'Rule',
  message: 'Message',
  waiver: 'Waiver',
} as const;
export type FilterName = keyof typeof FILTERS;
export const filterNames = Object.keys(FILTERS) as FilterName[];

/** Without any filter a reader wants what is wrong or not known; every state is one link away. */
export const isDefault = (query: URLSearchParams) =>
  ![...filterNames, 'q', 'all'].some((name) => query.has(name));

/** The query with the states that stand for none. */
export function withStates(query: URLSearchParams): URLSearchParams {
  const all = new URLSearchParams(query);
  if (isDefault(query)) for (const state of ['FAIL', 'UNKNOWN']) all.append('state', state);
  return all;
}

/** The subjects that the filters on subjects leave, as ones. */
export function subjectsOf(judgements: Judgements, query: URLSearchParams): Uint8Array {
  const { index, columns, size, accounts } = judgements;
  const mask = new Uint8Array(size).fill(1);
  const keep = (
    name: FilterName,
    isKept: (subject: number, wanted: ReadonlySet<string>) => boolean,
  ) => {
    const wanted = new Set(query.getAll(name));
    if (wanted.size === 0) return;
    for (let subject = 0; subject < size; subject++) {
      if (mask[subject] && !isKept(subject, wanted)) mask[subject] = 0;
    }
  };
  const accountOf = (subject: number) => index.accounts[accounts[subject] ?? 0];
  keep('account', (subject, wanted) => wanted.has(accountOf(subject)?.id ?? ''));
  keep('ou', (subject, wanted) => isBelow(accountOf(subject)?.ou ?? '', wanted));
  keep('region', (subject, wanted) =>
    wanted.has(index.regions[columns.regions[subject] ?? 0] ?? ''),
  );
  keep('type', (subject, wanted) => wanted.has(index.types[columns.types[subject] ?? 0] ?? ''));
  keep('tag', (subject, wanted) =>
    (columns.tagsOf[subject] ?? []).some((tag) => wanted.has(columns.tags[tag] ?? '')),
  );
  return mask;
}

/** Whether an account is in one of these organizational units, or below it. */
const isBelow = (path: string, ous: ReadonlySet<string>) =>
  path.split('/').some((part) => part !== '' && ous.has(part));

/** For each rule its outcomes that the filters leave, as ones by cell; null for a rule with none. */
export function outcomesOf({ index }: Judgements, query: URLSearchParams): (Uint8Array | null)[] {
  const wanted = (name: FilterName) => new Set(query.getAll(name));
  const [state, severity, rule, message, waiver] = (
    ['state', 'severity', 'rule', 'message', 'waiver'] as const
  ).map(wanted) as [Set<string>, Set<string>, Set<string>, Set<string>, Set<string>];
  const fits = (values: ReadonlySet<string>, value: string) =>
    values.size === 0 || values.has(value);
  const serves = servesOf(index, wanted('framework'), wanted('requirement'), wanted('strength'));
  return index.rules.map((each, position) => {
    if (!fits(severity, each.severity) || !fits(rule, each.id)) return null;
    const mask = new Uint8Array(each.outcomes.length + 1);
    for (const [cell, outcome] of each.outcomes.entries()) {
      const isKept =
        fits(state, outcome.state) &&
        fits(message, outcome.message) &&
        fits(waiver, outcome.waiver ?? '') &&
        serves(position, outcome.supports);
      if (isKept) mask[cell + 1] = 1;
    }
    return mask.includes(1) ? mask : null;
  });
}

/** A finding fits when one and the same link has the framework, the requirement and the strength. */
function servesOf(
  { rules, requirements, frameworks }: Judgements['index'],
  framework: ReadonlySet<string>,
  requirement: ReadonlySet<string>,
  strength: ReadonlySet<string>,
) {
  if (framework.size + requirement.size + strength.size === 0) return () => true;
  return (rule: number, supports: readonly number[]) =>
    (rules[rule]?.links ?? []).some((link) => {
      const found = requirements[link.requirement];
      return (
        found !== undefined &&
        supports.includes(link.requirement) &&
        (strength.size === 0 || strength.has(link.strength)) &&
        (requirement.size === 0 || requirement.has(found.id)) &&
        (framework.size === 0 || framework.has(frameworks[found.framework]?.id ?? ''))
      );
    });
}

/** Each word must stand in the name, the account, the rule or its title. */
function wordsOf({ index, columns, size, accounts }: Judgements, text: string) {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const has = (value: string | null | undefined) =>
        value?.toLowerCase().includes(word) ?? false;
      const inAccount = index.accounts.map(({ id, name }) => has(id) || has(name));
      const inSubject = new Uint8Array(size);
      for (let subject = 0; subject < size; subject++) {
        if (inAccount[accounts[subject] ?? 0] || has(columns.names[subject]))
          inSubject[subject] = 1;
      }
      return { inSubject, inRule: index.rules.map(({ id, title }) => has(id) || has(title)) };
    });
}

/** The judgements that the query leaves, sorted as it says. */
export function select(judgements: Judgements, query: URLSearchParams): Uint32Array {
  const { cells, size, index } = judgements;
  const subjects = subjectsOf(judgements, query);
  const outcomes = outcomesOf(judgements, query);
  const words = wordsOf(judgements, query.get('q') ?? '');
  const found = new Uint32Array(cells.length);
  let count = 0;
  for (const [rule, mask] of outcomes.entries()) {
    if (!mask) continue;
    const open = words.filter(({ inRule }) => !inRule[rule]);
    const base = rule * size;
    for (let subject = 0; subject < size; subject++) {
      if (!subjects[subject] || !mask[cells[base + subject] ?? 0]) continue;
      if (open.every(({ inSubject }) => inSubject[subject])) found[count++] = base + subject;
    }
  }
  const rules = index.rules.length;
  return sorted(judgements, found.slice(0, count), query.get('sort') ?? 'severity', rules);
}
