import type { HistorySummary } from '../contents/history.ts';
import { type Markup, table } from './html.ts';
import { duration } from './words.ts';

/** How the results of each rule went over the period. */
export const historyTable = ({ rules }: HistorySummary): Markup =>
  table(
    'Time in each state, over all results of a rule, and failures',
    ['Rule', 'Passing', 'Failing', 'Waived', 'Unknown', 'Failures', 'Fixed', 'Mean time to fix'],
    [...rules]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([rule, { hours, failures, fixed, fixedWithin, hoursToFix }]) => {
        const whole = hours.PASS + hours.FAIL + hours.WAIVED + hours.UNKNOWN;
        const share = (part: number) =>
          whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
        return [
          rule,
          share(hours.PASS),
          share(hours.FAIL),
          share(hours.WAIVED),
          share(hours.UNKNOWN),
          failures,
          fixed,
          fixedWithin === 0 ? '' : duration(hoursToFix / fixedWithin),
        ];
      }),
  );
