import { say } from '../../engine/message.ts';
import { days, flag, type ParamsOf } from '../../engine/parameters.ts';
import type { AccessAnalysis, Analyzer } from '../../facts/access-analysis.ts';
import type { Identity } from '../../records/reading.ts';
import { daysBetween } from '../../values/time.ts';

export const analysisTerms = {
  maximumFindingAgeDays: days(14, 'For how many days a finding may wait for its review.'),
  requireUnusedAccess: flag(false, 'Whether an analyzer of unused access must be active, too.'),
} as const;

const isActive = ({ status }: Analyzer) => status === 'ACTIVE';

/** Does an analyzer watch who gets at the bucket from outside, and has somebody looked at what it found? */
export function judgeAnalysis(
  bucket: Identity & { readonly accessAnalysis: AccessAnalysis; readonly now: string },
  { maximumFindingAgeDays, requireUnusedAccess }: ParamsOf<typeof analysisTerms>,
) {
  const { region, now, accessAnalysis } = bucket;
  const { analyzers, findings } = accessAnalysis;
  const external = analyzers.filter(({ finds }) => finds === 'external');
  const [analyzer] = external.filter(isActive).concat(external);
  if (analyzer === undefined) return say('noAnalyzer', { region });
  const { name, status } = analyzer;
  if (!isActive(analyzer)) return say('inactive', { analyzer: name, region, status });

  for (const finding of findings) {
    const { error } = finding;
    if (error !== null) return say('notAnalysed', { analyzer: finding.analyzer, error }, finding);
  }
  const [oldest] = findings.toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
  const open = oldest && {
    finding: oldest.id,
    analyzer: oldest.analyzer,
    since: oldest.createdAt.slice(0, 10),
    maximumFindingAgeDays,
  };
  if (open && daysBetween(oldest.createdAt, now) > maximumFindingAgeDays) {
    return say('unreviewed', open, oldest);
  }
  const watchesUnused = analyzers.filter(isActive).some(({ finds }) => finds === 'unused');
  if (requireUnusedAccess && !watchesUnused) return say('noUnusedAccess', { region });
  return open ? say('waiting', open, oldest) : say('reviewed', { analyzer: name });
}
