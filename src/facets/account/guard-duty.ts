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

/**
 * Among the features; where an old answer has none of these, among the data sources, which they replaced. What contradicts itself
 * is no evidence that it is on.
 */
function watchesS3(answer: Json): boolean {
  const features = array(answer['Features'], 'Features').map((each) => object(each, 'Features[]'));
  const named = features.filter((each) => each['Name'] === 'S3_DATA_EVENTS');
  const states = named.map((each) => isOn(each['Status'], 'Features[].Status'));
  const sources = object(answer['DataSources'] ?? {}, 'DataSources');
  const logs = property(sources, 'S3Logs');
  if (logs !== undefined && !states.includes(false))
    states.push(isOn(object(logs, 'S3Logs')['Status'], 'S3Logs.Status'));
  const [first] = states;
  if (first === undefined || (features.length > 0 && named.length === 0))
    throw new Malformed('GuardDuty says nothing of S3_DATA_EVENTS among the Features');
  if (states.includes(!first))
    throw new Malformed('GuardDuty says that S3_DATA_EVENTS is ENABLED, and that it is not');
  return first;
}

const isOn = (status: unknown, where: string) => oneOf(status, STATES, where) === 'ENABLED';
