import { defineRule, fail, pass, primary, skip, supporting } from '../src/engine/rule.ts';
import { dataEventDemands, judgeDataEvents } from '../src/knowledge/watching/data-events.ts';

const FIX = `Let a running trail select the data events of AWS::S3::Object, read and write, of all buckets but those that take its logs, or of this one with its ARN and a slash at the end.`;

export default defineRule({
  id: 's3-data-events-logged',
  areas: ['monitoring'],
  severity: 'medium',
  title: 'CloudTrail logs who reads and who writes every S3 object',
  rationale: `Management events tell who changed a bucket, never who read or deleted what is in it; a selector that misses a bucket, or a trail that was stopped, leaves no trace of either.`,
  limits: [
    `What counts is one trail or event data store for all read events, and one for all write events: selectors that leave nothing out only together count as partial, and so does any condition on operation, identity or type of event. An event data store is found in the Region of the bucket and in the home Regions of the trails that record it; a member account is not shown those of its organization. CloudTrail may not show a member account the selectors of an organization's trail either: that is missing evidence. That a policy excuses a bucket as a target of logs says nothing of what else it holds.`,
  ],
  requirements: {
    'gdpr 5(2)': supporting('Who accessed personal data can be shown afterwards.'),
    'gdpr 32(1)(d)': supporting('A regular review finds the requests there were.'),
    'gdpr 33(5)': supporting('The facts of a breach can be documented from the log.'),
    'hipaa 164.312(b)': primary('Activity on health information is recorded, request by request.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('There are records of activity to review.'),
    'hipaa 164.312(a)(2)(i)': supporting('Every event carries the identity that made the request.'),
  },
  reads: ['roles', 'trails', 'eventDataStores'],
  parameters: dataEventDemands,
  messages: {
    logged: pass('The {halves} events of every object are logged by {sources}.'),
    excluded: skip('The bucket is left out as {role}: {because}.'),
    notLogged: fail('Nothing here logs the {halves} events of its objects.', { fix: FIX }),
    incomplete: fail('Not all {halves} events of its objects are logged: {shortcomings}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeDataEvents(bucket, params),
});
