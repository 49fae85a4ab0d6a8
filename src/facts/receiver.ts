import type { Policy } from '../policy/language/document.ts';
import type { Reading } from '../records/reading.ts';

/** What an alarm or a rule of EventBridge hands its news to. */
export interface Receiver {
  readonly arn: string;
  /** Of a topic: has it a confirmed subscription, or is it another account's, which nobody here may ask? null for all else. */
  readonly subscribers: 'some' | 'none' | 'unseen' | null;
  /** Of a topic of the account: who may publish to it. null for all else, for one that is gone, and if no one asked. */
  readonly topic: Reading<Topic> | null;
}

/** A topic of SNS, as far as it decides who can publish to it. */
export interface Topic {
  readonly policy: Policy;
  /** The key that encrypts its messages; null when none of KMS does. */
  readonly key: TopicKey | null;
}

export interface TopicKey {
  readonly name: string;
  /** One that AWS made for SNS, whose policy lets in no other service. */
  readonly isAwsManaged: boolean;
  /** Enabled, Disabled and so on, as KMS calls it; null when KMS has no such key. */
  readonly state: string | null;
  /** null when it belongs to another account, the only place where it can be read. */
  readonly policy: Policy | null;
}

/** A rule of EventBridge that is not disabled and has an event pattern. */
export interface EventRule {
  readonly name: string;
  readonly arn: string;
  readonly pattern: string;
  /** Does it see events of management that only read? */
  readonly seesReads: boolean;
  readonly targets: readonly Receiver[];
}
