import type { Recorder } from '../../facts/pack.ts';
import {
  array,
  type Json,
  Malformed,
  object,
  oneOf,
  optionalAnsweredFlag,
  optionalText,
  text,
} from '../../values/json.ts';
import { asked } from '../asked.ts';

/** What `includeGlobalResourceTypes` is about (AWS Config API reference, RecordingGroup). */
const GLOBAL_TYPES = ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User'];

/** The recorder that rules run on. Those that other services of AWS keep for themselves start no rule. */
export const recorder = asked<
  Recorder | null,
  'DescribeConfigurationRecorders' | 'DescribeConfigurationRecorderStatus'
>(['DescribeConfigurationRecorders', 'DescribeConfigurationRecorderStatus'], async (ask) => {
  const answer = await ask('DescribeConfigurationRecorders', {});
  const own = ownOf(answer.ConfigurationRecorders, 'ConfigurationRecorders');
  if (own === undefined) return null;
  const name = text(own['name'], 'name of the recorder');
  const { ConfigurationRecordersStatus } = await ask('DescribeConfigurationRecorderStatus', {});
  const status = ownOf(ConfigurationRecordersStatus, 'ConfigurationRecordersStatus');
  if (status?.['name'] !== name) throw new Malformed(`there is no status of recorder ${name}`);
  return {
    name,
    isRecording: optionalAnsweredFlag(status['recording'], 'recording'),
    // The reference writes "Success", the service "SUCCESS" (AWS CLI reference, describe-configuration-recorder-status).
    status: (optionalText(status['lastStatus'], 'lastStatus') ?? 'PENDING').toUpperCase(),
    error: optionalText(status['lastErrorCode'], 'lastErrorCode'),
    ...groupOf(object(own['recordingGroup'], 'recordingGroup')),
    ...modeOf(own['recordingMode']),
  };
});

const ownOf = (recorders: unknown, where: string): Json | undefined =>
  array(recorders, where)
    .map((each) => object(each, where))
    .find((each) => optionalText(each['servicePrincipal'], 'servicePrincipal') === null);

/** The exclusion strategy overrides all other fields, global types included (RecordingGroup). */
function groupOf(group: Json): Pick<Recorder, 'only' | 'leftOut'> {
  const strategy = group['recordingStrategy'];
  const useOnly = strategy ? object(strategy, 'recordingStrategy')['useOnly'] : undefined;
  if (useOnly === 'EXCLUSION_BY_RESOURCE_TYPES') {
    const excluded = object(group['exclusionByResourceTypes'], 'exclusionByResourceTypes');
    return { only: null, leftOut: typesIn(excluded) };
  }
  if (!optionalAnsweredFlag(group['allSupported'], 'allSupported')) {
    return { only: typesIn(group), leftOut: [] };
  }
  const withGlobal = optionalAnsweredFlag(
    group['includeGlobalResourceTypes'],
    'includeGlobalResourceTypes',
  );
  return { only: null, leftOut: withGlobal ? [] : GLOBAL_TYPES };
}

const typesIn = (holder: Json) =>
  array(holder['resourceTypes'], 'resourceTypes').map((type) => text(type, 'a resource type'));

const FREQUENCIES = ['CONTINUOUS', 'DAILY'] as const;

/** A recorder without a mode is older than modes, and records every change. */
function modeOf(value: unknown): Pick<Recorder, 'isDaily' | 'exceptions'> {
  if (value === undefined || value === null) return { isDaily: false, exceptions: [] };
  const mode = object(value, 'recordingMode');
  const byDefault = frequencyIn(mode);
  const exceptions = array(mode['recordingModeOverrides'], 'recordingModeOverrides')
    .map((each) => object(each, 'recordingModeOverrides'))
    .filter((each) => frequencyIn(each) !== byDefault)
    .flatMap(typesIn);
  return { isDaily: byDefault === 'DAILY', exceptions };
}

const frequencyIn = (holder: Json) =>
  oneOf(holder['recordingFrequency'], FREQUENCIES, 'recordingFrequency');
