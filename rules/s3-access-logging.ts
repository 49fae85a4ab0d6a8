import { asking, defineRule, fail, listFrom, pass, primary, say, skip, supporting } from '../src/engine/rule.ts';
import { attested, dataEvents, loggedInstead } from '../src/knowledge/accounts/data-events-instead.ts';
import { whyUndelivered } from '../src/knowledge/buckets/log-delivery.ts';
import { isListed, receivesAccessLogs } from '../src/knowledge/buckets/log-target.ts';
import { exempt, leftOut, scope } from '../src/knowledge/buckets/scope.ts';
import { APPROVE_OR_SEND_LOGS, DELIVERABLE_TARGET, SEND_LOGS } from '../src/knowledge/cautions.ts';

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
    'Data events of CloudTrail count only where the settings accept and attest them; s3-data-events-logged judges those of the account.',
  ],
  requirements: {
    'gdpr 5(2)': supporting('Access logs show afterwards who accessed personal data.'),
    'gdpr 32(1)(d)': supporting('Access logs record the requests for a regular review.'),
    'gdpr 33(5)': supporting('The facts of a breach can be documented from the log.'),
    'hipaa 164.312(b)': primary('Requests to the bucket are recorded, on a best-effort basis.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('There are records of activity to review.'),
  },
  reads: ['tags', 'logging', 'roles', 'logTarget', 'now'],
  parameters: {
    ...scope,
    ...dataEvents,
    approvedTargets: listFrom('logs.approvedTargets', 'Buckets that may receive logs; any bucket if empty.'),
  },
  messages: {
    logged: pass('Access logs go to {target}.'),
    exempt,
    attested,
    isTarget: skip('The bucket is for access logs ({because}); logging these deliveries would never end.'),
    off: fail('Server access logging is off.', SEND_LOGS),
    itself: fail('Access logs go to the bucket itself, so every log delivery is logged again.', SEND_LOGS),
    notApproved: fail('Access logs go to {target}, which is not an approved target.', APPROVE_OR_SEND_LOGS),
    elsewhere: fail('S3 does not deliver access logs to {target}, which is in {region} of account {account}.', SEND_LOGS),
    undeliverable: fail('S3 does not deliver access logs to {target}, a bucket {obstacle}.', DELIVERABLE_TARGET),
  },
  evaluate({ bucket, params }) {
    const left = leftOut(bucket, params);
    if (left !== null) return say('exempt', { because: left });
    const { approvedTargets } = params;
    const target = asking(bucket, ({ logging }) => logging?.bucket ?? null);
    if (asking(bucket, ({ name }) => name === target)) return say('itself');
    const because = receivesAccessLogs(bucket, approvedTargets);
    if (because !== null) return say('isTarget', { because });
    const instead = loggedInstead(bucket, params);
    if (target === null) return instead ? say('attested', instead) : say('off');
    if (approvedTargets.length > 0 && !isListed(target, approvedTargets)) return say('notApproved', { target });
    const { account, region } = bucket.logTarget;
    if (account !== bucket.account || region !== bucket.region) return say('elsewhere', { target, account, region });
    const obstacle = asking(bucket, (source) => source.logging && whyUndelivered(source.logTarget, source, source.logging));
    return obstacle === null ? say('logged', { target }) : say('undeliverable', { target, obstacle });
  },
});
