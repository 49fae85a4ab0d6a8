import { defineRule, fail, flag, hours, ownList, pass, recordsFrom, say, supporting } from '../src/engine/rule.ts';
import { attestationsFor, wordsOf } from '../src/knowledge/accounts/attestation.ts';
import { eventsOf, unheardEvents } from '../src/knowledge/watching/activity-alarms.ts';
import { eventEntry, securityEvents } from '../src/knowledge/watching/s3-events.ts';
import { cut, listWithin } from '../src/values/text.ts';

export default defineRule({
  id: 'cloudwatch-s3-activity-alarms',
  areas: ['monitoring'],
  severity: 'medium',
  title: 'Alarms notify someone when S3 protection is changed or a request to S3 is refused',
  rationale: 'A bucket that was opened is only found in time if the change raises an alarm. An alarm that notifies no one does not count.',
  limits: [
    'Filter patterns are read in their JSON form. Regular expressions, number comparisons and what else narrows a filter do not count.',
    'One event in one period of at most an hour must raise the alarm. Alarms on metric math and alarms on logs do not count.',
    'A composite alarm counts if it always sounds with the alarm. If other alarms may keep it silent, evidence is missing.',
    'We assume that functions, queues, state machines, API destinations, OpsCenter and Incident Manager pass notifications on.',
    'Log groups, topics and event buses elsewhere are not visible: if only they could report, evidence is missing, unless attested.',
    'The settings attest alarms on a trail of another account that this account is shown. An attestation counts for 365 days.',
    'If a condition of a topic or its key may refuse the sender, evidence is missing. Where they were not captured, they are not judged.',
    'Subscriptions are visible, but not their filter policies and readers, nor the input and retries of a rule target.',
    'EventBridge rules are read in the Regions that have buckets now, trails in the home Region.',
    'Refused requests are those of management events; on objects they are data events, which need not be recorded here.',
    'The event names PutBucketOwnershipControls, PutObjectLockConfiguration and PutAccessPointPolicy follow the API.',
    'In which Region a change of the account-level flags arrives is not documented: EventBridge rules may miss it.',
  ],
  requirements: {
    'gdpr 33(1)': supporting('An alarm notifies someone, and the 72 hours begin with knowing of the breach.', { requireSubscription: 1 }),
    'gdpr 32(1)(d)': supporting('Switching off a protection of S3 raises an alarm.'),
    'hipaa 164.308(a)(6)(ii)': supporting('An alarm notifies a subscriber, who can respond.', { requireSubscription: 1 }),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('Between reviews of the logs, alarms point to important events in them.'),
  },
  subject: 'account',
  reads: ['watchedTrails', 'eventRules', 'now'],
  parameters: {
    events: ownList(eventEntry, 'Events that someone must be notified of; the default ones if empty.', securityEvents),
    requireSubscription: flag(true, 'Whether a topic only counts with a confirmed subscription.'),
    attestations: recordsFrom('attestations', 'Trails of other accounts that have alarms on all these events, as someone attests.'),
    maximumDeliveryLagHours: hours(24, 'Maximum number of hours since a trail wrote to its log group.'),
    acceptEventBridgeRule: flag(true, 'Whether an EventBridge rule counts in place of a metric filter and its alarm.'),
  },
  messages: {
    attested: pass('Someone is notified of each event, as {attestedBy} attested of trail {name} in account {owner} on {at}.'),
    alarmed: pass('Someone is notified of each of the {count} events.'),
    unheard: fail('No alarm covers {missing}: {because}.', {
      fix:
        'Send a multi-Region trail to a log group, add a metric filter on the events, and an alarm (Sum, at least 1 in one period, ' +
        'missing data not breaching) with a subscribed topic that lets in CloudWatch; or an EventBridge rule in each Region with buckets.',
      caution: 'Log ingestion, alarms and notifications are charged. Test the alarm: a filter that never matches looks healthy.',
    }),
  },
  evaluate({ account, params }) {
    const events = params.events.length > 0 ? params.events : securityEvents;
    const attested = attestationsFor(params.attestations, 'alarms', account);
    const { unheard, attestation } = unheardEvents(account, { ...params, events, attested });
    const [first] = unheard;
    if (first === undefined) return attestation ? say('attested', wordsOf(attestation)) : say('alarmed', { count: events.length });
    return say('unheard', { missing: listWithin(eventsOf(unheard), 110), because: cut(first.because, 115) }, { unheard });
  },
});
