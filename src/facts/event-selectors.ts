/** What a trail or an event data store selects: the events that match any one of its selectors. */
export type EventSelector = BasicEventSelector | AdvancedEventSelector;

export interface BasicEventSelector {
  readonly kind: 'basic';
  readonly halves: readonly Half[];
  /** The values of its DataResources of type AWS::S3::Object: ARNs with a prefix of keys, or beginnings of ARNs. */
  readonly objects: readonly string[];
}

/** Selects the events for which each of these holds. */
export interface AdvancedEventSelector {
  readonly kind: 'advanced';
  readonly fields: readonly FieldSelector[];
}

/** Holds when any of the first three is met, or none of them is given, and nothing that the others exclude is there. */
export interface FieldSelector {
  readonly field: string;
  readonly equals: readonly string[];
  readonly startsWith: readonly string[];
  readonly endsWith: readonly string[];
  readonly notEquals: readonly string[];
  readonly notStartsWith: readonly string[];
  readonly notEndsWith: readonly string[];
}

/** Data events read or write. */
export type Half = 'read' | 'write';
