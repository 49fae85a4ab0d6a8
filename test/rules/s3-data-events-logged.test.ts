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
const rare = { value: { reads: 'none', writes: 'none' } } as const;
const lastDelivery = (log: string | null, digest: string | null) => ({
  value: { isLogging: true, logFiles: { at: log, error: null }, digestFiles: { at: digest, error: null } },
});
const broken = { at: '2026-01-01T00:00:00.000Z', error: 'NoSuchBucket' };
const failing = { value: { isLogging: true, logFiles: broken, digestFiles: broken } };
const notShown = { unavailable: 'the service answered CloudTrailARNInvalidException' };
const lake = { name: 'lake', status: 'ENABLED', selectors: [advanced()] };
const target = { role: 'trail-target', because: 'trail audit writes to it' } as const;

const now = '2026-03-02T12:00:00.000Z';
const STORE = 'arn:aws:cloudtrail:eu-central-1:999999999999:eventdatastore/11111111-2222-3333-4444-555555555555';
const TRAIL = 'arn:aws:cloudtrail:eu-central-1:999999999999:trail/organization';
const ofOrganization = (parts: Parameters<typeof trail>[0] = {}) => trail({ arn: TRAIL, isOrganization: true, ...parts });
const attested = (parts: object = {}) => ({
  attestations: [{ watches: 'dataEvents', arn: STORE, accounts: ['*'], attestedBy: 'Head of security', at: '2026-02-01', ...parts }],
});

describeRule(rule, {
  given: { now, roles: [], trails: [], eventDataStores: [] },
  cases: [
    { when: 'a store of the organization', params: attested(), says: 'attested' },
    {
      when: 'a store of the organization for this Region among others',
      params: attested({ arn: STORE.replace('eu-central-1', 'us-east-1'), regions: ['us-east-1', 'eu-central-1'] }),
      says: 'attested',
    },
    {
      when: 'a trail of the organization whose selectors are not shown',
      facts: { trails: [ofOrganization({ selectors: notShown })] },
      params: attested({ arn: TRAIL }),
      says: 'attested',
    },
    {
      when: 'what is read by a trail here, what is written by a store of the organization',
      facts: { trails: [trail({ selectors: reading })] },
      params: attested(),
      says: 'attested',
    },
    { when: 'seen, and attested as well', facts: { trails: [trail({ selectors: all })] }, params: attested(), says: 'logged' },
    {
      when: 'attested, and seen to be stopped',
      facts: { trails: [ofOrganization({ selectors: notShown, status: stopped })] },
      params: attested({ arn: TRAIL }),
      says: 'incomplete',
    },
    {
      when: 'attested, and seen to select something else',
      facts: { trails: [ofOrganization()] },
      params: attested({ arn: TRAIL }),
      says: 'notLogged',
    },
    { when: 'a trail that is attested and not there', params: attested({ arn: TRAIL }), says: 'notLogged' },
    { when: 'a store of another Region', params: attested({ arn: STORE.replace('eu-central-1', 'us-east-1') }), says: 'notLogged' },
    { when: 'a store for other accounts', params: attested({ accounts: ['222222222222'] }), says: 'notLogged' },
    { when: 'a store attested more than a year ago', params: attested({ at: '2025-03-01' }), says: 'notLogged' },
    { when: 'a store, where none counts', params: { ...attested(), acceptEventDataStores: false }, says: 'notLogged' },
    { when: 'all buckets, with basic selectors', facts: { trails: [trail({ selectors: all })] }, says: 'logged' },
    {
      when: 'all buckets but the target of the trail, with advanced selectors',
      facts: {
        trails: [
          trail({
            selectors: {
              value: [advanced(where('resources.ARN', { notStartsWith: ['arn:aws:s3:::trail-logs/'] }))],
            },
          }),
        ],
      },
      says: 'logged',
    },
    {
      when: 'one trail for what is read, another for what is written',
      facts: {
        trails: [trail({ name: 'reads', selectors: reading }), trail({ name: 'writes', selectors: writing })],
      },
      says: 'logged',
    },
    { when: 'a trail of the organization', facts: { trails: [trail({ isOrganization: true, selectors: all })] }, says: 'logged' },
    {
      when: 'a trail beside one that is not shown',
      facts: { trails: [trail({ isOrganization: true, selectors: notShown }), trail({ selectors: all })] },
      says: 'logged',
    },
    {
      when: 'an event data store for what the trail leaves out',
      facts: { trails: [trail({ selectors: writing })], eventDataStores: [lake] },
      says: 'logged',
    },
    {
      when: 'only writing is asked for',
      facts: { trails: [trail({ selectors: writing })] },
      params: { eventTypes: 'write' },
      says: 'logged',
    },
    {
      when: 'a target of logs that is not left out',
      facts: { roles: [target], trails: [trail({ selectors: all })] },
      params: { excludeRoles: ['config-delivery'] },
      says: 'logged',
    },
    { when: 'no trail', says: 'notLogged' },
    { when: 'a trail without data events', facts: { trails: [trail()] }, says: 'notLogged' },
    { when: 'only what is read', facts: { trails: [trail({ selectors: reading })] }, says: 'notLogged' },
    { when: 'only what is written', facts: { trails: [trail({ selectors: writing })] }, params: { eventTypes: 'read' }, says: 'notLogged' },
    {
      when: 'another bucket',
      facts: {
        trails: [
          trail({
            selectors: {
              value: [advanced(where('resources.ARN', { startsWith: ['arn:aws:s3:::other/'] }))],
            },
          }),
        ],
      },
      says: 'notLogged',
    },
    {
      when: 'a bucket whose name begins alike',
      facts: { trails: [trail({ selectors: { value: [basic('arn:aws:s3:::example-bucket-2/')] } })] },
      says: 'notLogged',
    },
    { when: 'a stopped trail', facts: { trails: [trail({ selectors: all, status: stopped })] }, says: 'incomplete' },
    ...(
      [
        ['a week ago', '2026-02-23T12:00:00.000Z', null, 'logged'],
        ['more than a week ago', '2026-02-23T11:59:59.000Z', '2026-01-01T00:00:00.000Z', 'incomplete'],
        ['a digest today', '2026-01-01T00:00:00.000Z', '2026-03-02T11:00:00.000Z', 'logged'],
        ['only digests yet', null, '2026-03-02T11:00:00.000Z', 'logged'],
        ['nothing yet', null, null, 'incomplete'],
        ['in an hour', '2026-03-02T13:00:00.000Z', null, 'logged'],
        ['next year', '2027-03-02T12:00:00.000Z', '2026-03-02T11:00:00.000Z', 'incomplete'],
      ] as const
    ).map(([when, log, digest, says]) => ({
      when: `a trail that delivered ${when}`,
      facts: { trails: [trail({ selectors: all, status: lastDelivery(log, digest), management: rare })] },
      says,
    })),
    {
      when: 'a trail of management events that delivers nothing but digests',
      facts: { trails: [trail({ selectors: all, status: lastDelivery('2026-02-10T00:00:00.000Z', '2026-03-02T11:00:00.000Z') })] },
      says: 'incomplete',
    },
    {
      when: 'a trail whose management events are not shown, and that delivers nothing but digests',
      facts: {
        trails: [
          trail({ selectors: all, management: notShown, status: lastDelivery('2026-02-10T00:00:00.000Z', '2026-03-02T11:00:00.000Z') }),
        ],
      },
      says: 'logged',
    },
    {
      when: 'a trail that delivered more than a week ago, with a month for it',
      facts: { trails: [trail({ selectors: all, status: lastDelivery('2026-02-10T00:00:00.000Z', null) })] },
      params: { maximumDeliveryLagHours: 720 },
      says: 'logged',
    },
    { when: 'a trail whose bucket is gone', facts: { trails: [trail({ selectors: all, status: failing })] }, says: 'incomplete' },
    { when: 'a part of the keys', facts: { trails: [trail({ selectors: { value: [basic(`${own}reports/`)] } })] }, says: 'incomplete' },
    {
      when: 'some operations',
      facts: {
        trails: [
          trail({
            selectors: { value: [advanced(where('eventName', { equals: ['DeleteObject'] }))] },
          }),
        ],
      },
      says: 'incomplete',
    },
    {
      when: 'a trail of the organization, which does not count',
      facts: { trails: [trail({ isOrganization: true, selectors: all })] },
      params: { acceptOrganizationTrails: false },
      says: 'incomplete',
    },
    {
      when: 'a trail of the organization that is not shown, and would not count',
      facts: { trails: [trail({ isOrganization: true, selectors: notShown, status: notShown })] },
      params: { acceptOrganizationTrails: false },
      says: 'incomplete',
    },
    {
      when: 'an event data store that takes no events any more',
      facts: { eventDataStores: [{ ...lake, status: 'STOPPED_INGESTION' }] },
      says: 'incomplete',
    },
    {
      when: 'an event data store, which does not count',
      facts: { eventDataStores: [lake] },
      params: { acceptEventDataStores: false },
      says: 'notLogged',
    },
    {
      when: 'names and values as long as they can be',
      facts: {
        trails: [1, 2, 3].map((index) =>
          trail({
            name: `${index}`.padEnd(128, 'x'),
            selectors: { value: [basic(own + 'a'.repeat(1_000 + index))] },
          }),
        ),
      },
      says: 'incomplete',
    },
    // Logging what CloudTrail itself writes there never ends (landing-zone-accelerator-on-aws#1162).
    { when: 'the target of a trail', facts: { roles: [target], trails: [trail({ selectors: all })] }, says: 'excluded' },
    {
      when: 'the target of access logs, left out on request',
      facts: { roles: [{ role: 'access-log-target', because: 'bucket a logs to it' }] },
      params: { excludeRoles: ['trail-target', 'access-log-target'] },
      says: 'excluded',
    },
  ],
});

type Given = Partial<AllFacets>;
function judge(given: Given) {
  const facets = { now, roles: [], trails: [], eventDataStores: [], ...given };
  const subject = subjectOf(bucket, ['now', 'roles', 'trails', 'eventDataStores'], (name) => ({
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
  [
    'the half that is missing',
    { trails: [trail({ selectors: reading })] },
    'Nothing visible here logs the write events of objects in the bucket.',
  ],
  [
    'what narrows a trail, and that another is stopped',
    {
      trails: [trail({ selectors: { value: [basic(`${own}reports/`)] } }), trail({ name: 'old', selectors: all, status: stopped })],
    },
    'Not all read and write events of objects in the bucket are logged: trail audit logs only DataResources arn:aws:s3:::example-bucket/reports/ and trail old is stopped.',
  ],
  [
    'the error of the delivery',
    { trails: [trail({ selectors: all, status: failing })] },
    'Not all read and write events of objects in the bucket are logged: trail audit cannot deliver (NoSuchBucket).',
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
