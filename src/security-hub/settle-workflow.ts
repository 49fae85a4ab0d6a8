import type { Failures, Work, WorkflowUpdate } from './security-hub.ts';
import { productOf, type Settler } from './settler.ts';
import { type Shown, workflowOf } from './workflow.ts';

export interface Unsure {
  /** Whether the finding is waived only now, or no longer. */
  readonly turns: boolean;
  /** The update that has to show before anything is decided (ISO). */
  readonly since: string;
  /** What was imported; undefined where nothing was. */
  readonly imported: Shown | undefined;
}

/** How often the findings are read again until they show what was just imported. */
const LOOKS = 4;

/** Decides on a fresh look, as another invocation may have imported a newer state since the last one. */
export async function settleWorkflow(
  { hub, place, waivers, wait }: Settler,
  unsure: ReadonlyMap<string, Unsure>,
  { listing, isOver }: Work = {},
): Promise<Failures> {
  const product = productOf(place);
  const failures: Failures = new Map();
  const send = async (updates: ReturnType<typeof groupsOf>) => {
    for (const [change, some] of updates) {
      for (const [id, reason] of await hub.update(product, some, change)) failures.set(id, reason);
    }
  };
  let left = [...unsure.keys()];
  let shown: ReadonlyMap<string, Shown> = new Map();
  for (let number = 1; left.length > 0; number++) {
    const fresh = await hub.named(product, left, listing);
    const seen = left.filter(
      (id) => Date.parse(fresh.get(id)?.UpdatedAt ?? '') >= Date.parse(unsure.get(id)?.since ?? ''),
    );
    await send(
      groupsOf(seen, (id) =>
        workflowOf(fresh.get(id) ?? {}, waivers, unsure.get(id)?.turns ?? false),
      ),
    );
    shown = fresh;
    const done = new Set(seen);
    left = left.filter((id) => !done.has(id));
    if (number === LOOKS || isOver?.()) break;
    if (left.length > 0) await wait(500 * 2 ** number);
  }
  // Security Hub may take no update of what is suppressed (API Reference, Workflow; the User Guide differs). What is no longer
  // waived is opened in any case, and what it says is brought up to date the next time.
  await send(
    groupsOf(left, (id) => {
      const { imported, turns } = unsure.get(id) ?? {};
      const update = workflowOf({ ...shown.get(id), ...imported }, waivers, turns ?? false);
      return update?.Workflow?.Status === 'NEW' ? update : undefined;
    }),
  );
  for (const id of left) failures.set(id, 'Security Hub does not show the finding yet.');
  return failures;
}

/** Findings with the same change together: one call carries one note. */
function groupsOf(
  ids: readonly string[],
  changeOf: (id: string) => WorkflowUpdate | undefined,
): readonly (readonly [WorkflowUpdate, readonly string[]])[] {
  const groups = new Map<string, [WorkflowUpdate, string[]]>();
  for (const id of ids) {
    const change = changeOf(id);
    if (change === undefined) continue;
    const key = JSON.stringify(change);
    const group = groups.get(key) ?? [change, []];
    group[1].push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}
