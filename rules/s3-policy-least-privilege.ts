import { defineRule, fail, flag, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { CALLERS_LOSE_ACCESS } from '../src/knowledge/cautions.ts';
import { excessOf } from '../src/knowledge/policies/excess.ts';
import { publicStatements } from '../src/policy/questions/public.ts';
import { arnIn } from '../src/policy/requests/worlds.ts';

/** Each way to grant more than is named has another word to replace. */
const replace = (fix: string) => ({ fix, caution: CALLERS_LOSE_ACCESS });

export default defineRule({
  id: 's3-policy-least-privilege',
  areas: ['policies'],
  severity: 'medium',
  title: 'S3 bucket policies name whom they grant what, without broad wildcards or NotPrincipal',
  rationale:
    'A wildcard also grants actions that no one thought of, or that S3 adds later. For example, s3:* granted for reading also allows ' +
    'changing the policy.',
  limits: [
    'The statements are judged as written, for principals of the own account as well, whatever their conditions and the denials next ' +
      'to them.',
    'Principal "*" is accepted with a condition that names who may come, as Amazon S3 means it ("The meaning of public").',
    'Reading every object is accepted, and so are replication to every object, AbortMultipartUpload and RestoreObject.',
    'A pattern of keys without a beginning or a word, such as *.* or ?*, counts as every object.',
    'Whether a grant is used, and what identity policies grant, is not visible.',
    'AWS services may write to the whole bucket. On whose behalf is judged by s3-service-principals-guarded.',
  ],
  requirements: {
    'gdpr 25(2)': supporting('The policy lists the actions that it grants.'),
    'gdpr 5(1)(c)': supporting('The policy limits access to named actions and objects.'),
    'gdpr 32(4)': supporting('The policy says which actions its grantees may perform.'),
    'hipaa 164.312(a)(1)': primary('Rights to change data are granted action by action.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('The actions that were authorized can be read from the policy.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('The rights to be reviewed are spelled out in the policy.'),
    'hipaa 164.502(b)(1)': supporting('Uses are limited to the actions and objects that the policy names.'),
  },
  reads: ['policy'],
  parameters: {
    allowReadWildcards: flag(true, 'Whether wildcards such as s3:Get* and s3:List* may be granted.'),
    allowWholeBucketWrites: flag(false, 'Whether writing to every object of a bucket may be granted.'),
  },
  messages: {
    noPolicy: pass('The bucket has no policy, so no statement grants too much.', { only: [] }),
    named: pass('No statement of a bucket policy grants more than it names.'),
    unreadable: fail(
      'Statement {sid} has {what} that cannot be read.',
      replace('Write Action and Resource as a string or a list of strings.'),
    ),
    notPrincipal: fail('Statement {sid} grants access to everyone except {what}.', replace('Name principals instead of NotPrincipal.')),
    notAction: fail('Statement {sid} grants every action except {what}.', replace('List actions instead of NotAction.')),
    notResource: fail('Statement {sid} grants access to everything except {what}.', replace('List objects instead of NotResource.')),
    everyone: fail('Statement {sid} does not name who is granted access: {why}.', {
      fix: 'Name accounts, users or roles in Principal, or require aws:PrincipalOrgID with StringEquals.',
      caution: 'Sites and clients that read the bucket without credentials stop working.',
    }),
    wildcardAction: fail(
      'Statement {sid} grants {what}, a wildcard that includes actions it does not list.',
      replace('List the actions that are used.'),
    ),
    wholeBucketWrite: fail(
      'Statement {sid} grants {what} on every object of the bucket.',
      replace('Name a prefix in Resource, such as arn:aws:s3:::bucket/prefix/*.'),
    ),
  },
  evaluate({ bucket, params }) {
    const { policy } = bucket;
    const allowance = { readWildcards: params.allowReadWildcards, wholeBucketWrites: params.allowWholeBucketWrites };
    const grants = policy?.statements.filter(({ effect }) => effect === 'Allow') ?? [];
    const [excess] = grants.flatMap((allow) => excessOf(allow, arnIn(bucket), allowance) ?? []);
    if (excess) return say(excess.kind, excess, excess);
    if (policy === null) return say('noPolicy');
    const [open] = publicStatements(policy, bucket);
    return open ? say('everyone', open, open) : say('named');
  },
});
