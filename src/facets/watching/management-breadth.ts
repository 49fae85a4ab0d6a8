import type { ManagementEvents, Recorded } from '../../facts/trails.ts';
import { array, type Json, object, oneOf, optionalAnsweredFlag, text } from '../../values/json.ts';

/**
 * How much the selectors of a trail record of the management events of all services (CloudTrail API reference,
 * EventSelector and AdvancedFieldSelector). Of several selectors the broadest counts: those that are only complete together
 * count as some, but one may record what reads and another what writes. @throws Malformed
 */
export function managementEventsOf(answer: object): ManagementEvents {
  const { EventSelectors, AdvancedEventSelectors } = object(answer, 'the answer');
  const found = [
    ...objectsIn(EventSelectors, 'EventSelectors').map(ofBasic),
    ...objectsIn(AdvancedEventSelectors, 'AdvancedEventSelectors').map(ofAdvanced),
  ];
  return {
    reads: broadest(found.map(({ reads }) => reads)),
    writes: broadest(found.map(({ writes }) => writes)),
  };
}

const NOTHING: ManagementEvents = { reads: 'none', writes: 'none' };

/** Without a ReadWriteType both halves are selected, and management events are unless they are switched off. */
function ofBasic({
  ReadWriteType = 'All',
  IncludeManagementEvents = true,
  ExcludeManagementEventSources,
}: Json): ManagementEvents {
  if (!optionalAnsweredFlag(IncludeManagementEvents, 'IncludeManagementEvents')) return NOTHING;
  const type = oneOf(ReadWriteType, ['All', 'ReadOnly', 'WriteOnly'], 'ReadWriteType');
  const breadth = allBut(textsIn(ExcludeManagementEventSources, 'ExcludeManagementEventSources'));
  return {
    reads: type === 'WriteOnly' ? 'none' : breadth,
    writes: type === 'ReadOnly' ? 'none' : breadth,
  };
}

/** The only operator that each field may have without narrowing the selector in a way that is not told apart further. */
const PLAIN = new Map<unknown, string>([
  ['eventCategory', 'Equals'],
  ['readOnly', 'Equals'],
  ['eventSource', 'NotEquals'],
]);

function ofAdvanced({ FieldSelectors }: Json): ManagementEvents {
  const fields = objectsIn(FieldSelectors, 'FieldSelectors');
  const lists = (field: string, operator: string) =>
    fields.filter(({ Field }) => Field === field).map((each) => textsIn(each[operator], operator));
  const categories = lists('eventCategory', 'Equals');
  if (!categories.some((values) => values.includes('Management'))) return NOTHING;
  const isPlain = fields.every(({ Field, ...operators }) =>
    Object.entries(operators).every(([name, given]) => isEmpty(given) || PLAIN.get(Field) === name),
  );
  const breadth = isPlain ? allBut(lists('eventSource', 'NotEquals').flat()) : 'some';
  const half = (value: string) =>
    lists('readOnly', 'Equals').every((values) => values.includes(value)) ? breadth : 'none';
  return { reads: half('true'), writes: half('false') };
}

const isEmpty = (given: unknown) =>
  given === null || given === undefined || (Array.isArray(given) && given.length === 0);

const allBut = (services: readonly string[]): Recorded =>
  services.length === 0 ? 'all' : { allBut: services };

/** Of two that leave out services, the one that leaves out fewer. */
function broadest(found: readonly Recorded[]): Recorded {
  const [first = 'none'] = found.toSorted((one, other) => gapOf(one) - gapOf(other));
  return first;
}

function gapOf(recorded: Recorded): number {
  if (typeof recorded === 'object') return recorded.allBut.length;
  return { all: 0, some: 1_000, none: 2_000 }[recorded];
}

const objectsIn = (value: unknown, where: string) =>
  array(value, where).map((each) => object(each, `${where}[]`));

const textsIn = (value: unknown, where: string) =>
  array(value, where).map((each) => text(each, `${where}[]`));
