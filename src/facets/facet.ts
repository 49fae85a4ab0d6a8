import type { Pack } from '../facts/pack.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { Reading, Unread } from '../records/reading.ts';
import type { OperationName } from '../services/operations.ts';
import type { Services } from '../services/services.ts';
import { isObject, Malformed, object, property } from '../values/json.ts';
import type { Inventory } from './inventory.ts';

/**
 * Where one facet of a subject comes from. From these few facts derive the triggers of every rule that reads it,
 * the permissions of the function that runs it, and which sources can supply it.
 */
export type Facet<T> =
  | ItemFacet<T>
  | InventoryFacet<T>
  | ServiceFacet<T>
  | ClockFacet<T>
  | PackFacet<T>;

/** In the subject's own configuration item: a change is seen when Config records it. */
export interface ItemFacet<T> {
  readonly from: 'item';
  read(item: ConfigurationItem): Reading<T>;
  /**
   * The same in a form that other items share, in which {@link STAND_IN} stands for the name of the resource; null where the name
   * may make a difference. Without it, what is read is taken to say nothing of names.
   */
  shared?(item: ConfigurationItem): Reading<T> | null;
}

/** In the item and in what Config recorded of other resources, which may change without the subject. */
export interface InventoryFacet<T> {
  readonly from: 'inventory';
  readonly permissions: readonly string[];
  /** Types of the resources whose records it reads. */
  readonly records: readonly string[];
  /** What else is asked of each account and Region, because AWS Config records it nowhere; without input. */
  readonly asks?: readonly OperationName[];
  read(item: ConfigurationItem, inventory: Inventory): Reading<T>;
}

/** Not recorded by Config at all: asked of the service. */
export interface ServiceFacet<T> {
  readonly from: 'service';
  readonly asks: readonly OperationName[];
  /** A change of the subject does not change it, so that is no reason to ask again: all subjects share it, or it changes by itself. */
  readonly isShared?: true;
  /** Types of resources that AWS Config records a change of when it changes, although the records do not tell all of it. */
  readonly changesWith?: readonly string[];
  /** One of several ways to comply: a subject that complies in another way is judged without it. */
  readonly isAlternative?: true;
  /** @throws SubjectGone when the resource no longer exists, and whatever is worth another try. */
  read(services: Services, item: ConfigurationItem): Promise<Reading<T>>;
}

/** The time of the evaluation: what a rule judges by it ages without a change of anything. */
export interface ClockFacet<T> {
  readonly from: 'clock';
  read(now: string): Reading<T>;
}

/** In the rules themselves. */
export interface PackFacet<T> {
  readonly from: 'pack';
  read(pack: Pack): Reading<T>;
}

/**
 * A facet that stands under one key of an item's supplementary configuration.
 * @param isAlike whether what stands there is often the same, so that it is worth keeping.
 */
export function recorded<T>(
  key: string,
  read: (value: unknown, item: Pick<ConfigurationItem, 'fromQuery'>) => T,
  isAlike = true,
): ItemFacet<T> {
  const known = new Map<string, Reading<T>>();
  return {
    from: 'item',
    read(item) {
      let value: unknown;
      try {
        value = supplementary(item, key);
      } catch (error) {
        return unreadable(error);
      }
      const text = item.fromQuery || !isAlike ? undefined : textOf(value);
      const before = text === undefined ? undefined : known.get(text);
      if (before !== undefined) return before;
      const made = reading(() => read(value, item));
      if (text === undefined) return made;
      // Bounded, because strangers write the records.
      if (known.size >= MOST_READINGS) known.clear();
      known.set(text, made);
      return made;
    },
  };
}

const MOST_READINGS = 2000;
const LONGEST_SHARED = 2000;

/** What stands for a section that many records have: it is read once, and its readers get the same object. */
function textOf(section: unknown): string | undefined {
  const text = section === undefined ? '' : JSON.stringify(section);
  return text.length <= LONGEST_SHARED ? text : undefined;
}

/** What AWS Config writes of every bucket: a section without it is incomplete, and then a missing key proves nothing. */
const ALWAYS = 'BucketVersioningConfiguration';

/** The value under a supplementary key, undefined if a complete section does not have it. */
function supplementary(item: ConfigurationItem, key: string): unknown {
  const section = object(item.supplementary, 'supplementaryConfiguration');
  if (Object.hasOwn(section, key)) return collected(section[key]);
  if (isObject(property(section, ALWAYS))) return undefined;
  throw new Malformed(`the record is incomplete: it has neither ${key} nor ${ALWAYS}`);
}

/** Turns a shape that is not the documented one into missing evidence: never into a value, never into a crash. */
export function reading<T>(read: () => T): Reading<T> {
  try {
    return { value: read() };
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): Unread {
  if (error instanceof NotCollected && error.action !== undefined)
    return { unavailable: error.message, action: error.action };
  if (error instanceof Malformed) return { unavailable: error.message };
  throw error;
}

/** A part of a record that a collection from a live account could not have, or did not ask for. */
class NotCollected extends Malformed {
  readonly action: string | undefined;

  constructor(reason: string, action: string | undefined) {
    super(reason);
    this.action = action;
  }
}

/**
 * A part of a record, where a collection writes `{ unavailable, action }` in place of one that it does not have. AWS Config
 * writes no such key. @throws Malformed with that reason.
 */
export function collected(part: unknown): unknown {
  if (!isObject(part)) return part;
  const reason = property(part, 'unavailable');
  if (typeof reason !== 'string') return part;
  const action = property(part, 'action');
  throw new NotCollected(reason, typeof action === 'string' ? action : undefined);
}
