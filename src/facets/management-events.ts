import type { WatchedTrail } from '../core/activity-alarms.ts';
import { array, object, optionalText } from './json.ts';

export type Records = NonNullable<WatchedTrail['records']>;

/**
 * Which management events of S3 the selectors of a trail let through, whoever caused them (CloudTrail API reference,
 * EventSelector and AdvancedFieldSelector).
 */
export function recordsOf(selectors: {
  readonly EventSelectors?: unknown;
  readonly AdvancedEventSelectors?: unknown;
}): Records {
  const found = [
    ...array(selectors.EventSelectors, 'EventSelectors').map(ofBasic),
    ...array(selectors.AdvancedEventSelectors, 'AdvancedEventSelectors').map(ofAdvanced),
  ];
  return {
    reads: found.some(({ reads }) => reads),
    writes: found.some(({ writes }) => writes),
  };
}

const NONE: Records = { reads: false, writes: false };

function ofBasic(value: unknown): Records {
  const selector = object(value, 'EventSelectors[]');
  const excluded = array(
    selector['ExcludeManagementEventSources'],
    'ExcludeManagementEventSources',
  );
  if (selector['IncludeManagementEvents'] === false || excluded.includes(S3)) return NONE;
  const type = optionalText(selector['ReadWriteType'], 'ReadWriteType') ?? 'All';
  return { reads: type !== 'WriteOnly', writes: type !== 'ReadOnly' };
}

const S3 = 's3.amazonaws.com';

/** One that asks for anything else than the category, the service and whether it reads lets through a part alone. */
function ofAdvanced(value: unknown): Records {
  const fields = array(
    object(value, 'AdvancedEventSelectors[]')['FieldSelectors'],
    'FieldSelectors',
  );
  let isManagement = false;
  let records = { reads: true, writes: true };
  for (const each of fields) {
    const selector = object(each, 'FieldSelectors[]');
    const { Field, Equals, NotEquals, ...others } = selector;
    const isPlain = Object.values(others).every((other) => other === undefined);
    const equals = array(Equals, 'Equals');
    const notEquals = array(NotEquals, 'NotEquals');
    if (!isPlain) return NONE;
    if (Field === 'eventCategory' && equals.includes('Management')) isManagement = true;
    else if (Field === 'readOnly' && notEquals.length === 0) {
      records = { reads: equals.includes('true'), writes: equals.includes('false') };
    } else if (Field === 'eventSource' && lets(equals, notEquals)) continue;
    else return NONE;
  }
  return isManagement ? records : NONE;
}

const lets = (equals: readonly unknown[], notEquals: readonly unknown[]) =>
  (equals.length === 0 || equals.includes(S3)) && !notEquals.includes(S3);
