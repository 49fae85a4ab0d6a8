import { say } from '../../engine/message.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import { publicStatements } from '../../policy/questions/public.ts';
import type { Identity } from '../../records/reading.ts';
import { publicGrants } from './acl.ts';
import { together } from './block-public-access.ts';

type Bucket = Identity &
  Pick<BucketFacets, 'policy' | 'acl' | 'publicAccessBlock' | 'accountPublicAccessBlock'>;

/** Is the bucket open to the public by its policy or its ACL, or kept from it by Block Public Access alone? */
export function judgePublicAccess(
  bucket: Bucket,
  { latentPublicFails }: { readonly latentPublicFails: boolean },
) {
  const [statement] = bucket.policy === null ? [] : publicStatements(bucket.policy, bucket);
  const [grant] = publicGrants(bucket.acl);
  if (!statement && !grant) return say('notPublic');
  // The other two flags refuse new policies and ACLs and leave the present ones alone.
  const flags = together(bucket.publicAccessBlock, bucket.accountPublicAccessBlock);
  if (statement && !flags.restrictPublicBuckets) return say('publicPolicy', statement, statement);
  if (grant && !flags.ignorePublicAcls) return say('publicAcl', grant, grant);
  const what = statement
    ? `statement ${statement.sid} is public, ${statement.why}`
    : `the ACL grants ${grant?.permission} to ${grant?.group}`;
  return say(latentPublicFails ? 'latent' : 'blocked', { what }, statement ?? grant);
}
