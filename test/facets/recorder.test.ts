import { describe, expect, it } from 'vitest';
import { recorder } from '../../src/facets/account/recorder.ts';
import { accountItem } from '../../src/records/normalise.ts';
import type { Services } from '../../src/services/services.ts';

const item = accountItem('111122223333', 'eu-central-1', '2026-01-01T00:00:00Z');
const all = { recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } };

async function read(given: object) {
  const answers: Record<string, unknown> = {
    DescribeConfigurationRecorders: { ConfigurationRecorders: [{ name: 'own', ...given }] },
    DescribeConfigurationRecorderStatus: {
      ConfigurationRecordersStatus: [{ name: 'own', recording: true, lastStatus: 'Success' }],
    },
  };
  const services: Services = { ask: async (operation) => answers[operation] as never };
  return recorder.read(services, item);
}

const IAM = ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User'];
const BUCKET = 'AWS::S3::Bucket';
const excluding = {
  recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
  exclusionByResourceTypes: { resourceTypes: [BUCKET] },
};

describe('the types that a recorder records', () => {
  it.each<[string, object, object]>([
    ['all of them', all.recordingGroup, { only: null, leftOut: [] }],
    [
      'all but the global ones',
      { allSupported: true, includeGlobalResourceTypes: false },
      { only: null, leftOut: IAM },
    ],
    ['all but the global ones, by default', { allSupported: true }, { only: null, leftOut: IAM }],
    [
      'those named, global ones among them',
      {
        allSupported: false,
        includeGlobalResourceTypes: false,
        resourceTypes: [BUCKET, 'AWS::IAM::User'],
        recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
      },
      { only: [BUCKET, 'AWS::IAM::User'], leftOut: [] },
    ],
    [
      'all but those excluded, global ones among them',
      { ...excluding, allSupported: false, includeGlobalResourceTypes: false },
      { only: null, leftOut: [BUCKET] },
    ],
    ['none, as nothing is said', {}, { only: [], leftOut: [] }],
  ])('are %s', async (_name, recordingGroup, expected) => {
    expect(await read({ recordingGroup })).toMatchObject({ value: expected });
  });

  it.each([
    [{ recordingGroup: { ...excluding, exclusionByResourceTypes: undefined } }],
    [{ recordingGroup: { allSupported: 'perhaps' } }],
    [{ recordingGroup: { resourceTypes: BUCKET } }],
    [{ recordingGroup: { resourceTypes: [7] } }],
    [{ recordingGroup: null }],
  ])('are not guessed from %j', async (given) => {
    expect(await read(given)).toMatchObject({
      unavailable: expect.stringContaining(', expected '),
    });
  });
});

describe('how often a recorder records', () => {
  const override = (recordingFrequency: string, ...resourceTypes: string[]) => ({
    recordingFrequency,
    resourceTypes,
  });

  it.each<[string, object | undefined, object]>([
    ['continuously, without a mode', undefined, { isDaily: false, exceptions: [] }],
    ['once a day', { recordingFrequency: 'DAILY' }, { isDaily: true, exceptions: [] }],
    [
      'with exceptions, and without those that are none',
      {
        recordingFrequency: 'DAILY',
        recordingModeOverrides: [
          override('CONTINUOUS', BUCKET),
          override('DAILY', 'AWS::KMS::Alias'),
        ],
      },
      { isDaily: true, exceptions: [BUCKET] },
    ],
  ])('%s', async (_name, recordingMode, expected) => {
    expect(await read({ ...all, recordingMode })).toMatchObject({ value: expected });
  });
});

it('its status is in upper case, whichever case the service writes', async () => {
  expect(await read(all)).toMatchObject({ value: { status: 'SUCCESS', isRecording: true } });
});
