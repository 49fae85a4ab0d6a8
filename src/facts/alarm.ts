import type { Reading } from '../records/reading.ts';
import type { EventRule, Receiver } from './receiver.ts';

/** A metric alarm of CloudWatch. Alarms on logs are not read. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly actionsEnabled: boolean;
  /** What is told when it goes to ALARM. */
  readonly receivers: readonly Receiver[];
  /** The metrics it looks at: one, or those that an expression combines. */
  readonly metrics: readonly WatchedMetric[];
  /** An expression of metric math decides, such as a rate or a band of what is normal. */
  readonly usesMath: boolean;
  /** As CloudWatch spells it, such as GreaterThanOrEqualToThreshold. */
  readonly comparison: string;
  /** null when the threshold is not a fixed number. */
  readonly threshold: number | null;
  /** How many periods must breach before it sounds. */
  readonly datapointsToAlarm: number;
  /** missing, ignore, breaching or notBreaching. */
  readonly treatMissingData: string;
  /** What else may tell of it; none where its own actions are sure to tell someone. */
  readonly others: Reading<OtherWays>;
}

/** What in the Region of an alarm may tell of it, besides its own actions. */
export interface OtherWays {
  readonly composites: readonly CompositeAlarm[];
  /** The rules on the default bus, which gets every change of state of an alarm. */
  readonly rules: readonly EventRule[];
}

/** An alarm on the states of other alarms. */
export interface CompositeAlarm {
  readonly name: string;
  readonly arn: string;
  /** The expression on the states of others: ALARM(errors) OR ALARM("arn:aws:cloudwatch:…"). */
  readonly rule: string;
  readonly actionsEnabled: boolean;
  /** Whether another alarm may keep its actions from running. */
  readonly isSuppressible: boolean;
  readonly receivers: readonly Receiver[];
}

export interface WatchedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: ReadonlyMap<string, string>;
  /** Sum, SampleCount, Average, Minimum, Maximum, or another as CloudWatch spells it. */
  readonly statistic: string;
  readonly periodSeconds: number;
  /** null when every unit counts. */
  readonly unit: string | null;
}

/** A filter on a log group that counts events into a metric. */
export interface MetricFilter {
  readonly name: string;
  readonly pattern: string;
  readonly metric: { readonly namespace: string; readonly name: string; readonly unit: string };
  /** What each match adds; null when it is taken from the event. */
  readonly value: number | null;
  /** What is published while nothing matches; null when nothing is. */
  readonly defaultValue: number | null;
  /** Matches are spread over dimensions, so that no one metric counts them all. */
  readonly hasDimensions: boolean;
  /** It looks at a choice of the events, or at events that were transformed. */
  readonly isNarrowed: boolean;
  /** The alarms on its metric. */
  readonly alarms: readonly Alarm[];
}
