import { defineRule, fail, pass, primary, supporting } from '../src/engine/rule.ts';
import { integrityDemands, judgeIntegrity } from '../src/knowledge/watching/log-integrity.ts';

const FIX = `Let one multi-Region trail validate its log files and encrypt them with a KMS key, start it, and let the policies of its bucket and its key admit CloudTrail.`;

export default defineRule({
  id: 'cloudtrail-log-integrity',
  areas: ['monitoring'],
  severity: 'high',
  title: 'A CloudTrail log of all Regions keeps arriving and cannot be changed unseen',
  rationale: `A log that covers one Region, that can be rewritten without a trace or that stopped arriving months ago is no evidence of who did what to the data.`,
  limits: [
    `One trail has to do it all; it may be that of the organization. Status is that of its home Region, asked once a day, and an error counts for as long as CloudTrail reports it. Which events the trail selects is not looked at, nor is its bucket, which the rules on buckets judge where it lies in the account; nobody recomputes the digests here (aws cloudtrail validate-logs does). Where the status of an organization's trail is not shown to a member account, that is missing evidence.`,
  ],
  requirements: {
    'gdpr 5(2)': supporting('What was done can be shown from a log that was not altered.'),
    'gdpr 32(1)(b)': supporting('A change of the log itself does not go unseen.'),
    'hipaa 164.312(b)': primary('Activity in every Region is recorded, and the record keeps arriving.'),
    'hipaa 164.312(c)(1)': supporting('Digests show whether the log was altered or deleted.'),
  },
  subject: 'account',
  reads: ['now', 'trails'],
  parameters: integrityDemands,
  messages: {
    reliable: pass('Trail {trail} does all that is required, and delivers.'),
    noTrail: fail('No trail records the account.', { fix: FIX }),
    lacking: fail('No trail does all that is required: {trail} comes closest, but {lacks}.', { fix: FIX }),
  },
  evaluate: ({ account, params }) => judgeIntegrity(account.trails, { ...params, now: account.now }),
});
