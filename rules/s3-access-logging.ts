import { defineRule, fail, listFrom, pass, primary, skip, supporting } from '../src/engine/rule.ts';
import { judgeLogging } from '../src/knowledge/buckets/log-delivery.ts';

const FIX = `Switch on server access logging to an approved bucket of the same account and Region, with SSE-S3, without default Object Lock retention, and with a policy that lets logging.s3.amazonaws.com write.`;

export default defineRule({
  id: 's3-access-logging',
  areas: ['monitoring'],
  severity: 'medium',
  title: 'S3 buckets send access logs to an approved bucket that S3 can deliver to',
  rationale: `Without a log of requests nobody can tell who read or changed the data; a log that goes to a bucket S3 cannot write to looks switched on and stays empty.`,
  limits: [
    `S3 delivers access logs on a best effort (Amazon S3 User Guide, "Logging requests with server access logging"), so a single request may be missing; data events of CloudTrail are another record, which this rule does not look at. The conditions of the policy of the target are not judged. A target of which no record is at hand is missing evidence: S3 delivers within an account and Region alone, so its record should stand beside that of the bucket.`,
  ],
  requirements: {
    'gdpr 5(2)': supporting('Who accessed personal data can be shown afterwards.'),
    'gdpr 32(1)(d)': supporting('A regular review finds the requests there were.'),
    'gdpr 33(5)': supporting('The facts of a breach can be documented from the log.'),
    'hipaa 164.312(b)': primary('Activity on health information is recorded.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('There are records of activity to review.'),
  },
  reads: ['logging', 'roles', 'logTarget'],
  parameters: {
    approvedTargets: listFrom('logs.approvedTargets', 'Buckets that may take logs; any if empty.'),
  },
  messages: {
    logged: pass('Access logs go to {target}.'),
    isTarget: skip('Access logs arrive here ({because}); logging them too would never end.'),
    off: fail('Server access logging is off.', { fix: FIX }),
    itself: fail('Access logs go to the bucket itself, so that every log is logged again.', { fix: FIX }),
    notApproved: fail('Access logs go to {target}, which is not an approved target.', { fix: FIX }),
    elsewhere: fail('S3 delivers no access logs to {target}, which is in {region} of account {account}.', { fix: FIX }),
    undeliverable: fail('S3 delivers no access logs to {target}, a bucket {obstacle}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeLogging(bucket, params),
});
