import type { Finding } from '../engine/finding.ts';

/** How a finding that is open stands to the baseline: `changed` says something else of the same rule and resource. */
export type BaselineState = 'new' | 'changed' | 'known';

/** A finding with what only outputs need: names of places, and what was open before. */
export interface Reported extends Finding {
  /** As the settings name the account. */
  readonly accountName?: string;
  /** The organizational units that the account is in, from the root down, by name where the settings have one. */
  readonly units?: readonly string[];
  /** Only with a baseline, and only of what is open: FAIL and UNKNOWN. */
  readonly baseline?: BaselineState;
}
