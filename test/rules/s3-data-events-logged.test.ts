import { expect, it } from 'vitest';
import rule from '../../rules/s3-data-events-logged.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import type { AllFacets } from '../../src/facts/index.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { bucket, describeRule } from '../describe-rule.ts';
import { advanced, basic, where } from '../event-selectors.ts';
import { trail } from '../facet-values.ts';
import { subjectOf } from '../subject-of.ts';

const own = `${bucket.arn}/`;
const all = { value: [basic('arn:aws:s3:::')] };
const reading = { value: [advanced(where('readOnly', { equals: ['true'] }))] };
const writing = { value: [basic(own, 'write')] };
const delivered = { at: '2026-03-02T11:45:00.000Z', error: null };
const stopped = { value: { isLogging: false, logFiles: delivered, digestFiles: delivered } };
const broken = { at: '2026-01-01T00:00:00.000Z', error: 'NoSuchBucket' };
const failing = { value: { isLogging: true, logFiles: broken, digestFiles: broken } };
const notShown = { unavailable: 'the service answered CloudTrailARNInvalidException' };
const lake = { name: 'lake', status: 'ENABLED', selectors: [advanced()] };
const target = { role: 'trail-target', because: 'trail audit writes to it' } as const;

describeRule(rule, {
  given: { roles: [], trails: [], eventDataStores: [] },
  compliant: [
    ['all buckets, with basic selectors', { trails: [trail({ selectors: all })] }, 'logged'],
    [
      // Steampipe, Cloud Custodian and Trivy read basic selectors alone.
      'all buckets but the target of the trail, with advanced selectors',
      {
        trails: [
          trail({
            selectors: {
              value: [advanced(where('resources.ARN', { notStartsWith: ['arn:aws:s3:::trail-logs/'] }))],
            },
          }),
        ],
      },
      'logged',
    ],
    [
      'one trail for what is read, another for what is written',
      {
        trails: [trail({ name: 'reads', selectors: reading }), trail({ name: 'writes', selectors: writing })],
      },
      'logged',
    ],
    [
      // Cloud Custodian drops trails of the organization (#8945).
      'a trail of the organization',
      { trails: [trail({ isOrganization: true, selectors: all })] },
      'logged',
    ],
    [
      'a trail beside one that is not shown',
      { trails: [trail({ isOrganization: true, selectors: notShown }), trail({ selectors: all })] },
      'logged',
    ],
    ['an event data store for what the trail leaves out', { trails: [trail({ selectors: writing })], eventDataStores: [lake] }, 'logged'],
    ['only writing is asked for', { trails: [trail({ selectors: writing })] }, 'logged', { eventTypes: 'write' }],
    [
      'a target of logs that is not left out',
      { roles: [target], trails: [trail({ selectors: all })] },
      'logged',
      { excludeRoles: ['config-delivery'] },
    ],
  ],
  nonCompliant: [
    ['no trail', {}, 'notLogged'],
    ['a trail without data events', { trails: [trail()] }, 'notLogged'],
    [
      // Prowler passes the check of what is written on a selector of what is read.
      'only what is read',
      { trails: [trail({ selectors: reading })] },
      'notLogged',
    ],
    ['only what is written', { trails: [trail({ selectors: writing })] }, 'notLogged', { eventTypes: 'read' }],
    [
      // Prowler passes on a selector of one bucket, whichever it is.
      'another bucket',
      {
        trails: [
          trail({
            selectors: {
              value: [advanced(where('resources.ARN', { startsWith: ['arn:aws:s3:::other/'] }))],
            },
          }),
        ],
      },
      'notLogged',
    ],
    [
      // Steampipe compares with like 'arn%', and so passes it.
      'a bucket whose name begins alike',
      { trails: [trail({ selectors: { value: [basic('arn:aws:s3:::example-bucket-2/')] } })] },
      'notLogged',
    ],
    [
      // Prowler and Steampipe pass on a trail that does not run.
      'a stopped trail',
      { trails: [trail({ selectors: all, status: stopped })] },
      'incomplete',
    ],
    ['a trail whose bucket is gone', { trails: [trail({ selectors: all, status: failing })] }, 'incomplete'],
    ['a part of the keys', { trails: [trail({ selectors: { value: [basic(`${own}reports/`)] } })] }, 'incomplete'],
    [
      'some operations',
      {
        trails: [
          trail({
            selectors: { value: [advanced(where('eventName', { equals: ['DeleteObject'] }))] },
          }),
        ],
      },
      'incomplete',
    ],
    [
      'a trail of the organization, which does not count',
      { trails: [trail({ isOrganization: true, selectors: all })] },
      'incomplete',
      { acceptOrganizationTrails: false },
    ],
    [
      'a trail of the organization that is not shown, and would not count',
      { trails: [trail({ isOrganization: true, selectors: notShown, status: notShown })] },
      'incomplete',
      { acceptOrganizationTrails: false },
    ],
    ['an event data store that takes no events any more', { eventDataStores: [{ ...lake, status: 'STOPPED_INGESTION' }] }, 'incomplete'],
    ['an event data store, which does not count', { eventDataStores: [lake] }, 'notLogged', { acceptEventDataStores: false }],
    [
      'names and values as long as they can be',
      {
        trails: [1, 2, 3].map((index) =>
          trail({
            name: `${index}`.padEnd(128, 'x'),
            selectors: { value: [basic(own + 'a'.repeat(1_000 + index))] },
          }),
        ),
      },
      'incomplete',
    ],
  ],
  notApplicable: [
    // Logging what CloudTrail itself writes there never ends (landing-zone-accelerator-on-aws#1162).
    ['the target of a trail', { roles: [target], trails: [trail({ selectors: all })] }, 'excluded'],
    [
      'the target of access logs, left out on request',
      { roles: [{ role: 'access-log-target', because: 'bucket a logs to it' }] },
      'excluded',
      { excludeRoles: ['trail-target', 'access-log-target'] },
    ],
  ],
});

type Given = Partial<AllFacets>;
function judge(given: Given) {
  const facets = { roles: [], trails: [], eventDataStores: [], ...given };
  const subject = subjectOf(bucket, ['roles', 'trails', 'eventDataStores'], (name) => ({
    value: facets[name as keyof typeof facets],
  }));
  return evaluate(rule, subject, {
    params: parametersOf(rule, emptySettings),
    waivers: [],
    accounts: {},
    now: '2026-03-02T12:00:00.000Z',
    capturedAt: null,
  });
}

it.each<[string, Given, string]>([
  [
    'both halves of two trails',
    {
      trails: [trail({ name: 'reads', selectors: reading }), trail({ name: 'writes', selectors: writing })],
    },
    'The read and write events of every object are logged by trail reads and trail writes.',
  ],
  ['the half that is missing', { trails: [trail({ selectors: reading })] }, 'Nothing here logs the write events of its objects.'],
  [
    'what narrows a trail, and that another is stopped',
    {
      trails: [trail({ selectors: { value: [basic(`${own}reports/`)] } }), trail({ name: 'old', selectors: all, status: stopped })],
    },
    'Not all read and write events of its objects are logged: trail audit logs only DataResources arn:aws:s3:::example-bucket/reports/ and trail old is stopped.',
  ],
  [
    'the error of the delivery',
    { trails: [trail({ selectors: all, status: failing })] },
    'Not all read and write events of its objects are logged: trail audit cannot deliver (NoSuchBucket).',
  ],
])('names %s', (_name, given, message) => {
  expect(judge(given).message).toBe(message);
});

it.each<[string, Given]>([
  ['selectors', { trails: [trail({ selectors: notShown })] }],
  ['selectors beside a partial trail', { trails: [trail(), trail({ selectors: notShown })] }],
  ['status', { trails: [trail({ selectors: all, status: notShown })] }],
])('%s that may decide, and are not shown, are missing evidence', (_name, given) => {
  expect(judge(given)).toMatchObject({
    state: 'UNKNOWN',
    message: 'The trails could not be assessed: trail audit: the service answered CloudTrailARNInvalidException.',
  });
});

it.each<[string, Given, string]>([
  ['the status of a trail that selects too little', { trails: [trail({ selectors: writing, status: notShown })] }, 'UNKNOWN'],
  ['the status of a trail that selects nothing', { trails: [trail({ status: notShown })] }, 'FAIL'],
  ['the selectors of a stopped trail', { trails: [trail({ selectors: notShown, status: stopped })] }, 'FAIL'],
])('%s', (_name, given, state) => {
  expect(judge(given).state).toBe(state);
});

it('shows marks in the values of strangers as escapes', () => {
  const value = `${own}\u202e\u0007`;
  const { message } = judge({ trails: [trail({ selectors: { value: [basic(value)] } })] });
  expect(message).toContain(String.raw`${own}\u{202e}\u{7}`);
});
