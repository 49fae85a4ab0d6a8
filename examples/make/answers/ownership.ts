import { type Answer, answer, type Corner, present, refusal } from './answer.ts';

/** Its policy denies the function what it asks for, as a policy meant for an intruder sometimes does. */
const CLOSED = 'examplehealth-notebooks-eu';

/** S3 has switched ACLs off for new buckets since April 2023; those that use one, or were made by hand before, have them on. */
export function ownershipAnswers(corner: Corner): readonly Answer[] {
  return present(corner).map(([{ name, account }, { grants, created }]) => {
    const input = { Bucket: name, ExpectedBucketOwner: account };
    const operation = 'GetBucketOwnershipControls';
    if (name === CLOSED) return refusal(corner, operation, input, 'AccessDenied');
    if (created !== undefined) {
      return refusal(corner, operation, input, 'OwnershipControlsNotFoundError');
    }
    const ObjectOwnership = grants.length > 0 ? 'BucketOwnerPreferred' : 'BucketOwnerEnforced';
    return answer(corner, operation, input, {
      OwnershipControls: { Rules: [{ ObjectOwnership }] },
    });
  });
}
