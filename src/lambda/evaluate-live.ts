import { createHandler } from './handler.ts';
import { lookAfter } from './judging/reevaluation.ts';
import { world } from './running-world.ts';

/** The entry point of the function live. Once a day it also has AWS Config evaluate again what no clock evaluates. */
export const handler = createHandler({
  ...world,
  afterwards: (invocation) => lookAfter(world, invocation),
});
