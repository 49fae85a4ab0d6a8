import type {
  AdvancedEventSelector,
  BasicEventSelector,
  EventSelector,
  FieldSelector,
  Half,
} from '../../facts/event-selectors.ts';
import { cut, list } from '../../values/text.ts';

/**
 * Whether selectors reach every event on the objects of a bucket, none, or only those with what is given ("eventName Equals
 * GetObject").
 */
export type Reach = 'every' | 'none' | { readonly only: string };

/**
 * How far selectors reach one half of the events on the objects of a bucket. Selectors that leave nothing out only
 * together count as partial: a gap between them is easily made, and seldom meant.
 */
export function reachOf(selectors: readonly EventSelector[], bucketArn: string, half: Half): Reach {
  const reaches = selectors.map((selector) =>
    selector.kind === 'basic'
      ? basicReach(selector, bucketArn, half)
      : advancedReach(selector, bucketArn, half),
  );
  if (reaches.includes('every')) return 'every';
  return reaches.find((reach) => reach !== 'none') ?? 'none';
}

/**
 * What is documented to mean every object: `arn:aws:s3` all buckets, the ARN of the bucket with a slash this one (CloudTrail
 * API reference, DataResource); `arn:aws:s3:::` is how all buckets are mostly written (landing-zone-accelerator-on-aws#452).
 * How CloudTrail takes the mere beginning of a name nobody says, so it does not count.
 */
function basicReach({ halves, objects }: BasicEventSelector, arn: string, half: Half): Reach {
  if (!halves.includes(half)) return 'none';
  const service = arn.slice(0, arn.indexOf(':::'));
  const whole = [service, `${service}:::`, `${arn}/`];
  if (objects.some((value) => whole.includes(value))) return 'every';
  const part = objects.find((value) => overlaps(value, `${arn}/`));
  return part === undefined ? 'none' : { only: `DataResources ${shown(part)}` };
}

/**
 * The fields and operators of CloudTrail (User Guide, "Filtering data events by using advanced event selectors"). Two of the
 * fields are required; a selector without them is none that CloudTrail takes.
 */
function advancedReach({ fields }: AdvancedEventSelector, arn: string, half: Half): Reach {
  const names = fields.map(({ field }) => field);
  if (!names.includes('eventCategory') || !names.includes('resources.type')) return 'none';
  const reaches = fields.map((selector) => fieldReach(selector, valuesOf(selector, arn, half)));
  if (reaches.includes('none')) return 'none';
  const clauses = reaches.flatMap((reach) => (typeof reach === 'string' ? [] : [reach.only]));
  return clauses.length === 0 ? 'every' : { only: list(clauses) };
}

/** The values that a field has in the events: one that is always the same, or any text that begins like this. */
type Values = { readonly always: string } | { readonly begin: string };

/** Every name of an operation, identity or type of event may occur, so whatever is asked of them leaves some out. */
function valuesOf({ field }: FieldSelector, arn: string, half: Half): Values {
  switch (field) {
    case 'eventCategory':
      return { always: 'Data' };
    case 'resources.type':
      return { always: 'AWS::S3::Object' };
    case 'readOnly':
      return { always: String(half === 'read') };
    case 'eventSource':
      return { always: 's3.amazonaws.com' };
    case 'resources.ARN':
      return { begin: `${arn}/` };
    default:
      return { begin: '' };
  }
}

function fieldReach(selector: FieldSelector, values: Values): Reach {
  if ('always' in values) return matchesField(selector, values.always) ? 'every' : 'none';
  const { begin } = values;
  const { field, equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = selector;
  const holdsAll = (value: string) => begin.startsWith(value);
  const holdsSome = (value: string) => value.startsWith(begin);

  if (notStartsWith.some(holdsAll)) return 'none';
  const chosen: Clause[] = [
    ['StartsWith', startsWith.filter(holdsSome)],
    ['Equals', equals.filter(holdsSome)],
    ['EndsWith', endsWith],
  ];
  const left: Clause[] = [
    ['NotStartsWith', notStartsWith.filter(holdsSome)],
    ['NotEquals', notEquals.filter(holdsSome)],
    ['NotEndsWith', notEndsWith],
  ];
  const isOpen = isUnselected(selector) || startsWith.some(holdsAll);
  if (!isOpen && chosen.every(([, given]) => given.length === 0)) return 'none';
  const narrowing = [...(isOpen ? [] : chosen), ...left].find(([, given]) => given.length > 0);
  if (narrowing === undefined) return 'every';
  const [operator, [value = '']] = narrowing;
  return { only: `${field} ${operator} ${shown(value)}` };
}

type Clause = readonly [operator: string, values: readonly string[]];

/** Whether one value of the field is selected. */
function matchesField(selector: FieldSelector, value: string): boolean {
  const { equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = selector;
  const isAnyOf = (same: readonly string[], begins: readonly string[], ends: readonly string[]) =>
    same.includes(value) ||
    begins.some((begin) => value.startsWith(begin)) ||
    ends.some((end) => value.endsWith(end));
  return (
    (isUnselected(selector) || isAnyOf(equals, startsWith, endsWith)) &&
    !isAnyOf(notEquals, notStartsWith, notEndsWith)
  );
}

const isUnselected = ({ equals, startsWith, endsWith }: FieldSelector) =>
  equals.length + startsWith.length + endsWith.length === 0;

const overlaps = (value: string, begin: string) =>
  value.startsWith(begin) || begin.startsWith(value);

const shown = (value: string) => cut(value, 60);
