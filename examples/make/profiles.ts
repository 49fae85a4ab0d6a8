import { guards } from './guards.ts';
import type { Shape } from './items.ts';
import { accessLogs, denyPlainHttp, denyVersionDeletion } from './policies.ts';
import { kms, type Lifecycle, sseS3 } from './settings-of-buckets.ts';

/** One line of a table of buckets: its name, its profile and what differs from the profile. */
export type Row = readonly [name: string, profile: Shape, differs?: Partial<Shape>];

/** What the platform team rolls out for every bucket: 90 days of versions, no leftovers. */
export const keep90Days: Lifecycle = {
  id: 'expire-old-versions',
  noncurrentDays: 90,
  deleteMarkers: true,
  abortDays: 7,
};

const tags = (DataClassification: string, Team: string) => ({
  DataClassification,
  Environment: 'production',
  Team,
});

/** Health data, set up by the module of the platform team. */
export const health: Shape = {
  encryption: kms(),
  versioning: 'Enabled',
  mfaDelete: null,
  lifecycle: [keep90Days],
  statements: [denyPlainHttp],
  guards: guards.full,
  blocksPublicAccess: true,
  logsAccess: true,
  grants: [],
  tags: tags('phi', 'care-platform'),
};

/** Data without health information, set up by the same module. */
export const business: Shape = { ...health, tags: tags('internal', 'platform') };

/** Records with a time that the law sets. */
export const record: Shape = { ...health, tags: { ...health.tags, Retention: 'record' } };

/** Data that has to go after a year, versions and all. */
export const yearly: Shape = {
  ...health,
  lifecycle: [{ id: 'erase-after-a-year', expireDays: 365, noncurrentDays: 30, abortDays: 7 }],
  tags: { ...health.tags, Retention: 'year' },
};

/** Data sets of the analysts. */
export const lake: Shape = { ...health, tags: tags('phi', 'data-platform') };

/** Made in the console by whoever needed it: S3's own defaults and nothing else. */
export const byHand: Shape = {
  ...health,
  encryption: sseS3,
  versioning: 'Off',
  lifecycle: [],
  statements: [],
  guards: guards.none,
  logsAccess: false,
  tags: {},
};

/** Logs: no access logs of their own, versions that nobody deletes. */
const logs: Shape = {
  ...health,
  statements: [denyPlainHttp, denyVersionDeletion],
  logsAccess: false,
  tags: tags('audit', 'security'),
};

const keepLogs = (expireDays: number, noncurrentDays: number): readonly Lifecycle[] => [
  { id: 'expire-logs', expireDays, noncurrentDays, abortDays: 7 },
];

/** Server access logs: SSE-S3, as S3 delivers to nothing else, for a year and a month. */
export const accessLogTarget: Shape = {
  ...logs,
  encryption: sseS3,
  lifecycle: keepLogs(400, 30),
  statements: [accessLogs, denyPlainHttp, denyVersionDeletion],
  guards: guards.logTarget,
};

/** Logs that HIPAA counts as documentation: six years, and a month to notice a deletion. */
export const auditLogs: Shape = {
  ...logs,
  encryption: kms('examplehealth-logs'),
  logsAccess: true,
  lifecycle: keepLogs(2192, 30),
};

/** The lifecycle of logs with another length. */
export const logsFor = (expireDays: number, noncurrentDays = 30) =>
  ({ lifecycle: keepLogs(expireDays, noncurrentDays) }) as const;
