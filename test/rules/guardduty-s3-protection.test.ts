import rule from '../../rules/guardduty-s3-protection.ts';
import { describeRule } from '../describe-rule.ts';

const detector = (isEnabled: boolean, watchesS3: boolean) => ({
  guardDuty: { detector: '12abc34d567e8fa901bc2d34e56789f0', isEnabled, watchesS3 },
});

describeRule(rule, {
  cases: [
    { when: 'S3 Protection is on', facts: detector(true, true), says: 'watched' },
    { when: 'S3 Protection is off', facts: detector(true, false), says: 'withoutS3' },
    { when: 'no detector', facts: { guardDuty: null }, says: 'noDetector' },
    // The features keep their state while the detector does nothing.
    { when: 'suspended with S3 Protection', facts: detector(false, true), says: 'suspended' },
    { when: 'suspended without', facts: detector(false, false), says: 'suspended' },
  ],
});
