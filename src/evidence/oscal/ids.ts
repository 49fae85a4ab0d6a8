import { placeOf } from '../../frameworks/index.ts';
import { uuidOf as uuid } from '../../results/index.ts';
import { printable } from '../../values/text.ts';
import { asFileName } from '../bundle/names.ts';

/** The namespace of our own properties. */
export const NS = 'https://github.com/s3-config-rules/s3-config-rules/ns/oscal';

/** The UUID of these words: the same thing has the same id in every document. OSCAL 1.2 accepts no version 7. */
export const uuidOf = (...words: readonly string[]): string => uuid(JSON.stringify(words));

/** "hipaa 164.312(a)(2)(iv)" is "hipaa-164.312.a.2.iv": an id of OSCAL has no parentheses and begins with a letter. */
export function controlId(requirement: string): string {
  const { framework } = placeOf(requirement);
  return `${framework.id}-${asFileName(requirement.slice(framework.id.length + 1))}`;
}

export const statementId = (requirement: string): string => `${controlId(requirement)}_smt`;

/** What a rule tests of a requirement. The requirement itself is never the target: no rule establishes that it is satisfied. */
export const objectiveId = (requirement: string, rule: string): string =>
  `${controlId(requirement)}_obj.${rule}`;

/** The value of a property: one line that neither begins nor ends with a blank, and is not empty. */
export const oneLine = (text: string): string => printable(text).trim() || '(empty)';

/** Text of strangers in a field that viewers show as Markdown: shown as it stands. */
export const markup = (text: string): string =>
  oneLine(text).replace(/[\\`*_{}[\]<>^~$!#|&]/g, '\\$&');

/** A property of ours. */
export const prop = (name: string, value: string | number) => ({
  name,
  ns: NS,
  value: oneLine(String(value)),
});

/** A key whose list is empty is left out, because OSCAL takes no empty lists. */
export const listed = <K extends string>(key: K, entries: readonly object[]) =>
  (entries.length > 0 ? { [key]: entries } : {}) as { readonly [Key in K]?: readonly object[] };
