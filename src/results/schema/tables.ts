import { STATES } from '../../engine/finding.ts';
import { kindNames } from '../../records/kinds.ts';
import { SCHEMA_VERSION, type TableName, type Tables } from '../tables.ts';
import {
  anything,
  count,
  type Fields,
  flag,
  hash,
  listOf,
  mapOf,
  matching,
  maybe,
  oneOf,
  only,
  optional,
  type Shape,
  struct,
  text,
  time,
  uuid,
} from './shape.ts';

/** Every key of a row, each with its shape; the compiler keeps it complete. */
type FieldsOf<Row> = { readonly [Key in keyof Row]-?: Shape };

const account = matching('^[0-9]{12}$');
const runId = matching('^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$');
const severity = oneOf(['low', 'medium', 'high', 'critical']);
const verdict = oneOf(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']);
const state = oneOf(STATES);
const states = struct(Object.fromEntries(STATES.map((each) => [each, count])));
const assessed = oneOf(['yes', 'partly', 'no']);
const knownFrom = listOf(
  oneOf(['aggregator', 'history', 'items', 'organizations', 'services', 'settings', 'snapshot']),
);
const strength = oneOf(['primary', 'supporting']);
const subject = struct({ type: text, id: text, name: text, arn: text, account, region: text });
const said = struct({ state, messageId: text });
const config = oneOf(['aws-config']);
const cause = oneOf(['resource', 'rule', 'parameter', 'waiver', 'evidence', 'population']);

const run: FieldsOf<Tables['run']> = {
  runId,
  schemaVersion: only(SCHEMA_VERSION),
  evaluatedAt: time,
  tool: struct({ name: text, version: text, commit: text, rulesHash: hash }),
  settingsHash: hash,
  rules: listOf(
    struct({
      ...{ rule: text, codeHash: text, parametersHash: hash, parameters: text },
      ...{ subjects: count, states, judgedBy: optional(config), unreported: optional(count) },
    }),
  ),
  leftOut: optional(listOf(text)),
  inputs: listOf(
    struct({
      ...{ kind: oneOf(['file', 's3', 'account']), name: text },
      holds: oneOf(['snapshot', 'history', 'items', 'answers', 'events', 'results']),
      ...{ account: maybe(account), region: maybe(text), snapshotId: maybe(text) },
      ...{ versionId: maybe(text), deliveredAt: maybe(time), bytes: count, sha256: maybe(hash) },
      subjects: count,
    }),
  ),
  previousRun: maybe(runId),
  problems: listOf(
    struct({
      kind: oneOf([
        ...['file', 'record', 'finding', 'input', 'account', 'region', 'subject'],
        'difference',
      ]),
      message: text,
    }),
  ),
  notAssessed: struct({ accounts: count, regions: count, subjects: count }),
  ...{ subjects: count, findings: count, states },
  rows: mapOf(count),
};

const accounts: FieldsOf<Tables['accounts']> = {
  ...{ runId, account, name: maybe(text), ou: maybe(text), knownFrom },
  ...{ assessed, reason: maybe(text), subjects: count, states },
};

const regions: FieldsOf<Tables['regions']> = {
  ...{ runId, account, region: text, knownFrom, recorder: oneOf(['on', 'off', 'unknown']) },
  ...{ snapshotId: maybe(text), observedAt: maybe(time) },
  ...{ assessed, reason: maybe(text), subjects: count },
};

const subjects: FieldsOf<Tables['subjects']> = {
  ...{ runId, subject, ou: maybe(text), knownFrom, created: maybe(time), deleted: flag },
  ...{ tags: mapOf(text), itemHash: maybe(hash), capturedAt: maybe(time), observedAt: maybe(time) },
  ...{ assessed, reason: maybe(text), states },
};

const findings: FieldsOf<Tables['findings']> = {
  ...{ runId, id: uuid, rule: text, verdict, state, messageId: text, message: text, severity },
  ...{ subject, requirements: listOf(text), waiver: optional(text), capturedAt: maybe(time) },
  waiverTerms: optional(struct({ owner: text, approver: text, expires: text })),
  evidence: optional(anything),
  ...{ verdictForConfig: verdict, strengths: mapOf(strength) },
  ...{ itemHash: maybe(hash), answerHashes: listOf(hash), observedAt: maybe(time) },
  ...{ stateSince: time, firstFailedAt: maybe(time), lastFailedAt: maybe(time) },
  judgedBy: optional(config),
};

const changes: FieldsOf<Tables['changes']> = {
  ...{ runId, id: uuid, rule: text, subject, severity, from: maybe(said), to: maybe(said) },
  change: oneOf([
    ...['new', 'fixed', 'reopened', 'waived', 'unwaived', 'unknown', 'known', 'message'],
    ...['applies', 'deleted', 'appeared', 'gone'],
  ]),
  ...{ cause, causes: listOf(cause), firstFailedAt: maybe(time) },
};

const differences: FieldsOf<Tables['differences']> = {
  ...{ runId, id: uuid, rule: text, subject },
  ours: struct({
    ...{ state, messageId: text, verdictForConfig: verdict },
    ...{ capturedAt: maybe(time), observedAt: maybe(time) },
  }),
  theirs: maybe(oneOf(['COMPLIANT', 'NON_COMPLIANT'])),
  ...{ recordedAt: maybe(time), reason: oneOf(['record', 'release', 'unknown']) },
};

const evidence: FieldsOf<Tables['evidence']> = {
  ...{ runId, sha256: hash, kind: oneOf(['item', 'answer']), raw: text },
};

const settings: FieldsOf<Tables['settings']> = { runId, sha256: hash, settings: text };

const link = struct({ strength, reason: text, atLeast: optional(mapOf(count)) });
const catalog: FieldsOf<Tables['catalog']> = {
  runId,
  rules: listOf(
    struct({
      ...{ id: text, title: text, rationale: text, limits: listOf(text), severity },
      ...{ areas: listOf(text), subject: oneOf(kindNames), requirements: mapOf(link) },
      messages: mapOf(
        struct({
          ...{ verdict, sentence: text, fix: optional(text), caution: optional(text) },
          ...{ except: optional(listOf(text)), only: optional(listOf(text)) },
        }),
      ),
      parameters: listOf(struct({ name: text, description: text })),
    }),
  ),
  frameworks: listOf(
    struct({
      ...{ id: text, name: text, citation: text, url: text, asOf: optional(text) },
      ...{ source: optional(text), leftOut: optional(text) },
      requirements: listOf(
        struct({
          ...{ id: text, citation: text, title: text, text, unserved: optional(text) },
          implementation: optional(oneOf(['required', 'addressable'])),
        }),
      ),
    }),
  ),
};

/** What a row of each table holds. */
export const tableFields: Readonly<Record<TableName, Fields>> = {
  ...{ run, accounts, regions, subjects, findings, changes, differences },
  ...{ evidence, settings, catalog },
};
