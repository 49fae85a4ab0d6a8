import type { AccessAnalysis, AccessFinding, Analyzer } from '../../../facts/access-analysis.ts';
import { list, object, oneOf, optionalText, text, time } from '../../../values/json.ts';
import { asked } from '../../asked.ts';

/** Types of analyzers (IAM Access Analyzer API reference, AnalyzerSummary) by what they find. */
const FINDS: Readonly<Record<string, Analyzer['finds']>> = {
  ACCOUNT: 'external',
  ORGANIZATION: 'external',
  ACCOUNT_INTERNAL_ACCESS: 'internal',
  ORGANIZATION_INTERNAL_ACCESS: 'internal',
  ACCOUNT_UNUSED_ACCESS: 'unused',
  ORGANIZATION_UNUSED_ACCESS: 'unused',
};

/**
 * An analyzer sees only the resources of its Region (IAM User Guide, "Getting started with IAM Access Analyzer"). The findings
 * of all buckets of an account are asked for together, so that a population of them costs one question for each analyzer. What
 * is answered is the same for all; and an analyzer takes its time, so that just after a change it has nothing new to say.
 */
export const accessAnalysis = asked<AccessAnalysis, 'ListAnalyzers' | 'ListFindingsV2'>(
  ['ListAnalyzers', 'ListFindingsV2'],
  async (ask, { arn, account }) => {
    const analyzers = list((await ask('ListAnalyzers', {})).analyzers, 'analyzers').map(analyzerOf);
    const watching = analyzers.filter(
      ({ finds, status }) => finds === 'external' && status === 'ACTIVE',
    );
    const findings = await Promise.all(
      watching.map(async ({ name, arn: analyzerArn }) => {
        const answer = await ask('ListFindingsV2', { analyzerArn, filter: filterOf(account) });
        return list(answer.findings, 'findings').flatMap((finding) =>
          findingOn(arn, object(finding, 'finding'), name),
        );
      }),
    );
    return {
      analyzers: analyzers.map(({ name, finds, status }) => ({ name, finds, status })),
      findings: findings.flat(),
    };
  },
  { isShared: true },
);

/** IAM User Guide, "IAM Access Analyzer filter keys". */
const filterOf = (account: string) => ({
  resourceType: { eq: ['AWS::S3::Bucket'] },
  resourceOwnerAccount: { eq: [account] },
  status: { eq: ['ACTIVE'] },
});

/** A type that is not known yet finds something else than what is known. */
function analyzerOf(value: unknown): Analyzer & { readonly arn: string } {
  const analyzer = object(value, 'analyzer');
  const type = text(analyzer['type'], 'type of an analyzer');
  return {
    name: text(analyzer['name'], 'name of an analyzer'),
    arn: text(analyzer['arn'], 'arn of an analyzer'),
    finds: (Object.hasOwn(FINDS, type) ? FINDS[type] : undefined) ?? 'internal',
    status: text(analyzer['status'], 'status of an analyzer'),
  };
}

/** IAM Access Analyzer API reference, FindingSummaryV2. */
const STATUSES = ['ACTIVE', 'ARCHIVED', 'RESOLVED'] as const;

/** The filter is applied by the service; that of the bucket, and of the kind of finding, here. */
function findingOn(
  bucket: string,
  finding: Readonly<Record<string, unknown>>,
  analyzer: string,
): AccessFinding[] {
  const kind = optionalText(finding['findingType'], 'findingType');
  const resource = text(finding['resource'], 'resource of a finding');
  const status = oneOf(finding['status'], STATUSES, 'status of a finding');
  const isMeant = resource === bucket && (kind === null || kind === 'ExternalAccess');
  if (!isMeant || status !== 'ACTIVE') return [];
  return [
    {
      id: text(finding['id'], 'id of a finding'),
      analyzer,
      createdAt: time(finding['createdAt'], 'createdAt of a finding'),
      error: optionalText(finding['error'], 'error of a finding'),
    },
  ];
}
