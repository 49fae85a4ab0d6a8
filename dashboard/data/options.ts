import { STATE_WORDS } from '../parts/mark.tsx';
import type { Judgements } from './judgements.ts';
import type { FilterName } from './query.ts';
import { SEVERITIES, STATES } from './shape.ts';
import { typeName } from './words.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** What can be chosen in a filter. */
export function optionsOf({ index, columns }: Judgements, name: FilterName): readonly Option[] {
  switch (name) {
    case 'state':
      return STATES.map((value) => ({ value, label: STATE_WORDS[value] }));
    case 'severity':
      return plain(SEVERITIES);
    case 'strength':
      return plain(['primary', 'supporting']);
    case 'account':
      return index.accounts.map(({ id, name: label }) => ({
        value: id,
        label: label ? `${label} ${id}` : id,
      }));
    case 'ou':
      return plain(
        [
          ...new Set(
            index.accounts.flatMap(({ ou }) => ou?.split('/').filter((part) => part !== '') ?? []),
          ),
        ].sort(),
      );
    case 'region':
      return plain(index.regions);
    case 'type':
      return index.types.map((value) => ({ value, label: typeName(value) }));
    case 'tag':
      return plain(columns.tags);
    case 'framework':
      return index.frameworks.map(({ id, name: label }) => ({ value: id, label }));
    case 'requirement':
      return index.requirements.map(({ id, citation }) => ({ value: id, label: citation }));
    case 'rule':
      return index.rules.map(({ id }) => ({ value: id, label: id }));
    case 'waiver':
      return plain(index.waivers.map(({ id }) => id));
    case 'message':
      return plain(
        [...new Set(index.rules.flatMap(({ messages }) => Object.keys(messages)))].sort(),
      );
  }
}

/** A value as a reader knows it. */
export const labelOf = (judgements: Judgements, name: FilterName, value: string) =>
  optionsOf(judgements, name).find((option) => option.value === value)?.label ?? value;
