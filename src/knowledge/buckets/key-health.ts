import { say } from '../../engine/message.ts';
import { days, flag, type ParamsOf } from '../../engine/parameters.ts';
import { EvidenceUnavailable } from '../../engine/subject.ts';
import type { BucketFacets } from '../../facts/bucket.ts';
import { openUse } from '../../policy/questions/key-policy.ts';
import { trustedSources, trustOf } from '../policies/trust.ts';

/** What makes a key fit to protect data, and who may use it. */
export const keyTerms = {
  ...trustedSources,
  requireRotation: flag(true, 'Whether a key that can be rotated by KMS must be.'),
  maximumRotationDays: days(365, 'Days between two rotations at most.'),
  acceptUnseenPolicy: flag(
    false,
    'Whether a key of another account passes, whose policy cannot be read here.',
  ),
} as const;

/** Is the key of the bucket usable, rotated, and used by nobody but the approved? */
export function judgeKeyHealth(
  { encryptionKey }: Pick<BucketFacets, 'encryptionKey'>,
  params: ParamsOf<typeof keyTerms>,
) {
  if (encryptionKey === null) return say('notKms');
  const { name, key } = encryptionKey;
  if (key === null) return say('gone', { name });
  const { state, rotationDays, account } = key;
  if (state !== 'Enabled') return say('notEnabled', { name, state });
  if (key.isAwsManaged) return say('awsManaged', { name });
  if (params.requireRotation && rotationDays !== 'cannot') {
    const { maximumRotationDays: maximum } = params;
    if (rotationDays === null) return say('notRotated', { name });
    if (rotationDays > maximum) return say('rotatedLate', { name, days: rotationDays, maximum });
  }
  if (key.policy === null) {
    if (params.acceptUnseenPolicy) return say('policyUnseen', { name, account });
    const reason = `the policy of a key can be read in its own account alone, here ${account}`;
    throw new EvidenceUnavailable('encryptionKey', reason);
  }
  const services = { trustedServices: [], trustedCanonicalUsers: [], requireSourceGuard: true };
  const open = openUse(key.policy, key, trustOf({ ...params, ...services }));
  if (open === null) return say('healthy', { name });
  const condition = open.condition === null ? '' : `: ${open.condition} does not stop it`;
  return say('openPolicy', { name, ...open, condition }, open);
}
