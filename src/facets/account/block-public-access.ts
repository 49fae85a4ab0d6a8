import type { PublicAccessBlock } from '../../facts/bucket-settings.ts';
import { answeredFlag, object } from '../../values/json.ts';
import { asked, orNull } from '../asked.ts';
import { flagsOf } from '../bucket/recorded/public-access-block.ts';

/**
 * Asked of S3 Control, since AWS Config records nothing of an account that never set it (S3 API reference,
 * GetPublicAccessBlock of S3 Control).
 */
export const blockPublicAccess = asked<PublicAccessBlock | null, 'GetPublicAccessBlock'>(
  ['GetPublicAccessBlock'],
  async (ask, { account: AccountId }) => {
    const answer = await orNull(
      ask('GetPublicAccessBlock', { AccountId }),
      'NoSuchPublicAccessBlockConfiguration',
    );
    if (answer === null) return null;
    const at = 'PublicAccessBlockConfiguration';
    return flagsOf(object(answer.PublicAccessBlockConfiguration, at), at, answeredFlag);
  },
  // At once only in the Region in which it was changed, and later in the others (AWS Config Developer Guide,
  // "s3-account-level-public-access-blocks").
  { changesWith: ['AWS::S3::AccountPublicAccessBlock'] },
);
