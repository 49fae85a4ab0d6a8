import rule from '../../rules/config-recorder-health.ts';
import type { DeliveryChannel, DeployedRule, Pack, Recorder } from '../../src/facts/pack.ts';
import { describeRule, UNKNOWN } from '../describe-rule.ts';

const onBuckets = {
  id: 's3-on-buckets',
  tier: 'essential',
  frameworks: ['gdpr'],
  homeRegionOnly: false,
  judges: ['AWS::S3::Bucket'],
  needs: ['AWS::S3::Bucket', 'AWS::KMS::Alias'],
};
const onUsers = {
  id: 'iam-on-users',
  tier: 'strict',
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
  name: `${id}-conformance-pack-ab12cd34e`,
  rule: id,
  owner: 'CUSTOM_LAMBDA',
  function: 's3-config-rules-live',
  functionAccount: '123456789012',
  isNarrowed: false,
  state: 'ACTIVE',
  succeededAt: '2026-06-15T03:00:00.000Z',
  error: null,
  ...parts,
});
const deployedRules = [active('s3-on-buckets'), active('iam-on-users')];
const standIn = (parts: Partial<DeployedRule>, ...others: readonly DeployedRule[]) => ({
  deployedRules: [active('iam-on-users'), active('s3-on-buckets', parts), ...others],
});
const recording = (parts: Partial<Recorder>) => ({ recorder: { ...recorder, ...parts } });
const delivering = (parts: Partial<DeliveryChannel>) => ({
  deliveryChannel: { ...deliveryChannel, ...parts },
});
const elsewhere = { homeRegions: ['us-east-1'] };
const withoutIam = ['AWS::IAM::User', 'AWS::IAM::Role'];

describeRule(rule, {
  given: { pack, recorder, deliveryChannel, deployedRules, now: '2026-06-15T12:00:00.000Z' },
  cases: [
    { when: 'all is well', says: 'healthy' },
    { when: 'delivered 36 hours ago to the second', params: { maximumStaleHours: 36 }, says: 'healthy' },
    {
      when: 'the types of the rules alone',
      facts: recording({ only: ['AWS::S3::Bucket', 'AWS::KMS::Alias', 'AWS::IAM::User'] }),
      says: 'healthy',
    },
    {
      when: 'IAM left out away from home',
      facts: { ...recording({ leftOut: withoutIam }), deployedRules: [active('s3-on-buckets')] },
      params: elsewhere,
      says: 'healthy',
    },
    {
      when: 'IAM left out, for a framework without rules on it',
      facts: { ...recording({ leftOut: withoutIam }), deployedRules: [active('s3-on-buckets')] },
      params: { frameworks: ['gdpr'] },
      says: 'healthy',
    },
    { when: 'a consulted type once a day', facts: recording({ exceptions: ['AWS::KMS::Alias'] }), says: 'healthy' },
    {
      when: 'all once a day but what is judged',
      facts: recording({ isDaily: true, exceptions: ['AWS::S3::Bucket', 'AWS::IAM::User'] }),
      says: 'healthy',
    },
    {
      when: 'all once a day, which is allowed',
      facts: recording({ isDaily: true }),
      params: { requireContinuous: false },
      says: 'healthy',
    },
    {
      when: 'required types only',
      facts: recording({ only: ['AWS::S3::Bucket'] }),
      params: { requiredTypes: ['AWS::S3::Bucket'] },
      says: 'healthy',
    },
    {
      when: 'a rule that is just evaluating',
      facts: { deployedRules: [active('s3-on-buckets', { state: 'EVALUATING' }), active('iam-on-users')] },
      says: 'healthy',
    },
    {
      when: 'a second copy that is being deleted',
      facts: { deployedRules: [...deployedRules, active('s3-on-buckets', { state: 'DELETING' })] },
      says: 'healthy',
    },
    { when: 'rules of others', facts: { deployedRules: [...deployedRules, active('not-ours', { state: 'DELETING' })] }, says: 'healthy' },
    {
      when: 'functions of another name, as the settings say',
      facts: { deployedRules: deployedRules.map((each) => ({ ...each, function: 'ours' })) },
      params: { functions: ['ours'] },
      says: 'healthy',
    },
    { when: 'one of ours beside one of AWS', facts: standIn({ owner: 'AWS', function: null }, active('s3-on-buckets')), says: 'healthy' },
    { when: 'a rule of AWS in its place', facts: standIn({ owner: 'AWS', function: null }), says: 'notOurs' },
    { when: 'a rule in Guard in its place', facts: standIn({ owner: 'CUSTOM_POLICY', function: null }), says: 'notOurs' },
    {
      when: 'a function of that name in another account',
      facts: standIn({ functionAccount: '999988887777' }, active('s3-more')),
      says: 'notOurs',
    },
    {
      when: 'functions of another account in the place of all',
      facts: { deployedRules: ['iam-on-users', 's3-on-buckets'].map((id) => active(id, { functionAccount: '999988887777' })) },
      says: 'notOurs',
    },
    { when: 'a delivery in an hour', facts: delivering({ deliveredAt: '2026-06-15T13:00:00.000Z' }), says: 'healthy' },
    { when: 'a delivery of next year', facts: delivering({ deliveredAt: '2027-06-15T00:00:00.000Z' }), says: UNKNOWN },
    { when: 'a rule that succeeds next year', facts: standIn({ succeededAt: '2027-06-15T00:00:00.000Z' }), says: UNKNOWN },
    { when: 'a rule of which no run is known', facts: standIn({ succeededAt: null }), says: 'healthy' },
    { when: 'another function in its place', facts: standIn({ function: 's3-config-rules-live-2' }), says: 'notOurs' },
    { when: 'a rule without a function in its place', facts: standIn({ function: null }), says: 'notOurs' },
    { when: 'a rule for one bucket in its place', facts: standIn({ isNarrowed: true }), says: 'notOurs' },
    {
      when: 'a stand-in with names as long as they can be',
      facts: standIn({ name: 'n'.repeat(128), function: 'f'.repeat(64) }),
      says: 'notOurs',
    },
    {
      when: 'a stand-in while ours is being deleted',
      facts: standIn({ owner: 'AWS' }, active('s3-on-buckets', { state: 'DELETING' })),
      says: 'ruleNotActive',
    },
    { when: 'no recorder', facts: { recorder: null }, says: 'noRecorder' },
    { when: 'a stopped recorder', facts: recording({ isRecording: false }), unreadable: ['pack'], says: 'stopped' },
    {
      when: 'a failing recorder',
      facts: recording({ status: 'FAILURE', error: 'InsufficientDeliveryPolicyException' }),
      says: 'recorderFailing',
      peers: 'Prowler’s config_recorder_all_regions_enabled compares with "Failure", which the service spells FAILURE.',
    },
    { when: 'a recorder that has yet to record', facts: recording({ status: 'PENDING' }), says: 'recorderFailing' },
    {
      when: 'buckets left out',
      facts: recording({ leftOut: ['AWS::S3::Bucket'] }),
      says: 'notRecorded',
      peers: 'Prowler’s check looks at no types: it passes with a recorder that records no bucket.',
    },
    { when: 'buckets not among the types', facts: recording({ only: ['AWS::EC2::Instance'] }), says: 'notRecorded' },
    {
      when: 'IAM left out at home',
      facts: recording({ leftOut: withoutIam }),
      params: { homeRegions: ['eu-central-1'] },
      says: 'notRecorded',
    },
    { when: 'IAM left out where every Region is home', facts: recording({ leftOut: withoutIam }), says: 'notRecorded' },
    {
      when: 'a required type left out',
      facts: recording({ leftOut: ['AWS::Config::ResourceCompliance'] }),
      params: { requiredTypes: ['AWS::Config::ResourceCompliance'] },
      says: 'notRecorded',
    },
    { when: 'all once a day', facts: recording({ isDaily: true }), says: 'recordedDaily' },
    { when: 'buckets once a day', facts: recording({ exceptions: ['AWS::S3::Bucket'] }), says: 'recordedDaily' },
    { when: 'no channel', facts: { deliveryChannel: null }, says: 'noChannel' },
    {
      when: 'a failing delivery',
      facts: delivering({ failures: [{ what: 'snapshots', error: 'NoSuchBucket' }] }),
      says: 'deliveryFailing',
    },
    { when: 'no delivery yet', facts: delivering({ deliveredAt: null }), says: 'neverDelivered' },
    { when: 'a delivery 37 hours ago', facts: delivering({ deliveredAt: '2026-06-13T23:00:00.000Z' }), says: 'stale' },
    {
      when: 'a delivery two hours ago, of which one is allowed',
      facts: delivering({ deliveredAt: '2026-06-15T10:00:00.000Z' }),
      params: { maximumStaleHours: 1 },
      says: 'stale',
    },
    { when: 'a rule that vanished', facts: { deployedRules: [active('iam-on-users')] }, says: 'rulesMissing' },
    {
      when: 'a rule above the tier of the pack that is not there',
      facts: { deployedRules: [active('s3-on-buckets')] },
      params: { tiers: ['essential', 'recommended'] },
      says: 'healthy',
    },
    {
      when: 'a home rule that vanished at home',
      facts: { deployedRules: [active('s3-on-buckets')] },
      params: { homeRegions: ['eu-central-1'] },
      says: 'rulesMissing',
    },
    {
      when: 'many rules that vanished',
      facts: {
        pack: {
          rules: Array.from({ length: 40 }, (_, at) => ({
            ...onBuckets,
            id: `s3-${'x'.repeat(30)}-${at}`,
          })),
        },
        deployedRules: [],
      },
      says: 'rulesMissing',
    },
    {
      when: 'a rule that is being deleted',
      facts: { deployedRules: [active('s3-on-buckets', { state: 'DELETING' }), active('iam-on-users')] },
      says: 'ruleNotActive',
    },
    {
      when: 'a rule whose function is gone',
      facts: {
        deployedRules: [active('s3-on-buckets', { error: 'ResourceNotFoundException' }), active('iam-on-users')],
      },
      says: 'ruleFailing',
    },
  ],
});
