import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { Rule } from '../engine/rule.ts';
import type { Pack } from '../facts/pack.ts';
import type { Services } from '../services/services.ts';
import type { ParameterValues } from '../settings/entry.ts';
import type { Settings } from '../settings/settings.ts';
import type { Wait } from '../sources/config-api/recorded-items.ts';
import type { Remembered } from '../sources/config-api/remembered.ts';
import type { Invocation } from './invocation.ts';

/** Says what is wrong with the parameters of a rule, one sentence each; empty when they are valid. */
export type Validate = (rule: Rule, values: ParameterValues) => readonly string[];

/** Everything external that the handler uses. */
export interface World {
  readonly rules: readonly Rule[];
  /** All rules that are deployed, those of the other function too. */
  readonly pack: Pack;
  readonly settings: Settings;
  readonly validate: Validate;
  readonly config: ConfigServiceClient;
  readonly services: Services;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  readonly now: () => Date;
  readonly wait: Wait;
  /** What AWS Config answered a moment ago. */
  readonly remembered?: Remembered;
  /** What is to be done once a rule was judged in a run by the clock. */
  readonly afterwards?: (invocation: Invocation, hasTime: () => boolean) => Promise<void>;
}
