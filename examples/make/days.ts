import { DELIVERED } from './accounts.ts';
import type { Shape } from './items.ts';
import { denyPlainHttp } from './policies.ts';

/** When snapshots were delivered: the mornings of three days. The last of them is the state that the tables describe. */
export const DELIVERIES = [
  '2026-10-31T06:05:12.000Z',
  '2026-11-01T06:05:12.000Z',
  DELIVERED,
] as const;

/** When something was changed between them. */
const SATURDAY = '2026-10-31T15:21:09.412Z';
const SUNDAY = '2026-11-01T20:47:33.087Z';

/** How a bucket was until it was changed, and when that was. */
interface Before {
  readonly until: typeof SATURDAY | typeof SUNDAY;
  readonly was: (shape: Shape) => Shape;
}

/** Buckets that were not always as the tables say, the earliest state first. */
const HISTORY: Readonly<Record<string, readonly Before[]>> = {
  // Fixed: the module of the platform team was rolled out.
  'examplehealth-appointments-eu': [
    { until: SATURDAY, was: (shape) => ({ ...shape, statements: [], guards: [] }) },
  ],
  // Somebody fixed it, and a deployment on the next day brought the old policy back.
  'examplehealth-prescriptions-eu': [
    { until: SATURDAY, was: (shape) => shape },
    { until: SUNDAY, was: (shape) => ({ ...shape, statements: [denyPlainHttp] }) },
  ],
  // Opened for a demonstration.
  'examplehealth-sandbox-demo-eu': [
    { until: SUNDAY, was: (shape) => ({ ...shape, grants: [], blocksPublicAccess: true }) },
  ],
  // Deleted with everything that was wrong with it.
  'examplehealth-sandbox-hackathon-eu': [
    { until: SUNDAY, was: (shape) => ({ ...shape, status: 'OK' }) },
  ],
  // Before a script cut the policy.
  'examplehealth-glue-scripts-eu': [
    {
      until: SUNDAY,
      was: ({ policyText: _, ...shape }) => ({ ...shape, statements: [denyPlainHttp] }),
    },
  ],
};

/** A bucket as a snapshot of this time has it. */
export function shapeAt(name: string, shape: Shape, at: string): Shape {
  const before = HISTORY[name] ?? [];
  const known = before.find(({ until }) => at < until);
  const changed = before.findLast(({ until }) => at >= until);
  const was = known ? known.was(shape) : shape;
  return changed ? { ...was, recorded: changed.until } : was;
}
