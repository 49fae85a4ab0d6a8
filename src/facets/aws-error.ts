import type { Reading } from '../core/subject.ts';

/** The resource a facet was asked of no longer exists. */
export class SubjectGone extends Error {
  override readonly name = 'SubjectGone';
}

const GONE = new Set(['NoSuchBucket', 'NoSuchAccessPoint']);
const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'AllAccessDisabled']);

/**
 * What an error of an AWS API means for the evidence: the subject is gone, the permission is missing (which trying again
 * will not mend), or else something that may pass, which is thrown on so that Lambda tries again.
 * @param action the IAM action that the call needed, such as s3:GetBucketOwnershipControls.
 */
export function unavailableBecause(error: unknown, action: string): Reading<never> {
  const name = error instanceof Error ? error.name : '';
  if (GONE.has(name)) throw new SubjectGone(name, { cause: error });
  if (DENIED.has(name)) return { unavailable: 'access was denied', action };
  throw error;
}
