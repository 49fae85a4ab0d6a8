import { expect, it } from 'vitest';
import type { LogRole } from '../../src/facts/log-deliverers.ts';
import {
  exemptAs,
  needsSseS3,
  receivesAccessLogs,
} from '../../src/knowledge/buckets/log-target.ts';

const now = '2026-03-02T12:00:00.000Z';
const bucketWith = (...roles: object[]) => ({ name: 'central-logs', roles: roles as never, now });
const recorded = (role: LogRole) => ({ role, because: 'recorded' });
const granted = (role: LogRole) => ({ role, because: 'granted', isOnlyGranted: true });
const stopped = (role: LogRole) => ({ ...recorded(role), stoppedBy: 'Object Lock' });
const during = (...windows: [string | null, string | null][]) => ({
  ...granted('load-balancer-logs'),
  windows: windows.map(([from, until]) => ({ from, until })),
});
const LISTED = 'it is listed in logs.approvedTargets';

it.each<[string, object[], readonly string[], string | null]>([
  ['another bucket logs to it', [recorded('access-log-target')], [], 'recorded'],
  ['its policy or ACL lets S3 write logs', [granted('access-log-target')], [], null],
  ['a trail writes to it', [recorded('trail-target')], [], null],
  ['it is listed', [], ['central-logs'], LISTED],
  ['it is listed by a wildcard', [], ['*-logs'], LISTED],
  [
    'it is listed, and its policy lets S3 write',
    [granted('access-log-target')],
    ['central-*'],
    LISTED,
  ],
  ['it is listed, and a trail writes to it', [recorded('trail-target')], ['central-*'], null],
  [
    'another bucket logs to it, though nothing can arrive',
    [stopped('access-log-target')],
    [],
    null,
  ],
  ['it is listed, though nothing can arrive', [stopped('access-log-target')], ['central-*'], null],
  ['another bucket is listed', [], ['central-log', 'logs-*'], null],
])('access logs are meant to arrive because %s', (_, roles, listed, because) => {
  expect(receivesAccessLogs(bucketWith(...roles), listed)).toBe(because);
});

it.each<[string, object[], string | null]>([
  ['another bucket logs to it', [recorded('access-log-target')], 'recorded'],
  ['its policy or ACL lets S3 write logs', [granted('access-log-target')], null],
  ['its policy lets load balancers write', [granted('load-balancer-logs')], 'granted'],
  ['its policy lets Redshift write', [granted('redshift-logs')], 'granted'],
  ['its policy lets log services write', [granted('vended-logs')], null],
  ['its policy lets CloudWatch export', [granted('exported-logs')], null],
  ['another bucket logs to it, though nothing can arrive', [stopped('access-log-target')], null],
  ['load balancers may write until a past day', [during([null, '2026-03-02T11:59:59.999Z'])], null],
  ['load balancers may write until this moment', [during([null, now])], 'granted'],
  ['load balancers may write from this moment', [during([now, null])], 'granted'],
  ['load balancers may write from tomorrow', [during(['2026-03-03T00:00:00.000Z', null])], null],
  [
    'load balancers may write in one of two times',
    [
      during(
        [null, '2020-01-01T00:00:00.000Z'],
        ['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
      ),
    ],
    'granted',
  ],
  ['AWS Config and a trail write', [recorded('config-delivery'), recorded('trail-target')], null],
])('SSE-S3 is the only encryption because %s', (_, roles, because) => {
  expect(needsSseS3(bucketWith(...roles), [])).toBe(because);
});

it.each<[string, object[], string[], string, string | undefined]>([
  ['a recorded source', [recorded('trail-target')], [], 'trail-target', 'recorded'],
  ['only its own policy', [granted('trail-target')], ['audit-logs'], 'trail-target', undefined],
  [
    'its policy, and a trail that names it',
    [granted('trail-target')],
    ['central-logs'],
    'trail-target',
    'granted',
  ],
  [
    'only its policy, of a deliverer without a source',
    [granted('vended-logs')],
    [],
    'vended-logs',
    'granted',
  ],
  [
    'a recorded source that cannot deliver',
    [stopped('trail-target')],
    [],
    'trail-target',
    undefined,
  ],
  [
    'only its policy, which lets them write until a past day',
    [{ ...granted('vended-logs'), windows: [{ from: null, until: '2020-01-01T00:00:00.000Z' }] }],
    [],
    'vended-logs',
    undefined,
  ],
  ['a role that is not exempt', [recorded('config-delivery')], [], 'trail-target', undefined],
])('a bucket is exempt because of %s', (_, roles, targets, exempt, because) => {
  const trails = targets.map((bucketName) => ({ bucketName }));
  expect(exemptAs({ ...bucketWith(...roles), trails }, [exempt])?.because).toBe(because);
});
