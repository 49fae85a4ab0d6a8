import { defineRule, EvidenceUnavailable, fail, flag, hours, pass, primary, recordsFrom, say, supporting } from '../src/engine/rule.ts';
import { attestationsFor, wordsOf } from '../src/knowledge/accounts/attestation.ts';
import { deliveryLackOf, managementLackOf } from '../src/knowledge/watching/trail-delivery.ts';
import { isKnown, reasonOf, together } from '../src/records/reading.ts';
import { cut, list } from '../src/values/text.ts';

/** What the links on validated and on whole logs require of the parameters. */
const VALIDATED = { requireValidation: 1 };
const WHOLE = { requireMultiRegion: 1, requireManagementEvents: 1 };

export default defineRule({
  id: 'cloudtrail-log-integrity',
  areas: ['monitoring'],
  severity: 'high',
  tier: 'recommended',
  title: 'A CloudTrail log of all Regions keeps arriving and cannot be changed unnoticed',
  rationale:
    'A log that covers one Region, that can be rewritten without a trace, or that stopped arriving months ago is not evidence of who ' +
    'did what to the data.',
  limits: [
    'One trail must meet all demands; it may be a trail of the organization.',
    'The status is that of the home Region of the trail, asked once a day. An error counts for as long as CloudTrail reports it.',
    'Data events are not judged here. The bucket of the trail is judged by the bucket rules if it is in the same account.',
    'The digests are not recomputed (aws cloudtrail validate-logs does that).',
    'Selectors of management events that are only complete together count as a choice of them.',
    'Where a member account is not shown the status or the selectors of an organization trail, evidence is missing, unless the settings ' +
      'attest them. An attestation counts for 365 days.',
  ],
  requirements: {
    'gdpr 5(2)': supporting('The validated log shows what was done.', VALIDATED),
    'gdpr 32(1)(b)': supporting('Digest files make a change of the log detectable.', VALIDATED),
    'hipaa 164.312(b)': primary('A trail of all Regions records management events, and its log files keep arriving.', WHOLE),
    'hipaa 164.312(c)(1)': supporting('Digest files show whether a log file was altered or deleted.', VALIDATED),
  },
  subject: 'account',
  reads: ['now', 'trails'],
  parameters: {
    requireMultiRegion: flag(true, 'Whether the trail must record all Regions.'),
    requireValidation: flag(true, 'Whether the trail must validate its log files.'),
    requireKms: flag(true, 'Whether the trail must encrypt its log files with a KMS key.'),
    requireManagementEvents: flag(
      true,
      'Whether the trail must record all management events, those that read and those that write, of every service.',
    ),
    attestations: recordsFrom('attestations', 'Trails of other accounts whose status and events someone attests.'),
    maximumDeliveryLagHours: hours(24, 'Maximum number of hours since the latest delivery.'),
  },
  messages: {
    reliable: pass('Trail {trail} meets all demands, and delivers.'),
    attested: pass('Trail {name} of account {owner} meets all demands, as far as visible; {attestedBy} attested the rest on {at}.', {
      except: ['hipaa 164.312(b)'],
    }),
    noTrail: fail('No trail records the account.', {
      fix: 'Create a multi-Region trail with log file validation and a KMS key (CreateTrail), and start it (StartLogging).',
      caution: 'A second copy of management events, the KMS key and the storage of log files are charged.',
    }),
    lacking: fail('No trail meets all demands: {trail} comes closest, but {lacks}.', {
      fix:
        'Change what the trail lacks (UpdateTrail, StartLogging, PutEventSelectors): all Regions, log file validation, a KMS key, all ' +
        'management events; where delivery fails, let the policies of its bucket and key allow CloudTrail.',
      caution:
        'Let the policy of the KMS key allow CloudTrail first: until then no log files are delivered. PutEventSelectors replaces all ' +
        'selectors, and events of KMS can be many.',
    }),
  },
  evaluate({ account, params }) {
    const { requireMultiRegion, requireValidation, requireKms, requireManagementEvents, maximumDeliveryLagHours } = params;
    const judged = account.trails
      .map((trail) => {
        const lacks = [
          requireMultiRegion && !trail.isMultiRegion ? 'only records one Region' : null,
          requireManagementEvents ? managementLackOf(trail) : null,
          requireValidation && !trail.validatesLogFiles ? 'does not validate its log files' : null,
          requireKms && trail.key === null ? 'encrypts without a KMS key' : null,
          deliveryLackOf(trail, { requireValidation, maximumDeliveryLagHours, now: account.now }),
        ];
        const { status, management } = trail;
        const seen = together({ status, ...(requireManagementEvents ? { management } : {}) });
        return { trail, lacks: lacks.filter((each) => each !== null), seen };
      })
      .sort((one, other) => one.lacks.length - other.lacks.length);
    const [closest] = judged;
    if (closest === undefined) return say('noTrail');
    const whole = judged.filter(({ lacks }) => lacks.length === 0);
    const reliable = whole.find(({ seen }) => isKnown(seen));
    if (reliable) return say('reliable', { trail: cut(reliable.trail.name, 60) });
    const attested = attestationsFor(params.attestations, 'managementEvents', account);
    for (const { trail, seen } of whole) {
      const attestation = attested.find(({ arn }) => arn === trail.arn);
      if (attestation) return say('attested', wordsOf(attestation));
      if (!isKnown(seen)) throw new EvidenceUnavailable('trails', `trail ${cut(trail.name, 40)}: ${reasonOf(seen)}`);
    }
    const all = judged.map(({ trail, lacks }) => ({ trail: trail.name, lacks }));
    return say('lacking', { trail: cut(closest.trail.name, 40), lacks: list(closest.lacks) }, { trails: all });
  },
});
