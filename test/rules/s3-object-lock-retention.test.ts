import rule from '../../rules/s3-object-lock-retention.ts';
import { describeRule } from '../describe-rule.ts';

const lock = (mode: string, days: number) => ({
  objectLock: { defaultRetention: { mode, days } },
});
const tagged = (...tags: [string, string][]) => ({ tags: new Map(tags) });
const logTarget = {
  roles: [{ role: 'access-log-target', because: 'bucket data logs to it' }],
} as const;
const named = { appliesTo: ['example-*'] };
const byTag = { appliesTo: ['records-*', 'DataClassification=regulated*'] };
const six = { ...named, mode: 'COMPLIANCE', minimumDays: 2190, maximumDays: 2557 };

const excuse = { roles: [{ ...logTarget.roles[0], isOnlyGranted: true as const }] };

describeRule(rule, {
  given: { tags: new Map(), roles: [], objectLock: null },
  cases: [
    { when: 'governance mode where either is accepted', facts: lock('GOVERNANCE', 1), params: named, says: 'governance' },
    { when: 'compliance mode where either is accepted', facts: lock('COMPLIANCE', 1), params: named, says: 'retained' },
    { when: 'six years of compliance mode', facts: lock('COMPLIANCE', 2190), params: six, says: 'retained' },
    {
      when: 'in scope by its tag',
      facts: { ...tagged(['DataClassification', 'regulated-record']), ...lock('GOVERNANCE', 30) },
      params: byTag,
      says: 'governance',
    },
    { when: 'retained as long as it may be', facts: lock('COMPLIANCE', 2557), params: six, says: 'retained' },
    { when: 'Object Lock off', params: named, says: 'off' },
    { when: 'Object Lock off, and its policy lets S3 write access logs', facts: excuse, params: named, says: 'off' },
    {
      when: 'Object Lock off, in scope by a tag with "=" in its value',
      facts: tagged(['Class', 'a=b']),
      params: { appliesTo: ['Class=a=b'] },
      says: 'off',
    },
    {
      when: 'on, without retention',
      facts: { objectLock: { defaultRetention: null } },
      params: named,
      says: 'noRetention',
      peers: 'Prowler, Steampipe, cdk-nag and the Guard registry look no further than this.',
    },
    { when: 'governance mode', facts: lock('GOVERNANCE', 2190), params: six, says: 'weakMode' },
    { when: 'a mode of the future', facts: lock('ADVISORY', 2190), params: named, says: 'weakMode' },
    { when: 'a day short', facts: lock('COMPLIANCE', 2189), params: six, says: 'tooShort' },
    { when: 'a day long, with no way to erase before', facts: lock('COMPLIANCE', 2558), params: six, says: 'tooLong' },
    { when: 'no bucket named', facts: lock('COMPLIANCE', 1), says: 'notNamed' },
    { when: 'another name', params: { appliesTo: ['example', 'example-bucket-?'] }, says: 'notNamed' },
    { when: 'another value of the tag', facts: tagged(['DataClassification', 'internal']), params: byTag, says: 'notNamed' },
    { when: 'another case of the tag', facts: tagged(['dataclassification', 'regulated']), params: byTag, says: 'notNamed' },
    {
      when: 'a target of access logs, which its Object Lock keeps out',
      facts: { roles: [{ ...logTarget.roles[0], stoppedBy: 'Object Lock' }], ...lock('COMPLIANCE', 1) },
      params: named,
      says: 'logTarget',
    },
    {
      when: 'a target of access logs',
      facts: { ...logTarget, ...lock('COMPLIANCE', 1) },
      params: named,
      says: 'logTarget',
      peers: 'Stave and Security Hub S3.15 ask log targets for what stops their logs.',
    },
  ],
});
