import type { Heard } from '../../doctor/reach/coverage.ts';
import { structured } from '../../records/normalise.ts';
import { isObject } from '../../values/json.ts';

/**
 * The latest heartbeat of each account and Region. The account is what EventBridge wrote; all else, the time too, is what the account
 * says of itself, and a line that is no heartbeat is passed over.
 * @param lines events of EventBridge as it writes them into a log group, one in each.
 */
export function heardIn(lines: readonly string[]): readonly Heard[] {
  const latest = new Map<string, Heard>();
  for (const heard of lines.flatMap(heardFrom)) {
    const key = `${heard.account} ${heard.region}`;
    if ((latest.get(key)?.at ?? '') < heard.at) latest.set(key, heard);
  }
  return [...latest.values()];
}

function heardFrom(line: string): readonly Heard[] {
  const event = structured(line);
  if (!isObject(event) || !isObject(event['detail'])) return [];
  const { account, time } = event;
  const { region, contentHash, failures } = event['detail'];
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (typeof account !== 'string' || typeof region !== 'string' || Number.isNaN(at)) return [];
  const waiting = isObject(failures) ? Number(failures['waiting']) : 0;
  return [
    {
      ...{ account, region, at: new Date(at).toISOString() },
      contentHash: typeof contentHash === 'string' ? contentHash : '',
      waiting: Number.isSafeInteger(waiting) && waiting > 0 ? waiting : 0,
    },
  ];
}
