import type {
  AdvancedEventSelector,
  BasicEventSelector,
  EventSelector,
  FieldSelector,
  Half,
} from '../../facts/event-selectors.ts';
import { array, type Json, object, oneOf, text } from '../../values/json.ts';

/**
 * The selectors in an answer of CloudTrail, which has either basic or advanced ones (CloudTrail API reference,
 * GetEventSelectors and GetEventDataStore). @throws Malformed
 */
export function selectorsIn(answer: object): readonly EventSelector[] {
  const { EventSelectors, AdvancedEventSelectors } = object(answer, 'the answer');
  return [
    ...objectsIn(EventSelectors, 'EventSelectors').map(basicOf),
    ...objectsIn(AdvancedEventSelectors, 'AdvancedEventSelectors').map(advancedOf),
  ];
}

const HALVES: Readonly<Record<'All' | 'ReadOnly' | 'WriteOnly', readonly Half[]>> = {
  All: ['read', 'write'],
  ReadOnly: ['read'],
  WriteOnly: ['write'],
};

/** Without a ReadWriteType both halves are selected. */
function basicOf({ ReadWriteType = 'All', DataResources }: Json): BasicEventSelector {
  const objects = objectsIn(DataResources, 'DataResources')
    .filter(({ Type }) => Type === 'AWS::S3::Object')
    .flatMap(({ Values }) => textsIn(Values, 'DataResources[].Values'));
  const type = oneOf(ReadWriteType, ['All', 'ReadOnly', 'WriteOnly'], 'ReadWriteType');
  return { kind: 'basic', halves: HALVES[type], objects };
}

function advancedOf({ FieldSelectors }: Json): AdvancedEventSelector {
  return { kind: 'advanced', fields: objectsIn(FieldSelectors, 'FieldSelectors').map(fieldOf) };
}

function fieldOf(selector: Json): FieldSelector {
  const field = text(selector['Field'], 'FieldSelectors[].Field');
  const values = (operator: string) => textsIn(selector[operator], `${field} ${operator}`);
  return {
    field,
    equals: values('Equals'),
    startsWith: values('StartsWith'),
    endsWith: values('EndsWith'),
    notEquals: values('NotEquals'),
    notStartsWith: values('NotStartsWith'),
    notEndsWith: values('NotEndsWith'),
  };
}

const objectsIn = (value: unknown, where: string) =>
  array(value, where).map((each) => object(each, `${where}[]`));

const textsIn = (value: unknown, where: string) =>
  array(value, where).map((each) => text(each, `${where}[]`));
