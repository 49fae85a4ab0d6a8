import type { Rule, Severity } from '../engine/rule.ts';
import type { OnChange, Tier } from '../engine/tier.ts';
import type { PriceId } from './cost-prices.ts';

/** Where the pack runs, alike in each account and Region. */
export interface Fleet {
  readonly accounts: number;
  readonly regions: number;
  /** In each account and Region. */
  readonly buckets: number;
}

/** What a deployment may choose, as far as it costs something. */
export interface Choices {
  readonly tier: Tier;
  readonly onChange: OnChange;
  readonly awsManagedRules: boolean;
  readonly securityHub: boolean;
  readonly history: boolean;
  readonly alarms: boolean;
  /** Whether the recorder records AWS::Config::ResourceCompliance, as one of all types does. It is no choice of deployment.yaml. */
  readonly complianceHistory: boolean;
  /** Where rules are judged. */
  readonly rules: 'members' | 'central' | 'both';
  /** Whether the dashboard is shown in CloudFront. */
  readonly site: boolean;
}

/** The defaults of deployment.yaml, with a history, before a recorder of all types. */
export const DEFAULT: Choices = {
  ...{ tier: 'strict', onChange: 'high', awsManagedRules: false },
  ...{ securityHub: true, history: true, alarms: false, rules: 'members', site: false },
  complianceHistory: true,
};

/** What of a rule costs something. */
export type Costly = Pick<Rule, 'subject' | 'reads' | 'everyRegion' | 'tier' | 'requirements'> & {
  readonly severity: Severity;
};

/** One line of the bill, for all accounts and Regions together. */
export interface Item {
  readonly what: string;
  readonly price: PriceId;
  readonly quantity: number;
  readonly dollars: number;
}
