import type { Judgements } from '../data/judgements.ts';
import { identityOf, subjectLink } from '../data/subject.ts';
import type { Changes } from '../data/tables.ts';

/** A change as a row of the table. */
export function rowOf(found: Judgements, table: Changes, at: number) {
  const subject = table.subjects[at] ?? -1;
  const rule = found.index.rules[table.rules[at] ?? 0];
  const gone = table.gone[String(at)];
  const identity = subject < 0 ? null : identityOf(found, subject);
  return {
    ...{
      rule,
      kind: table.kinds[table.kind[at] ?? 0] ?? '',
      cause: table.causes[table.cause[at] ?? 0]?.id ?? '',
      why: table.causes[table.cause[at] ?? 0]?.words,
    },
    ...{
      name: identity?.name ?? gone?.name ?? '',
      account: identity?.account?.name ?? identity?.account?.id ?? gone?.account ?? '',
    },
    region: identity?.region ?? gone?.region ?? '',
    ...{ from: table.states[table.from[at] ?? 0] ?? '', to: table.states[table.to[at] ?? 0] ?? '' },
    href: subject < 0 ? null : subjectLink(found, subject, rule?.id),
  };
}
