import type { DeliveryChannel, DeployedRule, Pack, Recorder } from '../facts/pack.ts';
import type { Terms } from '../knowledge/accounts/pack-health.ts';
import type { Reading } from '../records/reading.ts';
import type { Role } from '../services/role.ts';
import type { Deployment } from '../settings-file/deployment/deployment.ts';
import type { StackInstance } from './reach/coverage.ts';

/** What is known before anything is asked. */
export interface Plan {
  readonly deployment: Deployment;
  readonly pack: Pack;
  /** What the recorder must do: as config-recorder-health requires with the pack of the deployment. */
  readonly terms: Terms;
  /** The role in each account; without it only the account of the caller is examined. */
  readonly role: Role | undefined;
}

export interface Account {
  readonly id: string;
  /** ACTIVE, SUSPENDED, PENDING_CLOSURE …; as AWS Organizations says it. */
  readonly state: string;
}

export interface OrganizationFacts {
  readonly organization: Reading<{
    readonly id: string;
    readonly managementAccount: string;
    /** ALL or CONSOLIDATED_BILLING. */
    readonly features: string;
  }>;
  readonly units: readonly UnitFacts[];
  /** Service principals with trusted access. */
  readonly trusted: Reading<readonly string[]>;
  /** Accounts that administer by delegation, for each service principal. */
  readonly delegated: readonly {
    readonly principal: string;
    readonly accounts: Reading<readonly string[]>;
  }[];
}

export interface UnitFacts {
  readonly unit: string;
  readonly exists: Reading<boolean>;
  /** Accounts in it and in all units below it. */
  readonly accounts: Reading<readonly Account[]>;
}

/** What the pack is called in each account and Region. */
export const PACK = 's3-config-rules';

/** One account in one Region. */
export interface PlaceFacts {
  readonly account: string;
  readonly region: string;
  readonly recorder: Reading<Recorder | null>;
  readonly channel: Reading<DeliveryChannel | null>;
  /** What AWS Config delivers, and where to; undefined unless the central account judges from it. */
  readonly deliveries?: Reading<Deliveries | null>;
  /** Whether Security Hub is enabled; undefined if it is not needed. */
  readonly hub: Reading<boolean> | undefined;
  /** Names of the rules of AWS Config. */
  readonly rules: Reading<readonly string[]>;
  readonly packs: Reading<readonly string[]>;
  /** null where the pack is not there yet. */
  readonly deployed: DeployedFacts | null;
  readonly concurrency: Reading<{
    readonly limit: number;
    /** What no function has reserved. */
    readonly unreserved: number;
  }>;
}

/** A delivery channel, as far as the central account depends on it. */
export interface Deliveries {
  readonly channel: string;
  readonly bucket: string | null;
  readonly prefix: string | null;
  /** How often snapshots are sent; null: never. */
  readonly frequency: string | null;
}

export interface DeployedFacts {
  readonly rules: Reading<readonly DeployedRule[]>;
  readonly functions: Reading<readonly FunctionFacts[]>;
}

export interface FunctionFacts {
  readonly name: string;
  /** SHA-256 of its ZIP file, as Lambda says it. */
  readonly code: string;
  /** The description, which names version and content. */
  readonly release: string;
}

/** What stands ready in the central account. */
export interface CentralFacts {
  /** The HTTP status with which S3 answers for the bucket of AWS Config; undefined unless it is read from. */
  readonly deliveryBucket?: Reading<{ readonly status: number }>;
  /** The public half of the key that signs cookies, as KMS has it; undefined unless the dashboard is shown in CloudFront. */
  readonly siteKey?: Reading<{
    readonly usage: string;
    /** SubjectPublicKeyInfo in DER. */
    readonly publicKey: Uint8Array;
  }>;
  /** Of the stack sets, by the name of each. */
  readonly instances: Reading<readonly StackInstance[]>;
  readonly bootstrap: Reading<{
    readonly status: string;
    /** undefined if the stack does not report one. */
    readonly version: number | undefined;
  } | null>;
  readonly buckets: readonly {
    readonly bucket: string;
    readonly region: string;
    readonly found: Reading<'own' | 'of another account' | 'in another Region' | 'missing'>;
  }[];
}

/** An account whose inside was not looked at, and why. */
export interface NotExamined {
  readonly account: string;
  readonly reason: string;
  readonly action?: string;
  /** Whether a role was given, and could not be assumed. */
  readonly isRefused: boolean;
}

/**
 * Who must administer by delegation, and be trusted, so that stack sets and the aggregator reach the accounts: CloudFormation
 * User Guide, "Register a delegated administrator", and AWS Config Developer Guide, "Register a Delegated Administrator".
 */
export const PRINCIPALS: Readonly<Record<'stackSets' | 'config', string>> = {
  stackSets: 'member.org.stacksets.cloudformation.amazonaws.com',
  config: 'config.amazonaws.com',
};
