import { defineRule, fail, pass, primary, say, supporting } from '../src/engine/rule.ts';

const ORGANIZATION = 'In an organization the delegated administrator of GuardDuty does so for its members.';
const CHARGED = 'GuardDuty is charged by the events that it examines; a new account can try it for 30 days.';

export default defineRule({
  id: 'guardduty-s3-protection',
  areas: ['monitoring'],
  severity: 'medium',
  tier: 'recommended',
  title: 'GuardDuty examines what is done to S3 objects, in each Region',
  rationale: 'A stolen credential reads data as its owner would. Only its unusual use gives it away.',
  limits: [
    'Whether anyone reads the findings of GuardDuty is not judged.',
    'Each account and Region is judged, also one without buckets.',
    'In a Region that has GuardDuty without protection of S3, or no GuardDuty, evidence is missing.',
    'Malware Protection for S3 is another plan, which is not judged.',
  ],
  requirements: {
    'gdpr 33(1)': supporting('GuardDuty examines events on objects, and its findings are how a breach may become known.'),
    'gdpr 32(1)(d)': supporting('GuardDuty examines events on objects for threats.'),
    'hipaa 164.312(b)': primary('GuardDuty, which examines the activity on objects, is on.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('GuardDuty examines events on objects between reviews.'),
    'hipaa 164.308(a)(6)(ii)': supporting('A finding of GuardDuty names a suspected incident.'),
  },
  subject: 'account',
  everyRegion: true,
  reads: ['guardDuty'],
  parameters: {},
  messages: {
    watched: pass('Detector {detector} of GuardDuty examines data events of S3 in {region}.'),
    noDetector: fail('GuardDuty is off in {region}.', {
      fix: `Switch it on with S3 Protection (CreateDetector). ${ORGANIZATION}`,
      caution: CHARGED,
    }),
    suspended: fail('Detector {detector} of GuardDuty is suspended in {region}.', {
      fix: `Enable the detector again (UpdateDetector). ${ORGANIZATION}`,
      caution: CHARGED,
    }),
    withoutS3: fail('Detector {detector} of GuardDuty does not examine data events of S3 in {region}.', {
      fix: `Switch on S3 Protection (UpdateDetector, feature S3_DATA_EVENTS). ${ORGANIZATION}`,
      caution: CHARGED,
    }),
  },
  evaluate({ account: { guardDuty, region } }) {
    if (guardDuty === null) return say('noDetector', { region });
    const { detector, isEnabled, watchesS3 } = guardDuty;
    if (!isEnabled) return say('suspended', { detector, region });
    return say(watchesS3 ? 'watched' : 'withoutS3', { detector, region });
  },
});
