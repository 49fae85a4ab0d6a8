import { createHandler } from './handler.ts';
import { world } from './running-world.ts';

/** The entry point of the function recorded. */
export const handler = createHandler(world);
