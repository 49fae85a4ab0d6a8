import { policyFrom } from './policy.ts';
import { asked, orNull } from './service-facet.ts';

/** Not in the configuration item of an access point. One without a policy grants nothing by itself (S3 API reference, GetAccessPointPolicy). */
export const accessPointPolicy = asked(
  ['GetAccessPointPolicy'],
  async (ask, { resourceName: Name, account: AccountId }) => {
    const answer = await orNull(
      ask('GetAccessPointPolicy', { AccountId, Name }),
      'NoSuchAccessPointPolicy',
    );
    return answer === null ? null : policyFrom(answer.Policy, 'Policy');
  },
);
