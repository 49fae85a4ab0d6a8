import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { problemsOf } from './published-model.ts';

/** Required by the format though not by the API model (User Guide, "Required top-level ASFF attributes"). */
export function problemsOfFinding(
  { account, region }: { readonly account: string; readonly region: string },
  finding: AwsSecurityFinding,
): readonly string[] {
  const partition = region.startsWith('cn-')
    ? 'aws-cn'
    : region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  const product = `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;
  const severity = finding.FindingProviderFields?.Severity ?? finding.Severity;
  const types = finding.FindingProviderFields?.Types ?? finding.Types ?? [];
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;
  const namespace =
    /^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(\/[^/]+){0,2}$/;
  const size = Buffer.byteLength(JSON.stringify(finding));
  const rules: readonly [boolean, string][] = [
    [finding.SchemaVersion === '2018-10-08', 'SchemaVersion is not 2018-10-08'],
    [finding.AwsAccountId === account, 'AwsAccountId is not the caller'],
    [finding.ProductArn === product, 'ProductArn is not the default product of the caller'],
    [severity?.Label !== undefined, 'Severity has no Label'],
    [(severity?.Original ?? '').length <= 64, 'Severity.Original has more than 64 characters'],
    [types.length > 0 && types.length <= 50, 'Types has none or more than 50 entries'],
    [types.every((type) => namespace.test(type)), 'Types has one outside of the taxonomy'],
    [instant.test(finding.CreatedAt ?? ''), 'CreatedAt is no time'],
    [instant.test(finding.UpdatedAt ?? ''), 'UpdatedAt is no time'],
    [(finding.CreatedAt ?? '') <= (finding.UpdatedAt ?? ''), 'CreatedAt is after UpdatedAt'],
    [(finding.Resources?.length ?? 0) >= 1, 'Resources is empty'],
    [size <= 240_000, 'the finding is larger than 240 KB'],
  ];
  const broken = rules.filter(([holds]) => !holds).map(([, sentence]) => sentence);
  return [...problemsOf('AwsSecurityFinding', finding), ...broken];
}
