import { isDeepStrictEqual } from 'node:util';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import { flawed } from '../records/flawed.ts';
import { unwrap } from '../records/normalise.ts';
import { firstReading } from '../values/doubled-key.ts';
import { isObject, Malformed } from '../values/json.ts';
import { flawIn } from './answer-flaw.ts';
import { type CapturedAnswer, capturedAnswerOf, isCapturedAnswer } from './captured-answers.ts';
import type { RawItem } from './files/read.ts';
import { isCoverageRow, isGap, missingIn, sentenceOf } from './gap.ts';
import type { Complain } from './source.ts';

/** What is wrong with a record, and where it stands. */
export const placed = ({ file, index }: RawItem['origin'], problem: string) =>
  `${file}, record ${index + 1}: ${problem}.`;

/** What a record of a file says in which a key stands twice: not what counts, but of what it is. `complain` is told. */
export function doubtfulIn(
  { value, text, origin }: RawItem,
  key: string,
  complain: Complain,
): readonly (ConfigurationItem | CapturedAnswer)[] {
  const problem = `the key "${key}" stands twice`;
  complain(placed(origin, problem), 'record', origin.file);
  const readings = apart(value, firstReading(text)).flatMap((read) => {
    if (!isCapturedAnswer(read)) return flawed(read, problem) ?? [];
    try {
      return { ...capturedAnswerOf(read), isFlawed: true as const };
    } catch (error) {
      if (error instanceof Malformed) return [];
      throw error;
    }
  });
  return isDeepStrictEqual(readings[0], readings[1]) ? readings.slice(0, 1) : readings;
}

/** Two readings: where they are of different resources, a name or an ARN that stands there once is not that of both. */
function apart(...readings: readonly unknown[]): readonly unknown[] {
  const ids = readings.map((read) => (isObject(read) ? read['resourceId'] : undefined));
  if (ids[0] === ids[1]) return readings;
  return readings.map((read) =>
    isObject(read) ? { ...read, resourceName: null, ARN: null, arn: null } : read,
  );
}

/** What a record of a file is; nothing, where it says what is missing or cannot be read, of which `complain` is told. */
export function recordOf(
  { value, origin }: RawItem,
  complain: Complain,
): ConfigurationItem | CapturedAnswer | undefined {
  const tell = (problem: string) => complain(placed(origin, problem), 'record', origin.file);
  try {
    if (isGap(value)) {
      complain(`${sentenceOf(value)}.`, 'record');
      return undefined;
    }
    if (isCoverageRow(value)) {
      const missing = missingIn(value);
      if (missing !== null) complain(`${missing}.`, 'record');
      return undefined;
    }
    if (!isCapturedAnswer(value)) {
      const item = unwrap(value);
      if (item.flaw !== undefined) tell(item.flaw);
      return item;
    }
    const answer = capturedAnswerOf(value);
    const flaw = flawIn(answer);
    if (flaw !== null) tell(flaw);
    return answer;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    tell(error.message);
    return isCapturedAnswer(value) ? undefined : flawed(value, error.message);
  }
}
