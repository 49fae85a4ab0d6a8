/** A metric alarm of CloudWatch. Composite alarms and alarms on logs are not read. */
export interface Alarm {
  readonly name: string;
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

/** What an alarm or a rule of EventBridge hands its news to. */
export interface Receiver {
  readonly arn: string;
  /** Of a topic: has it a confirmed subscription, or is it another account's, which nobody here may ask? null for all else. */
  readonly subscribers: 'some' | 'none' | 'unseen' | null;
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
