import type { WatchedTrail } from '../../facts/watching.ts';
import { array, object, optionalText } from '../../values/json.ts';

export type Records = NonNullable<WatchedTrail['records']>;

/**
 * Which management events of S3 the selectors of a trail let through, from any caller (CloudTrail API reference,
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

const ALL: Records = { reads: true, writes: true };
const NONE: Records = { reads: false, writes: false };
const S3 = 's3.amazonaws.com';

function ofBasic(value: unknown): Records {
  const selector = object(value, 'EventSelectors[]');
  const excluded = 'ExcludeManagementEventSources';
  if (selector['IncludeManagementEvents'] === false) return NONE;
  if (array(selector[excluded], excluded).includes(S3)) return NONE;
  const type = optionalText(selector['ReadWriteType'], 'ReadWriteType') ?? 'All';
  const isAll = type === 'All';
  return { reads: isAll || type === 'ReadOnly', writes: isAll || type === 'WriteOnly' };
}

function ofAdvanced(value: unknown): Records {
  const selector = object(value, 'AdvancedEventSelectors[]');
  const fields = array(selector['FieldSelectors'], 'FieldSelectors').map(ofField);
  // One without a category would be for no events at all.
  const isWhole = fields.some(({ isManagement }) => isManagement);
  return {
    reads: isWhole && fields.every(({ reads }) => reads),
    writes: isWhole && fields.every(({ writes }) => writes),
  };
}

/** A selector with any field besides the category, the service and readOnly lets through only a part. */
function ofField(value: unknown): Records & { readonly isManagement?: true } {
  const { Field, Equals, NotEquals, ...others } = object(value, 'FieldSelectors[]');
  const equals = array(Equals, 'Equals');
  const notEquals = array(NotEquals, 'NotEquals');
  if (Object.values(others).some((other) => other !== undefined)) return NONE;
  if (Field === 'eventSource') {
    const includes = equals.length === 0 || equals.includes(S3);
    return includes && !notEquals.includes(S3) ? ALL : NONE;
  }
  if (notEquals.length > 0) return NONE;
  if (Field === 'readOnly') {
    return { reads: equals.includes('true'), writes: equals.includes('false') };
  }
  const isManagement = Field === 'eventCategory' && equals.includes('Management');
  return isManagement ? { ...ALL, isManagement } : NONE;
}
