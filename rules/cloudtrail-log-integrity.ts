import { defineRule, EvidenceUnavailable, fail, flag, hours, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { deliveryLackOf } from '../src/knowledge/watching/trail-delivery.ts';
import { isKnown, reasonOf } from '../src/records/reading.ts';
import { cut, list } from '../src/values/text.ts';

export default defineRule({
  id: 'cloudtrail-log-integrity',
  areas: ['monitoring'],
  severity: 'high',
  title: 'A CloudTrail log of all Regions keeps arriving and cannot be changed unnoticed',
  rationale:
    'A log that covers one Region, that can be rewritten without a trace, or that stopped arriving months ago is not evidence of who ' +
    'did what to the data.',
  limits: [
    'One trail must meet all demands; it may be a trail of the organization.',
    'The status is that of the home Region of the trail, asked once a day. An error counts for as long as CloudTrail reports it.',
    'The events that the trail selects are not judged. Its bucket is judged by the bucket rules if it is in the same account.',
    'The digests are not recomputed (aws cloudtrail validate-logs does that).',
    'Where a member account is not shown the status of an organization trail, evidence is missing.',
  ],
  requirements: {
    'gdpr 5(2)': supporting('The validated log shows what was done.'),
    'gdpr 32(1)(b)': supporting('Digest files make a change of the log detectable.'),
    'hipaa 164.312(b)': primary('A trail of all Regions records activity, and its log files keep arriving.'),
    'hipaa 164.312(c)(1)': supporting('Digest files show whether a log file was altered or deleted.'),
  },
  subject: 'account',
  reads: ['now', 'trails'],
  parameters: {
    requireMultiRegion: flag(true, 'Whether the trail must record all Regions.'),
    requireValidation: flag(true, 'Whether the trail must validate its log files.'),
    requireKms: flag(true, 'Whether the trail must encrypt its log files with a KMS key.'),
    maximumDeliveryLagHours: hours(24, 'Maximum number of hours since the latest delivery.'),
  },
  messages: {
    reliable: pass('Trail {trail} meets all demands, and delivers.'),
    noTrail: fail('No trail records the account.', {
      fix: 'Create a multi-Region trail with log file validation and a KMS key (CreateTrail), and start it (StartLogging).',
      caution: 'A second copy of management events, the KMS key and the storage of log files are charged.',
    }),
    lacking: fail('No trail meets all demands: {trail} comes closest, but {lacks}.', {
      fix:
        'Change what the trail lacks (UpdateTrail, StartLogging): all Regions, log file validation, a KMS key; where delivery fails, ' +
        'let the policies of its bucket and key allow CloudTrail.',
      caution: 'Until the policy of the KMS key allows CloudTrail to use it, no log files are delivered: change the key policy first.',
    }),
  },
  evaluate({ account, params }) {
    const { requireMultiRegion, requireValidation, requireKms, maximumDeliveryLagHours } = params;
    const judged = account.trails
      .map((trail) => {
        const lacks = [
          requireMultiRegion && !trail.isMultiRegion ? 'only records one Region' : null,
          requireValidation && !trail.validatesLogFiles ? 'does not validate its log files' : null,
          requireKms && trail.key === null ? 'encrypts without a KMS key' : null,
          deliveryLackOf(trail, { requireValidation, maximumDeliveryLagHours, now: account.now }),
        ];
        return { trail, lacks: lacks.filter((each) => each !== null) };
      })
      .sort((one, other) => one.lacks.length - other.lacks.length);
    const [closest] = judged;
    if (closest === undefined) return say('noTrail');
    const whole = judged.filter(({ lacks }) => lacks.length === 0).map(({ trail }) => trail);
    const reliable = whole.find(({ status }) => isKnown(status));
    if (reliable) return say('reliable', { trail: cut(reliable.name, 60) });
    for (const { name, status } of whole) {
      if (isKnown(status)) continue;
      throw new EvidenceUnavailable('trails', `trail ${cut(name, 40)}: ${reasonOf(status)}`);
    }
    const all = judged.map(({ trail, lacks }) => ({ trail: trail.name, lacks }));
    return say('lacking', { trail: cut(closest.trail.name, 40), lacks: list(closest.lacks) }, { trails: all });
  },
});
