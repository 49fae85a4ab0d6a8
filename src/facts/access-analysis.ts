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
