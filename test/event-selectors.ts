import type {
  AdvancedEventSelector,
  BasicEventSelector,
  FieldSelector,
  Half,
} from '../src/facts/event-selectors.ts';

/** A basic selector of objects, of both halves of their events unless one is named. */
export function basic(objects: string | readonly string[], ...halves: Half[]): BasicEventSelector {
  return {
    kind: 'basic',
    halves: halves.length > 0 ? halves : ['read', 'write'],
    objects: typeof objects === 'string' ? [objects] : objects,
  };
}

/** An advanced selector of the data events of S3 objects, narrowed by these fields. */
export function advanced(...fields: readonly FieldSelector[]): AdvancedEventSelector {
  return {
    kind: 'advanced',
    fields: [
      where('eventCategory', { equals: ['Data'] }),
      where('resources.type', { equals: ['AWS::S3::Object'] }),
      ...fields,
    ],
  };
}

export function where(field: string, operators: Partial<FieldSelector>): FieldSelector {
  return {
    field,
    equals: [],
    startsWith: [],
    endsWith: [],
    notEquals: [],
    notStartsWith: [],
    notEndsWith: [],
    ...operators,
  };
}
