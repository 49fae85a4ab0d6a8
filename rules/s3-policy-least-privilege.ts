import { defineRule, fail, flag, pass, primary, supporting } from '../src/engine/rule.ts';
import { judgeExcess } from '../src/knowledge/policies/excess.ts';

const FIX = `List the actions that are used instead of a wildcard, name principals instead of excepting some, and grant writing below a prefix instead of on the whole bucket.`;

export default defineRule({
  id: 's3-policy-least-privilege',
  areas: ['policies'],
  severity: 'medium',
  title: 'S3 bucket policies grant named actions to named principals on named objects',
  rationale: `A wildcard grants what nobody thought of, and what S3 adds later; one that was convenient for reading also lets the policy be changed.`,
  limits: [
    `Judges what the statements say, for principals of the own account as well, whatever their conditions and the denials beside them. Whether a grant is used, and what identity policies grant, is not seen. AWS services may write to the whole bucket: for whom is judged by s3-service-principals-guarded.`,
  ],
  requirements: {
    'gdpr 25(2)': supporting('Nothing is accessible that was not meant to be.'),
    'gdpr 5(1)(c)': supporting('Access is limited to what the purpose needs.'),
    'gdpr 32(4)': supporting('A grant says what its holder is instructed to do.'),
    'hipaa 164.312(a)(1)': primary('Rights are granted action by action.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('What was authorized can be read from the policy.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('A right can be reviewed where it is spelled out.'),
    'hipaa 164.502(b)(1)': supporting('Uses are limited to the actions and objects named.'),
  },
  reads: ['policy'],
  parameters: {
    allowReadWildcards: flag(true, 'Whether wildcards such as s3:Get* and s3:List* may be granted.'),
    allowWholeBucketWrites: flag(false, 'Whether writing every object of a bucket may be granted.'),
  },
  messages: {
    named: pass('The policy grants nothing that it does not name.'),
    unreadable: fail('Statement {sid} has {what} that cannot be read.', { fix: FIX }),
    notPrincipal: fail('Statement {sid} grants to everyone but {what}.', { fix: FIX }),
    notAction: fail('Statement {sid} grants every action but {what}.', { fix: FIX }),
    notResource: fail('Statement {sid} grants on everything but {what}.', { fix: FIX }),
    wildcardAction: fail('Statement {sid} grants {what}, with actions that it does not name.', { fix: FIX }),
    wholeBucketWrite: fail('Statement {sid} grants {what} on every object of the bucket.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeExcess(bucket.policy, bucket.arn, params),
});
