import type { ObjectLock } from '../../../facts/bucket-settings.ts';
import { object, oneOf, optionalCount, text, wrong } from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'ObjectLockConfiguration';
const DAYS_PER_YEAR = 365;

/** Absent when Object Lock is off; without a rule it is on, but puts no retention on new objects. */
export const objectLock = recorded<ObjectLock | null>(KEY, (value) => {
  if (value === undefined || value === null) return null;
  const { objectLockEnabled, rule } = object(value, KEY);
  if (objectLockEnabled === null) return null;
  oneOf(objectLockEnabled, ['Enabled'], `${KEY}.objectLockEnabled`);
  if (rule === undefined || rule === null) return { defaultRetention: null };
  const retention = object(rule, `${KEY}.rule`)['defaultRetention'];
  if (retention === undefined || retention === null) return { defaultRetention: null };
  const { mode, days, years } = object(retention, `${KEY}.rule.defaultRetention`);
  const inDays = optionalCount(days, `${KEY}.days`);
  const inYears = optionalCount(years, `${KEY}.years`);
  // S3 takes one of them (Amazon S3 API reference, DefaultRetention). Which of two would count is not documented.
  if (inDays !== null && inYears !== null) {
    throw wrong(`${KEY}.rule.defaultRetention`, 'either days or years', { days, years });
  }
  const length = inDays ?? (inYears === null ? null : inYears * DAYS_PER_YEAR);
  if (length === null) throw wrong(`${KEY}.rule.defaultRetention`, 'days or years', null);
  return { defaultRetention: { mode: text(mode, `${KEY}.mode`), days: length } };
});
