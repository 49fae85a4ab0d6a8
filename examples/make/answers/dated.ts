import { ASKED, DELIVERED } from '../accounts.ts';
import { DELIVERIES } from '../days.ts';
import type { Answer } from './answer.ts';

const TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g;

/** An answer that says the same on each of the days stands once. One that tells of the last hours was another on each, and is dated. */
export function onEachDay(answer: Answer): readonly Answer[] {
  const last = JSON.stringify(answer);
  const texts = DELIVERIES.map((at) => asOf(last, at));
  if (texts.every((text) => text === last)) return [answer];
  return texts.map((text, day) => ({
    ...JSON.parse(text),
    capturedAt: earlier(ASKED, DELIVERIES[day] ?? DELIVERED),
  }));
}

/** What happened after a delivery happened as long before it as it did before the last one. */
const asOf = (text: string, at: string) =>
  text.replaceAll(TIME, (time) => (time > at ? earlier(time, at) : time));

const earlier = (time: string, at: string) =>
  new Date(Date.parse(time) - (Date.parse(DELIVERED) - Date.parse(at))).toISOString();
