import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { type Asff, PRODUCT, STATE_FIELD } from '../formats/asff.ts';

/**
 * A finding that Security Hub holds, archived: its rule or its resource is gone. Our own fields are sent again
 * unchanged, without the fields that belong to the customer or to Security Hub.
 */
export function retired(finding: AwsSecurityFinding, at: string): Asff {
  const { SchemaVersion, Id, ProductArn, GeneratorId, AwsAccountId, CreatedAt, Title } = finding;
  const { Description, Remediation, Resources, Compliance, FindingProviderFields } = finding;
  const next = Math.max(Date.parse(at), Date.parse(finding.UpdatedAt ?? at) + 1);
  const ours = Object.entries(finding.ProductFields ?? {}).filter(([key]) =>
    key.startsWith(`${PRODUCT}/`),
  );
  const { SecurityControlId, RelatedRequirements } = Compliance ?? {};
  const archived = {
    ...{ SchemaVersion, Id, ProductArn, ProductName: PRODUCT, GeneratorId, AwsAccountId },
    ...{ CreatedAt, Title, Description, Remediation, Resources, FindingProviderFields },
    UpdatedAt: new Date(next).toISOString(),
    Compliance: {
      ...{ Status: 'NOT_AVAILABLE', SecurityControlId, RelatedRequirements },
      StatusReasons: [
        { ReasonCode: 'resultVanished', Description: 'AWS Config no longer has this result.' },
      ],
    },
    ProductFields: { ...Object.fromEntries(ours), [STATE_FIELD]: 'NOT_APPLICABLE' },
    RecordState: 'ARCHIVED',
  };
  return archived as unknown as Asff;
}
