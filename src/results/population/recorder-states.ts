import { recorder } from '../../facets/account/recorder.ts';
import { accountItem } from '../../records/normalise.ts';
import { isKnown } from '../../records/reading.ts';
import type { Source } from '../../sources/source.ts';
import type { RecorderState } from './place.ts';

const BUCKET = 'AWS::S3::Bucket';

/** What the recorder of an account and Region does, as AWS Config answered; "unknown" where it was not asked. */
export function recorderStates(
  source: Source,
  now: string,
): (account: string, region: string) => Promise<RecorderState> {
  return async (account, region) => {
    try {
      const item = accountItem(account, region, now);
      const reading = await recorder.read(source.services(account), item);
      if (!isKnown(reading)) return 'unknown';
      if (reading.value === null || !reading.value.isRecording) return 'off';
      const { only, leftOut } = reading.value;
      const records = only === null ? !leftOut.includes(BUCKET) : only.includes(BUCKET);
      return records ? 'on' : 'blind';
    } catch {
      // A throttle or a time-out: the rule on the recorder tells of it, and here it is not known.
      return 'unknown';
    }
  };
}
