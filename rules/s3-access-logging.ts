import { defineRule, fail, listFrom, pass, primary, say, skip, supporting } from '../src/engine/rule.ts';
import { whyUndelivered } from '../src/knowledge/buckets/log-delivery.ts';
import { isListed, receivesAccessLogs } from '../src/knowledge/buckets/log-target.ts';

const SEND = 'Send access logs (PutBucketLogging) to an approved bucket in the same account and Region';
const CHARGED = 'Logs are stored and charged, and old logs stay in the previous target. Check that new logs arrive.';
const ELSEWHERE = { fix: `${SEND}.`, caution: CHARGED };

export default defineRule({
  id: 's3-access-logging',
  areas: ['monitoring'],
  severity: 'medium',
  title: 'S3 buckets send access logs to an approved bucket that S3 can deliver to',
  rationale: 'Without a log of requests, no one can say who read the data. Logging to a bucket that S3 cannot write to stays empty.',
  limits: [
    'S3 delivers access logs on a best-effort basis (Amazon S3 User Guide, "Logging requests with server access logging").',
    'Conditions in the policy of the target count where their key is known for log deliveries, such as aws:SourceAccount.',
    'A target without an available record is missing evidence. Whether its ACLs are disabled, and table buckets, are not seen.',
    'CloudTrail data events are another record of requests, which this rule does not look at.',
  ],
  requirements: {
    'gdpr 5(2)': supporting('Access logs show afterwards who accessed personal data.'),
    'gdpr 32(1)(d)': supporting('Access logs record the requests for a regular review.'),
    'gdpr 33(5)': supporting('The facts of a breach can be documented from the log.'),
    'hipaa 164.312(b)': primary('Requests to the bucket are recorded, on a best-effort basis.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('There are records of activity to review.'),
  },
  reads: ['logging', 'roles', 'logTarget'],
  parameters: { approvedTargets: listFrom('logs.approvedTargets', 'Buckets that may receive logs; any bucket if empty.') },
  messages: {
    logged: pass('Access logs go to {target}.'),
    isTarget: skip('The bucket is for access logs ({because}); logging these deliveries would never end.'),
    off: fail('Server access logging is off.', ELSEWHERE),
    itself: fail('Access logs go to the bucket itself, so every log delivery is logged again.', ELSEWHERE),
    notApproved: fail('Access logs go to {target}, which is not an approved target.', {
      fix: `${SEND}, or approve the target under logs.approvedTargets.`,
      caution: CHARGED,
    }),
    elsewhere: fail('S3 does not deliver access logs to {target}, which is in {region} of account {account}.', ELSEWHERE),
    undeliverable: fail('S3 does not deliver access logs to {target}, a bucket {obstacle}.', {
      fix: 'Use a target with SSE-S3, no Object Lock and no Requester Pays, whose policy allows logging.s3.amazonaws.com to write.',
      caution: 'Logs that were not delivered are lost. Check afterwards that new logs arrive.',
    }),
  },
  evaluate({ bucket, params }) {
    const { approvedTargets } = params;
    const target = bucket.logging?.bucket;
    if (target === bucket.name) return say('itself');
    const because = receivesAccessLogs(bucket, approvedTargets);
    if (because !== null) return say('isTarget', { because });
    if (bucket.logging === null || target === undefined) return say('off');
    const isApproved = approvedTargets.length === 0 || isListed(target, approvedTargets);
    if (!isApproved) return say('notApproved', { target });
    const { account, region } = bucket.logTarget;
    const isHere = account === bucket.account && region === bucket.region;
    if (!isHere) return say('elsewhere', { target, account, region });
    const obstacle = whyUndelivered(bucket.logTarget, bucket, bucket.logging);
    return obstacle === null ? say('logged', { target }) : say('undeliverable', { target, obstacle });
  },
});
