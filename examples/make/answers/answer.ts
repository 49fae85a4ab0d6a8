import type { InputOf, OperationName, OutputOf } from '../../../src/services/operations.ts';
import { GLOBAL_REGION } from '../../../src/values/region.ts';
import type { AccountName, Place, Region } from '../accounts.ts';
import type { Shape } from '../items.ts';

/** Times stand in a file as text, as the AWS CLI prints them. */
export type Printed<T> = T extends Date
  ? string
  : T extends Uint8Array
    ? string
    : T extends readonly (infer E)[]
      ? readonly Printed<E>[]
      : T extends object
        ? { readonly [K in keyof T]: Printed<T[K]> }
        : T;

/** What a service said to a question: its answer, or the code of an error. */
export type Answer = object;

/** An account and Region of the example, with what is in it. */
export interface Corner {
  readonly name: AccountName;
  readonly account: string;
  readonly region: Region;
  readonly buckets: readonly (readonly [Place, Shape])[];
}

type At = { readonly account: string; readonly region: string };

export const answer = <O extends OperationName>(
  { account, region }: At,
  operation: O,
  input: InputOf<O>,
  output: Printed<OutputOf<O>>,
): Answer => ({ account, region, operation, input, output });

export const refusal = <O extends OperationName>(
  { account, region }: At,
  operation: O,
  input: InputOf<O>,
  error: string,
): Answer => ({ account, region, operation, input, error });

/** Where the questions to IAM are put. */
export const globally = ({ account }: At): At => ({ account, region: GLOBAL_REGION });

/** The buckets that are still there to be asked about. */
export const present = ({ buckets }: Corner) =>
  buckets.filter(([, { status = 'OK' }]) => ['OK', 'ResourceDiscovered'].includes(status));
