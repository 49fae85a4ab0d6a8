/** Numbers, times and lists as the page writes them, the same in every country and time zone. */
const NUMBERS = new Intl.NumberFormat('en-US');

export const number = (value: number) => NUMBERS.format(value);

/** "1 bucket", "1,200 buckets". */
export const counted = (count: number, noun: string, plural = pluralOf(noun)) =>
  `${number(count)} ${count === 1 ? noun : plural}`;

/** "policy" has a plural of its own; "IAM policy or identity" changes both. */
export const pluralOf = (noun: string) =>
  noun
    .replace(' of an account', 's of account')
    .split(' or ')
    .map((each) => (/[^aeiou]y$/.test(each) ? `${each.slice(0, -1)}ies` : `${each}s`))
    .join(' or ');

/** Rounded down, so that 100 % is said of nothing less. */
export const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${Math.floor((100 * part) / whole)} %`;

const MONTHS =
  'January,February,March,April,May,June,July,August,September,October,November,December'.split(
    ',',
  );

/** "2 November 2026" of an ISO time; what is no time comes back as it is. */
export function day(iso: string): string {
  const [year, month, date] = iso.slice(0, 10).split('-');
  const name = MONTHS[Number(month) - 1];
  return name && date ? `${Number(date)} ${name} ${year}` : iso;
}

/** "2 Nov" */
export const shortDay = (iso: string) =>
  day(iso)
    .split(' ')
    .slice(0, 2)
    .join(' ')
    .replace(/([A-Z][a-z]{2})[a-z]*/, '$1');

/** "2 November 2026, 12:00 UTC" */
export const time = (iso: string | null) =>
  iso === null
    ? 'not recorded'
    : iso.length < 16
      ? day(iso)
      : `${day(iso)}, ${iso.slice(11, 16)} UTC`;

/** Whole days between two ISO times. */
export const daysBetween = (from: string, to: string) =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000));

/** "a", "a and b", "a, b and c". */
export const list = (words: readonly string[]) =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

// Controls, lone surrogates, and marks that reorder, join or hide text: shown as an escape, they cannot act on the reader.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
// The joiner and the selectors that emoji and some scripts are written with.
const WANTED = /[\u200c\u200d]/;

/** Text from others, on one line. */
export const shown = (text: string) =>
  text.replace(UNPRINTABLE, (mark) =>
    WANTED.test(mark) ? mark : `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`,
  );

/** A type as people say it: "AWS::S3::Bucket" is "bucket". */
export function typeName(type: string): string {
  const last = type.split('::').at(-1) ?? type;
  const words = last.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return type.startsWith('AWS::IAM::') ? `IAM ${words}` : words;
}

/** A reason as a sentence: some end in a full stop, and others do not. */
export const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The sentence of a message with its placeholders left open. */
export const withGaps = (text: string) => text.replace(/\{\w+\}/g, '…');
