import { defineRule, fail, pass, primary, supporting } from '../src/engine/rule.ts';
import { healthTerms, judgeHealth } from '../src/knowledge/accounts/pack-health.ts';

const FIX = `Start the recorder, let it record the types named here continuously, give it a delivery channel that also delivers snapshots every 24 hours, and deploy the pack again where rules are missing.`;

export default defineRule({
  id: 'config-recorder-health',
  areas: ['config'],
  severity: 'high',
  title: 'AWS Config records what the rules read, delivers it, and every rule of the pack is at work',
  rationale: `A recorder that was stopped, a type that was left out or a rule that vanished shows in no other finding: all would stay as green as they were.`,
  limits: [
    `Rules are told apart by the rule that their InputParameters name. Those of the pack that AWS runs itself are not looked for. AWS documents the status of evaluations for managed rules alone, so not every failure of ours may show in it. A Region in which nothing changes gets no history, so there the age of the last delivery is that of the last snapshot. Nothing is said where the pack itself is gone, or where AWS Config invokes no rules at all: the alarms of the functions are for that.`,
  ],
  requirements: {
    'gdpr 32(1)(d)': primary('The assessment of the measures is itself tested, every day and in every Region.'),
    'gdpr 24(1)': supporting('Measures can only be reviewed while what they apply to is recorded.'),
    'gdpr 5(2)': supporting('The record that demonstrates compliance has no gaps.'),
    'hipaa 164.308(a)(8)': supporting('The technical evaluation is periodic, and complete.'),
  },
  subject: 'account',
  everyRegion: true,
  reads: ['pack', 'recorder', 'deliveryChannel', 'deployedRules', 'now'],
  parameters: healthTerms,
  messages: {
    healthy: pass('Recorder {recorder} records, channel {channel} delivers, and all {count} rules are at work.'),
    noRecorder: fail('No configuration recorder is set up in {region}.', { fix: FIX }),
    stopped: fail('Configuration recorder {recorder} does not record.', { fix: FIX }),
    recorderFailing: fail('Configuration recorder {recorder} is on, but its last status is {status}{reason}.', {
      fix: FIX,
    }),
    notRecorded: fail('Configuration recorder {recorder} leaves out {types}, which the rules need.', { fix: FIX }),
    recordedDaily: fail('Configuration recorder {recorder} records {types} once a day, so changes are judged late.', {
      fix: FIX,
    }),
    noChannel: fail('AWS Config has no delivery channel in {region}.', { fix: FIX }),
    deliveryFailing: fail('Delivery channel {channel} fails to deliver {what}: {error}.', { fix: FIX }),
    neverDelivered: fail('Delivery channel {channel} has never delivered history or a snapshot.', { fix: FIX }),
    stale: fail('Delivery channel {channel} last delivered at {at}, more than {maximumStaleHours} hours ago.', {
      fix: FIX,
    }),
    rulesMissing: fail('The pack lacks {count} of its {rules} rules here: {missing}.', { fix: FIX }),
    ruleNotActive: fail('Rule {rule} is {state}.', { fix: FIX }),
    ruleFailing: fail('Rule {rule} failed when it last ran: {error}.', { fix: FIX }),
  },
  evaluate: ({ account, params }) => judgeHealth(account, params),
});
