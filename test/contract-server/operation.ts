import type { Fault } from './faults.ts';
import type { Pages } from './pages.ts';
import type { State } from './state.ts';
import { type Check, validate } from './validate.ts';

/** What an operation works on; `fault` is one that changes the answer instead of replacing it. */
export interface World {
  readonly state: State;
  readonly pages: Pages;
  readonly fault: Fault | undefined;
}

export type Operation = (input: unknown, world: World) => object;

/** An operation whose handler sees only input that its check let through. */
export const operation =
  <Input extends object>(check: Check, handle: (input: Input, world: World) => object): Operation =>
  (input, world) => {
    validate(check, input);
    return handle(input as Input, world);
  };

/** Entries per page: the limit asked for (0 is the default), never more than the test's own cap. */
export const pageSize = (
  state: State,
  name: string,
  limit: number | undefined,
  standard: number,
): number => Math.min(limit || standard, state.pageSizes[name] ?? Number.POSITIVE_INFINITY);
