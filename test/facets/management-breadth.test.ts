import { expect, it } from 'vitest';
import { managementEventsOf } from '../../src/facets/watching/management-breadth.ts';
import type { Recorded } from '../../src/facts/trails.ts';

const basic = (...EventSelectors: readonly object[]) => ({ EventSelectors });
const fields = (...FieldSelectors: readonly object[]) => ({ FieldSelectors });
const advanced = (...AdvancedEventSelectors: readonly object[]) => ({ AdvancedEventSelectors });
const management = { Field: 'eventCategory', Equals: ['Management'] };
const data = { Field: 'eventCategory', Equals: ['Data'] };
const readOnly = (...Equals: readonly string[]) => ({ Field: 'readOnly', Equals });
const kms = ['kms.amazonaws.com'];
const without = (NotEquals: readonly string[]) => ({ Field: 'eventSource', NotEquals });

it.each<[string, object, Recorded, Recorded]>([
  [
    'all, as a new trail has it',
    basic({ ReadWriteType: 'All', IncludeManagementEvents: true }),
    'all',
    'all',
  ],
  ['all, where nothing is said', basic({}), 'all', 'all'],
  [
    'none, switched off',
    basic({ IncludeManagementEvents: false, ReadWriteType: 'All' }),
    'none',
    'none',
  ],
  ['none, without a selector', basic(), 'none', 'none'],
  ['changes', basic({ ReadWriteType: 'WriteOnly' }), 'none', 'all'],
  ['reads', basic({ ReadWriteType: 'ReadOnly' }), 'all', 'none'],
  [
    'changes and reads in two selectors',
    basic({ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly' }),
    'all',
    'all',
  ],
  [
    'reads but those of KMS, and all changes',
    basic(
      { ReadWriteType: 'ReadOnly', ExcludeManagementEventSources: kms },
      { ReadWriteType: 'WriteOnly' },
    ),
    { allBut: kms },
    'all',
  ],
  ['data alone beside all', basic({ IncludeManagementEvents: false }, {}), 'all', 'all'],
  ['all, by fields', advanced(fields(management)), 'all', 'all'],
  [
    'data, by fields',
    advanced(fields(data, { Field: 'resources.type', Equals: ['AWS::S3::Object'] })),
    'none',
    'none',
  ],
  [
    'data in one selector, all in another',
    advanced(fields(data), fields(management)),
    'all',
    'all',
  ],
  ['changes, by fields', advanced(fields(management, readOnly('false'))), 'none', 'all'],
  ['both halves, by fields', advanced(fields(management, readOnly('true', 'false'))), 'all', 'all'],
  [
    'both halves, by two selectors',
    advanced(fields(management, readOnly('true')), fields(management, readOnly('false'))),
    'all',
    'all',
  ],
  [
    'all but those of KMS, by fields',
    advanced(fields(management, without(kms))),
    { allBut: kms },
    { allBut: kms },
  ],
  [
    'those of one service',
    advanced(fields(management, { Field: 'eventSource', Equals: kms })),
    'some',
    'some',
  ],
  [
    'those of services that begin so',
    advanced(fields(management, { Field: 'eventSource', NotStartsWith: ['k'] })),
    'some',
    'some',
  ],
  [
    'those of one name',
    advanced(fields(management, { Field: 'eventName', Equals: ['PutBucketAcl'] })),
    'some',
    'some',
  ],
  [
    'all but one name',
    advanced(fields(management, { Field: 'eventName', NotEquals: ['Decrypt'] })),
    'some',
    'some',
  ],
  [
    'those of one caller',
    advanced(fields(management, { Field: 'userIdentity.arn', Equals: ['a'] })),
    'some',
    'some',
  ],
  [
    'those of one type',
    advanced(fields(management, { Field: 'eventType', Equals: ['AwsApiCall'] })),
    'some',
    'some',
  ],
  [
    'operators without a value',
    advanced(fields({ ...management, NotEquals: [], StartsWith: null })),
    'all',
    'all',
  ],
  [
    'events of networks',
    advanced(fields({ Field: 'eventCategory', Equals: ['NetworkActivity'] })),
    'none',
    'none',
  ],
  [
    'the service that fewer selectors leave out',
    advanced(
      fields(management, without([...kms, 'rdsdata.amazonaws.com'])),
      fields(management, without(kms)),
    ),
    { allBut: kms },
    { allBut: kms },
  ],
])('selects %s', (_name, answer, reads, writes) => {
  expect(managementEventsOf(answer)).toEqual({ reads, writes });
});

it.each([
  [basic({ ReadWriteType: 'Some' }), /ReadWriteType/],
  [basic({ ExcludeManagementEventSources: [1] }), /ExcludeManagementEventSources/],
  [{ EventSelectors: {} }, /EventSelectors/],
])('does not guess at %j', (answer, reason) => {
  expect(() => managementEventsOf(answer)).toThrow(reason);
});
