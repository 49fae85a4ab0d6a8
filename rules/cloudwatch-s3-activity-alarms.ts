import { defineRule, fail, pass, supporting } from '../src/engine/rule.ts';
import { alarmDemands, judgeActivityAlarms } from '../src/knowledge/watching/activity-alarms.ts';

const FIX = `Send a multi-Region trail to a log group; put a metric filter on it that names the events and nothing else, an alarm on its metric (Sum, at least 1 in one period, missing data not breaching) and a topic with a confirmed subscription in the alarm's actions. Or have a rule of EventBridge in each Region with buckets hand the events on.`;

export default defineRule({
  id: 'cloudwatch-s3-activity-alarms',
  areas: ['monitoring'],
  severity: 'medium',
  title: 'Alarms tell somebody when the protection of S3 is changed or a request to S3 is refused',
  rationale: `A bucket that was opened, or whose encryption or logs were switched off, is found in time only when the change itself raises an alarm. An alarm that notifies nobody is none.`,
  limits: [
    `Reads filter patterns in their form for JSON; regular expressions, comparisons of numbers and whatever else narrows a filter (who, from where, in which Region) do not count. One event in one period of at most an hour must raise the alarm; alarms decided by metric math, composite alarms and alarms on logs do not count. Functions, queues, state machines, API destinations, OpsCenter and Incident Manager are taken at their word that somebody hears of what they get; actions on instances and stores of data are not. Log groups and topics of other accounts, and other event buses, cannot be seen from here: where only they could tell of an event, evidence is missing. Subscriptions are seen, their filter policies and their readers are not, nor are the input and the retries of a rule's target. Rules of EventBridge are asked for in the Regions that have buckets now, trails in the home Region. Refused requests are those of the management events: on objects they are data events, which need not be recorded here. That CloudTrail names PutBucketOwnershipControls, PutObjectLockConfiguration and PutAccessPointPolicy as the API does is not in its documentation, nor is the Region in which a change of the account's own flags arrives: rules of EventBridge in the Regions of the buckets may miss it.`,
  ],
  requirements: {
    'gdpr 33(1)': supporting(`The 72 hours to notify a breach begin with knowing of it, which an alarm brings about.`),
    'gdpr 32(1)(d)': supporting('A measure that is switched off is noticed as it happens.'),
    'hipaa 164.308(a)(6)(ii)': supporting(`A suspected incident can be responded to when somebody is told of it.`),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('Between reviews of the logs, alarms point to what matters in them.'),
  },
  subject: 'account',
  reads: ['watchedTrails', 'eventRules'],
  parameters: alarmDemands,
  messages: {
    alarmed: pass('Somebody is told of each of the {count} events.'),
    unheard: fail('Nobody is told of {missing}: {because}.', { fix: FIX }),
  },
  evaluate: ({ account, params }) => judgeActivityAlarms(account, params),
});
