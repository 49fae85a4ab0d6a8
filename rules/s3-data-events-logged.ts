import { choice, defineRule, fail, flag, hours, ownList, pass, primary, recordsFrom, say, skip, supporting } from '../src/engine/rule.ts';
import { attestationsFor, isForRegion } from '../src/knowledge/accounts/attestation.ts';
import { exemptAs } from '../src/knowledge/buckets/log-target.ts';
import { roleEntry } from '../src/knowledge/buckets/scope.ts';
import { loggersOf, sourceAttested, sourceOfStore, sourceOfTrail, unlogged, whyUnlogged } from '../src/knowledge/watching/data-events.ts';
import { cut, list } from '../src/values/text.ts';

const CHARGED = 'Data events are charged for each event (AWS CloudTrail pricing): estimate the number of requests first.';

export default defineRule({
  id: 's3-data-events-logged',
  areas: ['monitoring'],
  severity: 'medium',
  tier: 'recommended',
  title: 'CloudTrail logs who reads and who writes every S3 object',
  rationale:
    'Management events show who changed a bucket, not who read or deleted what is in it. A selector that misses a bucket, or a stopped ' +
    'trail, leaves no trace of either.',
  limits: [
    'One trail or event data store must log all read events, and one all write events: selectors that are only complete together ' +
      'count as partial, and so does any condition on operation, identity or type of event.',
    'Event data stores are found in the Region of the bucket and in the home Regions of the trails that record it. A member account ' +
      'does not see those of its organization: they count where the settings attest them, for 365 days.',
    'Where CloudTrail does not show a member account the selectors of an organization trail, evidence is missing, unless the settings ' +
      'attest them.',
    'Exempting a log bucket says nothing about its other content.',
  ],
  requirements: {
    'gdpr 5(2)': supporting('Data events show afterwards who accessed personal data.'),
    'gdpr 32(1)(d)': supporting('Data events record the requests for a regular review.'),
    'gdpr 33(5)': supporting('The facts of a breach can be documented from the log.'),
    'hipaa 164.312(b)': primary('Requests for objects, of the types that must be logged, are recorded one by one.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('There are records of activity to review.'),
    'hipaa 164.312(a)(2)(i)': supporting('The recorded events name the identity that made an authenticated request.'),
  },
  reads: ['now', 'roles', 'trails', 'eventDataStores'],
  parameters: {
    eventTypes: choice('both', ['read', 'write', 'both'], 'Which data events must be logged.'),
    acceptOrganizationTrails: flag(true, 'Whether trails of the organization count.'),
    maximumDeliveryLagHours: hours(168, 'Maximum number of hours since a trail delivered log or digest files.'),
    acceptEventDataStores: flag(true, 'Whether event data stores of CloudTrail Lake count.'),
    attestations: recordsFrom('attestations', 'Trails and stores of other accounts that log all data events, as someone attests.'),
    excludeRoles: ownList(roleEntry, 'Roles of buckets that are exempt; logging the delivery of logs never ends.', ['trail-target']),
  },
  messages: {
    logged: pass('The {halves} events of every object are logged by {sources}.'),
    attested: pass('The {halves} events of every object are logged by {sources}, as {attestedBy} attested on {at}.', {
      except: ['hipaa 164.312(b)'],
    }),
    excluded: skip('The bucket is exempt as {role}: {because}.'),
    notLogged: fail('Nothing visible here logs the {halves} events of objects in the bucket.', {
      fix: 'Add an event selector for S3 data events of all buckets, or of this bucket, to a trail (PutEventSelectors).',
      caution: `PutEventSelectors replaces all selectors of the trail. ${CHARGED}`,
    }),
    incomplete: fail('Not all {halves} events of objects in the bucket are logged: {shortcomings}.', {
      fix: 'Start the trail, fix its delivery, or widen its selector to every operation and object of the bucket.',
      caution: CHARGED,
    }),
  },
  evaluate({ bucket, params }) {
    const excused = exemptAs(bucket, params.excludeRoles);
    if (excused) return say('excluded', excused);
    const halves = params.eventTypes === 'both' ? (['read', 'write'] as const) : ([params.eventTypes] as const);
    const attested = attestationsFor(params.attestations, 'dataEvents', bucket);
    const sources = bucket.trails.map((trail) => sourceOfTrail(trail, attested, { ...params, now: bucket.now }));
    let missing = unlogged(sources, bucket.arn, halves);
    if (missing.length > 0 && params.acceptEventDataStores) {
      const others = attested.filter((each) => each.arn.includes(':eventdatastore/') && isForRegion(each, bucket.region));
      sources.push(...bucket.eventDataStores.map(sourceOfStore), ...others.map(sourceAttested));
      missing = unlogged(sources, bucket.arn, missing);
    }
    if (missing.length === 0) {
      const { names, attestation: witness } = loggersOf(sources, bucket.arn, halves);
      const words = { halves: list(halves), sources: cut(list(names), 100) };
      return witness ? say('attested', { ...words, attestedBy: witness.attestedBy, at: witness.at }) : say('logged', words);
    }
    const shortcomings = whyUnlogged(sources, bucket.arn, missing);
    if (shortcomings.length === 0) return say('notLogged', { halves: list(missing) });
    const shown = shortcomings.slice(0, 2).map((each) => cut(each, 75));
    const others = shortcomings.length - shown.length;
    const all = list([...shown, ...(others > 0 ? [`${others} more`] : [])]);
    return say('incomplete', { halves: list(missing), shortcomings: all }, { shortcomings });
  },
});
