import type { GuardDuty } from '../../facts/account.ts';
import {
  array,
  type Json,
  list,
  Malformed,
  object,
  oneOf,
  property,
  text,
} from '../../values/json.ts';
import { asked } from '../asked.ts';

/** Asked of GuardDuty: a Region has one detector, or none (GuardDuty API reference, ListDetectors, GetDetector). */
export const guardDuty = asked<GuardDuty | null, 'GetDetector' | 'ListDetectors'>(
  ['GetDetector', 'ListDetectors'],
  async (ask) => {
    const { DetectorIds } = await ask('ListDetectors', {});
    const [id, ...others] = list(DetectorIds, 'DetectorIds');
    if (id === undefined) return null;
    if (others.length > 0) throw new Malformed('GuardDuty answered more than one of DetectorIds');
    const detector = text(id, 'DetectorIds[]');
    const answer = object(await ask('GetDetector', { DetectorId: detector }), 'the detector');
    const isEnabled = oneOf(answer['Status'], STATES, 'Status') === 'ENABLED';
    return { detector, isEnabled, watchesS3: watchesS3(answer) };
  },
);

const STATES = ['ENABLED', 'DISABLED'] as const;

/** Among the features; where an old answer has none of these, among the data sources, which they replaced. */
function watchesS3(answer: Json): boolean {
  const features = array(answer['Features'], 'Features').map((each) => object(each, 'Features[]'));
  const feature = features.find((each) => each['Name'] === 'S3_DATA_EVENTS');
  if (feature) return oneOf(feature['Status'], STATES, 'Features[].Status') === 'ENABLED';
  const sources = object(answer['DataSources'] ?? {}, 'DataSources');
  const logs = property(sources, 'S3Logs');
  if (features.length > 0 || logs === undefined)
    throw new Malformed('GuardDuty says nothing of S3_DATA_EVENTS among the Features');
  return oneOf(object(logs, 'S3Logs')['Status'], STATES, 'S3Logs.Status') === 'ENABLED';
}
