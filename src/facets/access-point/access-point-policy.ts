import { object, optionalText } from '../../values/json.ts';
import { asked, orNull } from '../asked.ts';
import { policyFrom } from '../bucket/recorded/policy.ts';
import { MULTI_REGION } from './access-point-settings.ts';

/** Every request about the policy of a Multi-Region Access Point goes there (S3 API reference, GetMultiRegionAccessPointPolicy). */
const OREGON = 'us-west-2';

/**
 * Not in the configuration item of an access point. One without a policy grants nothing by itself (S3 API reference,
 * GetAccessPointPolicy). Of a Multi-Region Access Point it is the policy that is established in all Regions.
 */
export const accessPointPolicy = asked(
  ['GetAccessPointPolicy', 'GetMultiRegionAccessPointPolicy'],
  async (ask, { resourceType, resourceName: Name, account: AccountId }) => {
    const question = { AccountId, Name };
    if (resourceType !== MULTI_REGION) {
      const answer = await orNull(ask('GetAccessPointPolicy', question), 'NoSuchAccessPointPolicy');
      return answer === null ? null : policyFrom(answer.Policy, 'Policy');
    }
    const answer = await orNull(
      ask('GetMultiRegionAccessPointPolicy', question, OREGON),
      'NoSuchMultiRegionAccessPointPolicy',
    );
    const established = object(answer?.Policy?.Established ?? {}, 'Policy.Established');
    const written = optionalText(established['Policy'], 'Policy.Established.Policy');
    return written === null ? null : policyFrom(written, 'Policy.Established.Policy');
  },
);
