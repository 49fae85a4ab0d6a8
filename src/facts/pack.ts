/** The rules as they were built together. */
export interface Pack {
  readonly rules: readonly PackRule[];
}

export interface PackRule {
  readonly id: string;
  /** Ids of the frameworks whose own pack holds it: gdpr, hipaa. The pack of all frameworks holds every rule. */
  readonly frameworks: readonly string[];
  /** The smallest tier that holds it: essential, recommended, strict. */
  readonly tier: string;
  readonly homeRegionOnly: boolean;
  /** Types of the resources it judges when they change. */
  readonly judges: readonly string[];
  /** Types whose records it needs: of its subjects, and of what they depend on. */
  readonly needs: readonly string[];
}

/** A rule of AWS Config that says which of our rules it runs; whether it does, shows in what it invokes, and for what. */
export interface DeployedRule {
  /** Its name in AWS Config. */
  readonly name: string;
  /** Id of the rule that it says it runs. */
  readonly rule: string;
  /** CUSTOM_LAMBDA, CUSTOM_POLICY or AWS. */
  readonly owner: string;
  /** Name of the function that it invokes; null when it invokes none. */
  readonly function: string | null;
  /** The account of that function. */
  readonly functionAccount: string | null;
  /** It judges only resources with one tag, or only one resource, or only before they are deployed. */
  readonly isNarrowed: boolean;
  /** ACTIVE, EVALUATING, DELETING or DELETING_RESULTS; anything else is passed on. */
  readonly state: string;
  /** When it last ran and evaluated without an error (ISO, UTC), the later of the two; null when nothing is known of it. */
  readonly succeededAt: string | null;
  /** The error of the last run; null when it went well, or when nothing is known of it. */
  readonly error: string | null;
}

export interface Recorder {
  readonly name: string;
  readonly isRecording: boolean;
  /** Of the last event it processed, in upper case: SUCCESS, PENDING, FAILURE. */
  readonly status: string;
  readonly error: string | null;
  /** The only types that are recorded; null when it is all but those left out. */
  readonly only: readonly string[] | null;
  readonly leftOut: readonly string[];
  /** Whether a type is recorded once a day, unless it is one of the exceptions. */
  readonly isDaily: boolean;
  readonly exceptions: readonly string[];
}

export interface DeliveryChannel {
  readonly name: string;
  /** What failed the last time. */
  readonly failures: readonly { readonly what: string; readonly error: string }[];
  /** The last delivery that succeeded (ISO, UTC), of history or of a snapshot; null when there was none. */
  readonly deliveredAt: string | null;
}
