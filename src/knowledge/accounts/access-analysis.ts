import { say } from '../../engine/message.ts';
import { days, flag, type ParamsOf } from '../../engine/parameters.ts';
import type { Identity } from '../../engine/subject.ts';
import { daysBetween } from '../../values/time.ts';

/** What IAM Access Analyzer knows of one bucket. */
export interface AccessAnalysis {
  readonly analyzers: readonly Analyzer[];
  /** What active analyzers found on access to the bucket from outside, and nobody archived. */
  readonly findings: readonly AccessFinding[];
}

export interface Analyzer {
  readonly name: string;
  /** Access from outside the account or organization, access within it, or access that nobody uses. */
  readonly finds: 'external' | 'internal' | 'unused';
  /** ACTIVE, CREATING, DISABLED or FAILED; anything else is passed on. */
  readonly status: string;
}

export interface AccessFinding {
  readonly id: string;
  /** Name of the analyzer. */
  readonly analyzer: string;
  /** When it was first found (ISO, UTC). */
  readonly createdAt: string;
  /** Why the bucket could not be analysed; null for a finding proper. */
  readonly error: string | null;
}

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
