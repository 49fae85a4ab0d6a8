import rule from '../../rules/config-recorder-health.ts';
import type { DeliveryChannel, DeployedRule, Pack, Recorder } from '../../src/facts/pack.ts';
import { describeRule } from '../describe-rule.ts';

const onBuckets = {
  id: 's3-on-buckets',
  frameworks: ['gdpr'],
  homeRegionOnly: false,
  judges: ['AWS::S3::Bucket'],
  needs: ['AWS::S3::Bucket', 'AWS::KMS::Alias'],
};
const onUsers = {
  id: 'iam-on-users',
  frameworks: ['hipaa'],
  homeRegionOnly: true,
  judges: ['AWS::IAM::User'],
  needs: ['AWS::IAM::User'],
};
const pack: Pack = { rules: [onBuckets, onUsers] };
const recorder: Recorder = {
  name: 'default',
  isRecording: true,
  status: 'SUCCESS',
  error: null,
  only: null,
  leftOut: [],
  isDaily: false,
  exceptions: [],
};
const deliveryChannel: DeliveryChannel = {
  name: 'default',
  failures: [],
  deliveredAt: '2026-06-14T00:00:00.000Z',
};
const active = (id: string, parts: Partial<DeployedRule> = {}): DeployedRule => ({
  rule: id,
  state: 'ACTIVE',
  error: null,
  ...parts,
});
const deployedRules = [active('s3-on-buckets'), active('iam-on-users')];
const recording = (parts: Partial<Recorder>) => ({ recorder: { ...recorder, ...parts } });
const delivering = (parts: Partial<DeliveryChannel>) => ({
  deliveryChannel: { ...deliveryChannel, ...parts },
});
const elsewhere = { homeRegions: ['us-east-1'] };
const withoutIam = ['AWS::IAM::User', 'AWS::IAM::Role'];

describeRule(rule, {
  given: { pack, recorder, deliveryChannel, deployedRules, now: '2026-06-15T12:00:00.000Z' },
  compliant: [
    ['all is well', {}, 'healthy'],
    ['delivered 36 hours ago to the second', {}, 'healthy', { maximumStaleHours: 36 }],
    ['the types of the rules alone', recording({ only: ['AWS::S3::Bucket', 'AWS::KMS::Alias', 'AWS::IAM::User'] }), 'healthy'],
    [
      'IAM left out away from home',
      { ...recording({ leftOut: withoutIam }), deployedRules: [active('s3-on-buckets')] },
      'healthy',
      elsewhere,
    ],
    [
      'IAM left out, for a framework without rules on it',
      { ...recording({ leftOut: withoutIam }), deployedRules: [active('s3-on-buckets')] },
      'healthy',
      { frameworks: ['gdpr'] },
    ],
    ['a consulted type once a day', recording({ exceptions: ['AWS::KMS::Alias'] }), 'healthy'],
    ['all once a day but what is judged', recording({ isDaily: true, exceptions: ['AWS::S3::Bucket', 'AWS::IAM::User'] }), 'healthy'],
    ['all once a day, which is allowed', recording({ isDaily: true }), 'healthy', { requireContinuous: false }],
    ['required types only', recording({ only: ['AWS::S3::Bucket'] }), 'healthy', { requiredTypes: ['AWS::S3::Bucket'] }],
    [
      'a rule that is just evaluating',
      { deployedRules: [active('s3-on-buckets', { state: 'EVALUATING' }), active('iam-on-users')] },
      'healthy',
    ],
    [
      'a second copy that is being deleted',
      { deployedRules: [...deployedRules, active('s3-on-buckets', { state: 'DELETING' })] },
      'healthy',
    ],
    ['rules of others', { deployedRules: [...deployedRules, active('not-ours', { state: 'DELETING' })] }, 'healthy'],
  ],
  nonCompliant: [
    ['no recorder', { recorder: null }, 'noRecorder'],
    ['a stopped recorder', recording({ isRecording: false }), 'stopped'],
    // Prowler's config_recorder_all_regions_enabled compares with "Failure", which the service spells FAILURE.
    ['a failing recorder', recording({ status: 'FAILURE', error: 'InsufficientDeliveryPolicyException' }), 'recorderFailing'],
    ['a recorder that has yet to record', recording({ status: 'PENDING' }), 'recorderFailing'],
    // Prowler's check looks at no types: it passes with a recorder that records no bucket.
    ['buckets left out', recording({ leftOut: ['AWS::S3::Bucket'] }), 'notRecorded'],
    ['buckets not among the types', recording({ only: ['AWS::EC2::Instance'] }), 'notRecorded'],
    ['IAM left out at home', recording({ leftOut: withoutIam }), 'notRecorded', { homeRegions: ['eu-central-1'] }],
    ['IAM left out where every Region is home', recording({ leftOut: withoutIam }), 'notRecorded'],
    [
      'a required type left out',
      recording({ leftOut: ['AWS::Config::ResourceCompliance'] }),
      'notRecorded',
      { requiredTypes: ['AWS::Config::ResourceCompliance'] },
    ],
    ['all once a day', recording({ isDaily: true }), 'recordedDaily'],
    ['buckets once a day', recording({ exceptions: ['AWS::S3::Bucket'] }), 'recordedDaily'],
    ['no channel', { deliveryChannel: null }, 'noChannel'],
    ['a failing delivery', delivering({ failures: [{ what: 'snapshots', error: 'NoSuchBucket' }] }), 'deliveryFailing'],
    ['no delivery yet', delivering({ deliveredAt: null }), 'neverDelivered'],
    ['a delivery 37 hours ago', delivering({ deliveredAt: '2026-06-13T23:00:00.000Z' }), 'stale'],
    [
      'a delivery two hours ago, of which one is allowed',
      delivering({ deliveredAt: '2026-06-15T10:00:00.000Z' }),
      'stale',
      { maximumStaleHours: 1 },
    ],
    ['a rule that vanished', { deployedRules: [active('iam-on-users')] }, 'rulesMissing'],
    ['a home rule that vanished at home', { deployedRules: [active('s3-on-buckets')] }, 'rulesMissing', { homeRegions: ['eu-central-1'] }],
    [
      'many rules that vanished',
      {
        pack: {
          rules: Array.from({ length: 40 }, (_, at) => ({
            ...onBuckets,
            id: `s3-${'x'.repeat(30)}-${at}`,
          })),
        },
        deployedRules: [],
      },
      'rulesMissing',
    ],
    [
      'a rule that is being deleted',
      { deployedRules: [active('s3-on-buckets', { state: 'DELETING' }), active('iam-on-users')] },
      'ruleNotActive',
    ],
    [
      'a rule whose function is gone',
      {
        deployedRules: [active('s3-on-buckets', { error: 'ResourceNotFoundException' }), active('iam-on-users')],
      },
      'ruleFailing',
    ],
  ],
});
