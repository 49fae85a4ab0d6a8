import type { Policy } from '../policy/document.ts';
import { unavailableBecause } from './aws-error.ts';
import type { ServiceFacet } from './facet.ts';
import { reading } from './facet.ts';
import { policyFrom } from './policy.ts';

const ACTION = 's3:GetAccessPointPolicy';

/** Not in the configuration item of an access point. One without a policy grants nothing by itself (S3 API reference, GetAccessPointPolicy). */
export const accessPointPolicy: ServiceFacet<Policy | null> = {
  from: 'service',
  permissions: [ACTION],
  async read(clients, subject) {
    // Loaded when it is needed: the command line starts without the SDK.
    const { GetAccessPointPolicyCommand } = await import('@aws-sdk/client-s3-control');
    const command = new GetAccessPointPolicyCommand({
      AccountId: subject.account,
      Name: subject.name,
    });
    try {
      const { Policy: text } = await clients.s3Control(subject.region).send(command);
      return reading(() => policyFrom(text, 'Policy'));
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchAccessPointPolicy')
        return { value: null };
      return unavailableBecause(error, ACTION);
    }
  },
};
