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

describeRule(rule, {
  given: { tags: new Map(), roles: [], objectLock: null },
  compliant: [
    ['governance mode where either is accepted', lock('GOVERNANCE', 1), 'retained', named],
    ['compliance mode where either is accepted', lock('COMPLIANCE', 1), 'retained', named],
    ['six years of compliance mode', lock('COMPLIANCE', 2190), 'retained', six],
    ['in scope by its tag', { ...tagged(['DataClassification', 'regulated-record']), ...lock('GOVERNANCE', 30) }, 'retained', byTag],
  ],
  nonCompliant: [
    ['Object Lock off', {}, 'off', named],
    ['Object Lock off, in scope by a tag with "=" in its value', tagged(['Class', 'a=b']), 'off', { appliesTo: ['Class=a=b'] }],
    // Prowler, Steampipe, cdk-nag and the Guard registry look no further than this.
    ['on, without retention', { objectLock: { defaultRetention: null } }, 'noRetention', named],
    ['governance mode', lock('GOVERNANCE', 2190), 'weakMode', six],
    ['a mode of the future', lock('ADVISORY', 2190), 'weakMode', named],
    ['a day short', lock('COMPLIANCE', 2189), 'tooShort', six],
    ['a day long, with no way to erase before', lock('COMPLIANCE', 2558), 'tooLong', six],
  ],
  notApplicable: [
    ['no bucket named', lock('COMPLIANCE', 1), 'notNamed'],
    ['another name', {}, 'notNamed', { appliesTo: ['example', 'example-bucket-?'] }],
    ['another value of the tag', tagged(['DataClassification', 'internal']), 'notNamed', byTag],
    ['another case of the tag', tagged(['dataclassification', 'regulated']), 'notNamed', byTag],
    // Stave and Security Hub S3.15 ask log targets for what stops their logs.
    ['a target of access logs', { ...logTarget, ...lock('COMPLIANCE', 1) }, 'logTarget', named],
  ],
});
