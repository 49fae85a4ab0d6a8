import {
  deliveryTrouble,
  expectedRules,
  frameworkEntry,
  recorderTrouble,
  regionEntry,
  resourceTypeEntry,
  ruleTrouble,
} from '../src/core/pack-health.ts';
import { defineRule, flag, fromPack, hours, ownList, primary, supporting } from '../src/core/rule.ts';

export default defineRule({
  id: 'config-recorder-health',
  title: 'AWS Config records what the rules read, delivers it, and every rule of the pack is at work',
  rationale: `A recorder that was stopped, a type that was left out or a rule that vanished shows in no other finding: all would stay as green as they were.`,
  remediation: `Start the recorder, let it record the types named here continuously, give it a delivery channel that also delivers snapshots every 24 hours, and deploy the pack again where rules are missing.`,
  limits: `Rules are told apart by the rule that their InputParameters name. Those of the pack that AWS runs itself are not looked for. A Region in which nothing changes gets no history, so there the age of the last delivery is that of the last snapshot. Nothing is said where the pack itself is gone, or where AWS Config invokes no rules at all: the alarms of the functions are for that.`,
  severity: 'high',
  satisfies: {
    'gdpr 32(1)(d)': primary('The assessment of the measures is itself tested, every day and in every Region.'),
    'gdpr 24(1)': supporting('Measures can only be reviewed while what they apply to is recorded.'),
    'gdpr 5(2)': supporting('The record that demonstrates compliance has no gaps.'),
    'hipaa 164.308(a)(8)': supporting('The technical evaluation is periodic, and complete.'),
  },
  subject: 'account',
  everyRegion: true,
  reads: ['pack', 'recorder', 'deliveryChannel', 'deployedRules', 'now'],
  parameters: {
    frameworks: fromPack(
      'frameworks',
      frameworkEntry,
      'Frameworks whose rules must be there, as the pack says; all rules when empty.',
    ),
    homeRegions: fromPack(
      'homeRegion',
      regionEntry,
      'Where rules on the account and on IAM must be there, as the pack says; everywhere when empty.',
    ),
    requiredTypes: ownList(resourceTypeEntry, 'Types that must be recorded; when empty, all that the rules read.'),
    requireContinuous: flag(true, 'Whether changes of what the rules judge must be recorded at once, not once a day.'),
    maxStaleHours: hours(36, 'How old the last delivery of history or of a snapshot may be.'),
  },
  messages: {
    healthy: 'Recorder {recorder} records, channel {channel} delivers, and all {count} rules are at work.',
    noRecorder: 'No configuration recorder is set up in {region}.',
    stopped: 'Configuration recorder {recorder} does not record.',
    recorderFailing: 'Configuration recorder {recorder} is on, but its last status is {status}{reason}.',
    notRecorded: 'Configuration recorder {recorder} leaves out {types}, which the rules need.',
    recordedDaily: 'Configuration recorder {recorder} records {types} once a day, so changes are judged late.',
    noChannel: 'AWS Config has no delivery channel in {region}.',
    deliveryFailing: 'Delivery channel {channel} fails to deliver {what}: {error}.',
    neverDelivered: 'Delivery channel {channel} has never delivered history or a snapshot.',
    stale: 'Delivery channel {channel} last delivered at {at}, more than {maxStaleHours} hours ago.',
    rulesMissing: 'The pack lacks {count} of its {rules} rules here: {missing}.',
    ruleNotActive: 'Rule {rule} is {state}.',
    ruleFailing: 'Rule {rule} failed when it last ran: {error}.',
  },
  evaluate({ account, params, pass, fail }) {
    const { region, recorder, deliveryChannel: channel, now } = account;
    const rules = expectedRules(account.pack, { ...params, region });
    if (recorder === null) return fail('noRecorder', { region });
    const gap = recorderTrouble(recorder, rules, params.requiredTypes, params.requireContinuous);
    if (gap) return fail(gap);
    if (channel === null) return fail('noChannel', { region });
    const undelivered = deliveryTrouble(channel, params.maxStaleHours, now);
    if (undelivered) return fail(undelivered);
    const broken = ruleTrouble(rules, account.deployedRules);
    if (broken) return fail(broken);
    return pass('healthy', { recorder: recorder.name, channel: channel.name, count: rules.length });
  },
});
