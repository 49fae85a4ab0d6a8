/** What the role of the publisher must be allowed besides its logs and its queue (Service Authorization Reference). */
export interface Permission {
  readonly actions: readonly string[];
  /** ARNs with ${AWS::Partition}, ${AWS::Region} and ${AWS::AccountId} to fill in, or *. */
  readonly resource: string;
}

const securityHub = (resource: string) =>
  `arn:\${AWS::Partition}:securityhub:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

export const publisherPermissions: readonly Permission[] = [
  {
    actions: ['securityhub:BatchImportFindings'],
    resource: securityHub(`product/\${AWS::AccountId}/default`),
  },
  {
    actions: ['securityhub:BatchUpdateFindings', 'securityhub:GetFindings'],
    resource: securityHub('hub/default'),
  },
  {
    actions: [
      'config:BatchGetResourceConfig',
      'config:DescribeConfigRules',
      'config:GetComplianceDetailsByResource',
    ],
    resource: '*',
  },
  {
    actions: ['config:GetComplianceDetailsByConfigRule'],
    resource: `arn:\${AWS::Partition}:config:\${AWS::Region}:\${AWS::AccountId}:config-rule/*`,
  },
];

/**
 * The fields of analysts, which the publisher does not change. A Deny of securityhub:BatchUpdateFindings for each of them,
 * where `Null: { 'securityhub:ASFFSyntaxPath/<field>': 'false' }`, makes sure of it (Security Hub User Guide, "Configuring
 * access to BatchUpdateFindings").
 */
export const fieldsOfAnalysts: readonly string[] = [
  'Confidence',
  'Criticality',
  'RelatedFindings.Id',
  'RelatedFindings.ProductArn',
  'Severity.Label',
  'Severity.Normalized',
  'Severity.Product',
  'Types',
  'UserDefinedFields',
  'VerificationState',
];
