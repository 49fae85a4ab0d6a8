import type { State } from '../../engine/finding.ts';
import type { Period } from '../period/intervals.ts';
import { html, type Markup } from './html.ts';

/** A state as people read it, with the class that colours it. */
export const stateWord = (state: State): Markup => {
  const words: Readonly<Record<State, string>> = {
    FAIL: 'fails',
    UNKNOWN: 'unknown',
    WAIVED: 'waived',
    PASS: 'passes',
    NOT_APPLICABLE: 'not applicable',
  };
  return html`<span class="${state.toLowerCase()}">${words[state]}</span>`;
};

/** "2 November 2026, 12:00 UTC". */
export function when(iso: string): string {
  const months = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ];
  const [, year, month, day, time] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})/.exec(iso) ?? [];
  return year === undefined
    ? iso
    : `${Number(day)} ${months[Number(month) - 1]} ${year}, ${time} UTC`;
}

/** "1 October 2026 to 31 October 2026" for whole days, of which the last one belongs to it; otherwise both times. */
export function span({ from, to }: Period): string {
  const isWhole = from.endsWith('T00:00:00.000Z') && to.endsWith('T00:00:00.000Z');
  if (!isWhole) return `${when(from)} to ${when(to)}`;
  const day = (iso: string) => when(iso).replace(/, .*/, '');
  const last = new Date(Date.parse(to) - 1).toISOString();
  return last.slice(0, 10) === from.slice(0, 10) ? day(from) : `${day(from)} to ${day(last)}`;
}

/** "36 h", "12 days". */
export const duration = (hours: number): string =>
  hours < 72 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;

/** What no bundle shows, whatever is in it. */
export const NOT_SHOWN: readonly string[] = [
  'That a requirement is satisfied. A rule tests a part of what a text asks, or something that helps.',
  'What AWS Config did not record. Its records are best effort, and trust in them starts at the bucket ' +
    'that it delivers to: deliveries have no signature of their own.',
  'What happened between two observations, except where a later record says when the resource changed.',
  'Objects: how an object that was stored earlier is encrypted, and who holds a pre-signed URL. S3 ' +
    'Inventory and CloudTrail data events show those.',
  'Policies of the organization (service and resource control policies), session policies, and whether a permission was used.',
  'That the settings are right: which accounts are trusted, which keys are approved and who may waive is ' +
    'what the organization decided.',
  'That no one with the signing key made the bundle again with other content. Judge it again from its ' +
    'raw records, and compare its hash with what was stored under Object Lock.',
];
