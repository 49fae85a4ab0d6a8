import { defineRule, fail, flag, fromPack, hours, listFrom, ownList, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { frameworkEntry, functionEntry, tierEntry, typeEntry } from '../src/knowledge/accounts/pack-entries.ts';
import { deploymentOf, expectedRules, FUNCTIONS, faultIn, recordingGaps } from '../src/knowledge/accounts/pack-health.ts';
import { hoursSince } from '../src/knowledge/past.ts';
import { cut, few } from '../src/values/text.ts';

const RECORD = {
  fix: 'Set up and start a configuration recorder that records the types that the rules read (PutConfigurationRecorder).',
  caution: 'AWS Config charges for each recorded item. PutConfigurationRecorder replaces the whole recording group.',
};
const DELIVER = 'Fix what the error names, usually the policy of the bucket, its KMS key or the topic, or the role of the recorder.';
const DEPLOY = { fix: 'Deploy the pack again in this account and Region, and look at the log of its functions.' };

export default defineRule({
  id: 'config-recorder-health',
  areas: ['config'],
  severity: 'high',
  tier: 'essential',
  title: 'AWS Config records and delivers what the rules read, and every rule of the pack is active',
  rationale: 'A stopped recorder, a type that is left out or a missing rule shows in no other finding.',
  limits: [
    'Rules are recognized by their InputParameters and by the name of the function that they invoke; what the function does is not ' +
      'checked, nor are the managed rules of the pack.',
    'AWS documents the evaluation status only for managed rules, so not every failure of our rules may show in it.',
    'A Region in which nothing changes gets no history, so there the age of the last delivery is that of the last snapshot.',
    'The rule cannot report that the pack itself is missing, or that AWS Config invokes no rules at all; the alarms of the functions do.',
  ],
  requirements: {
    'gdpr 32(1)(d)': primary('The daily evaluation checks that recording, delivery and rules, by which measures are tested, are active.'),
    'gdpr 24(1)': supporting('What a review of the measures needs is recorded and evaluated.'),
    'gdpr 5(2)': supporting('The recording, delivery and rules that demonstrate compliance are active today.'),
    'gdpr 28(3)(h)': supporting('The evaluations that an audit may ask for are made and delivered today.'),
    'gdpr 30(1)(g)': supporting('The rules, whose pages describe the technical measures, are active.'),
    'hipaa 164.308(a)(8)': primary('The rules that evaluate periodically, and when a setting changes, are active.'),
  },
  subject: 'account',
  everyRegion: true,
  reads: ['pack', 'recorder', 'deliveryChannel', 'deployedRules', 'now'],
  parameters: {
    frameworks: fromPack('frameworks', ownList(frameworkEntry, 'Frameworks whose rules must exist, as the pack says; all rules if empty.')),
    homeRegions: fromPack('homeRegion', listFrom('organization.homeRegions', 'Where account and IAM rules must be; everywhere if empty.')),
    tiers: fromPack('tiers', ownList(tierEntry, 'Tiers whose rules must exist, as the pack says; all rules if empty.')),
    functions: ownList(functionEntry, 'Names of the functions that the rules may invoke.', FUNCTIONS),
    requiredTypes: ownList(typeEntry, 'Types that must be recorded; if empty, all types that the rules read.'),
    requireContinuous: flag(true, 'Whether changes of what the rules judge must be recorded at once, not once a day.'),
    maximumStaleHours: hours(36, 'Maximum age of the last delivery of history or of a snapshot.'),
  },
  messages: {
    healthy: pass('Recorder {recorder} records, channel {channel} delivers, and all {count} rules are active.'),
    noRecorder: fail('No configuration recorder exists in {region}.', RECORD),
    stopped: fail('Configuration recorder {recorder} is stopped.', RECORD),
    recorderFailing: fail('Configuration recorder {recorder} is on, but its last status is {status}{reason}.', { fix: DELIVER }),
    notRecorded: fail('Configuration recorder {recorder} does not record {types}, which the rules need.', RECORD),
    recordedDaily: fail('Configuration recorder {recorder} records {types} once a day, so changes are judged late.', {
      fix: 'Record the types continuously (recordingModeOverrides of PutConfigurationRecorder).',
      caution: RECORD.caution,
    }),
    noChannel: fail('AWS Config has no delivery channel in {region}.', {
      fix: 'Create a delivery channel that also delivers snapshots every 24 hours (PutDeliveryChannel).',
    }),
    deliveryFailing: fail('Delivery channel {channel} fails to deliver {what}: {error}.', { fix: DELIVER }),
    neverDelivered: fail('Delivery channel {channel} has never delivered history or a snapshot.', { fix: DELIVER }),
    stale: fail('Delivery channel {channel} last delivered at {at}, more than {maximumStaleHours} hours ago.', { fix: DELIVER }),
    rulesMissing: fail('The pack lacks {count} of its {rules} rules here: {missing}.', DEPLOY),
    notOurs: fail('Rule {name} says that it runs {rule}, but {because}.', DEPLOY),
    ruleNotActive: fail('Rule {rule} is {state}.', DEPLOY),
    ruleFailing: fail('Rule {rule} failed when it last ran: {error}.', DEPLOY),
  },
  evaluate({ account, params }) {
    const { maximumStaleHours } = params;
    const { region, recorder: found, deliveryChannel: channel } = account;
    if (found === null) return say('noRecorder', { region });
    const { name: recorder, isRecording, status, error: fault } = found;
    if (!isRecording) return say('stopped', { recorder });
    if (status !== 'SUCCESS') return say('recorderFailing', { recorder, status, reason: fault === null ? '' : ` (${fault})` });
    const { missing: types, late } = recordingGaps({ pack: account.pack, recorder: found, region }, params);
    if (types.length > 0) return say('notRecorded', { recorder, types: few(types) });
    if (late.length > 0) return say('recordedDaily', { recorder, types: few(late) });

    if (channel === null) return say('noChannel', { region });
    const { name, failures, deliveredAt: at } = channel;
    const [failure] = failures;
    if (failure) return say('deliveryFailing', { channel: name, ...failure });
    if (at === null) return say('neverDelivered', { channel: name });
    if (hoursSince('deliveryChannel', at, account.now) > maximumStaleHours) return say('stale', { channel: name, at, maximumStaleHours });

    const rules = expectedRules(account.pack, region, params);
    const { genuine, missing, impostors } = deploymentOf(rules, account, params.functions);
    const [impostor] = impostors;
    if (impostor) return say('notOurs', { ...impostor, name: cut(impostor.name, 90) }, { impostors });
    if (missing.length > 0) return say('rulesMissing', { count: missing.length, rules: rules.length, missing: few(missing) });
    const broken = faultIn(genuine, account.now);
    if (broken) {
      const { rule, state, error } = broken;
      return error === null ? say('ruleNotActive', { rule, state }) : say('ruleFailing', { rule, error });
    }
    return say('healthy', { recorder, channel: name, count: rules.length });
  },
});
