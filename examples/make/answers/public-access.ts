import { BLOCKED } from '../other-items.ts';
import { type Answer, answer, type Corner, refusal } from './answer.ts';

/** The four flags of the account; the sandbox never set any. */
export function publicAccessAnswers(corner: Corner): readonly Answer[] {
  const input = { AccountId: corner.account };
  const blocked = BLOCKED[corner.name];
  if (blocked === 'never') {
    const code = 'NoSuchPublicAccessBlockConfiguration';
    return [refusal(corner, 'GetPublicAccessBlock', input, code)];
  }
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: blocked === 'all',
    RestrictPublicBuckets: blocked === 'all',
  };
  return [answer(corner, 'GetPublicAccessBlock', input, { PublicAccessBlockConfiguration })];
}
