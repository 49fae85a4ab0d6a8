import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { RuleWords } from '../../engine/words.ts';
import type { Listing } from '../security-hub.ts';
import { idOf, isPublished, settle } from '../settle.ts';
import type { Settler } from '../settler.ts';
import { FUNCTION } from '../subscriptions.ts';
import { absent } from './absent.ts';
import { DeployedRules } from './deployed-rules.ts';
import { addMissed, heldOf, OutOfTime, ofFormerRules, ofRule, oldOnes } from './held.ts';
import { type Reader, readings } from './readings.ts';
import { archive } from './retire.ts';

/** What the reconciliation compared and could not fix. */
export interface Reconciled {
  readonly results: number;
  readonly archived: number;
  /** How many rules were left for another day, wholly or in part, because the time ran out. */
  readonly left: number;
  /** By the id of the finding, or of the rule where it could not be compared at all. */
  readonly failures: ReadonlyMap<string, string>;
}

/** Clocks may differ so much: what AWS Config recorded since this long before the start is left to its event. */
const SKEW_MILLISECONDS = 60_000;

/** No other rule is begun after this share of the time of the function, and nothing of a rule after the other. */
const BUDGET_MILLISECONDS = FUNCTION.timeoutSeconds * 1000 * 0.7;
const END_MILLISECONDS = FUNCTION.timeoutSeconds * 1000 * 0.85;

/**
 * Each run begins with another rule, so that none is always skipped: from one day to the next as many further as there is time for in
 * any case, however many rules there are, and one further every ten minutes.
 */
const RULES_A_DAY = 5;
const TURN_MILLISECONDS = 600_000;
const DAY_MILLISECONDS = 86_400_000;

/** One run; `at` is its start, less what clocks may differ. */
interface Run extends Reader {
  readonly deployed: DeployedRules;
  /** Whether there is time for what only guards against incomplete lists. */
  readonly isEarly: () => boolean;
  readonly total: { results: number; archived: number; left: number };
  readonly failures: Map<string, string>;
}

/**
 * Makes Security Hub agree with AWS Config: results whose events were lost, messages that a new release changed, waivers
 * that changed or ended, results of rules and resources that are no longer there. It goes rule by rule, because an account may have
 * hundreds of thousands of findings. It heals itself: whatever fails, or lacks the time, is left to the next run.
 * @param clock the time that passes while it works.
 */
export async function reconcile(
  settler: Settler,
  config: ConfigServiceClient,
  rules: readonly RuleWords[],
  clock: () => Date,
): Promise<Reconciled> {
  const start = clock().getTime();
  const passed = () => clock().getTime() - start;
  const run: Run = {
    ...{ settler, config, deployed: await DeployedRules.read(config, rules) },
    at: new Date(start - SKEW_MILLISECONDS).toISOString(),
    isOver: () => passed() > END_MILLISECONDS,
    isEarly: () => passed() < BUDGET_MILLISECONDS / 2,
    total: { results: 0, archived: 0, left: 0 },
    failures: new Map(),
  };
  const turn = Math.floor((start % DAY_MILLISECONDS) / TURN_MILLISECONDS);
  const day = Math.floor(start / DAY_MILLISECONDS);
  const first = (day * RULES_A_DAY + turn) % Math.max(rules.length, 1);
  for (const rule of [...rules.slice(first), ...rules.slice(0, first)]) {
    if (passed() > BUDGET_MILLISECONDS) {
      run.total.left++;
      continue;
    }
    try {
      await compare(run, rule);
    } catch (error) {
      if (error instanceof OutOfTime) run.total.left++;
      else run.failures.set(rule.id, String(error));
    }
  }
  try {
    await archiveFormer(run, rules, start);
  } catch (error) {
    if (error instanceof OutOfTime) run.total.left++;
    else run.failures.set('rules of earlier releases', String(error));
  }
  return { ...run.total, failures: run.failures };
}

/** Compares the findings of one rule. */
async function compare(run: Run, rule: RuleWords): Promise<void> {
  const { settler, at, isOver, total } = run;
  const { place } = settler;
  // Before AWS Config is read: what appears in between must not look as if it had vanished.
  const held = await heldOf(settler, ofRule(place, rule.id), isOver);
  const active = [...held].filter(([, { RecordState }]) => RecordState === 'ACTIVE');
  const deployed = await run.deployed.of(rule, active.length > 0);
  const read = await readings(run, rule, deployed.names);
  fail(run, read.unread);
  const left = new Map(active.filter(([id]) => !read.wanted.has(id) && !read.unread.has(id)));
  const { gone, waived, kept } = await absent(run, rule, deployed, read, left);
  fail(run, kept);
  for (const each of waived) read.wanted.set(idOf(each, place), each);
  total.results += read.wanted.size;
  if (run.isEarly()) {
    const published = [...read.wanted].filter(([, each]) => isPublished(each));
    const ids = published.map(([id]) => id);
    await addMissed(settler, ids, held, ofRule(place, rule.id), isOver);
  }
  const listing: Listing = { filters: ofRule(place, rule.id), size: held.size };
  const settled = await settle(settler, [...read.wanted.values()], held, { listing, isOver });
  fail(run, settled.failures);
  const archived = await archive(settler, gone, at, { listing, isOver });
  fail(run, archived.failures);
  total.archived += archived.archived;
  if (settled.left + archived.left > 0) total.left++;
}

/** Findings of rules that this release does not have. */
async function archiveFormer(run: Run, rules: readonly RuleWords[], start: number): Promise<void> {
  const { settler, at, isOver, total } = run;
  const known = new Set(rules.map(({ id }) => id));
  for (const filters of [...ofFormerRules(settler.place), oldOnes(settler.place, start)]) {
    const held = await heldOf(settler, filters, isOver);
    const former = [...held].filter(
      ([, { GeneratorId = '', RecordState }]) =>
        !known.has(GeneratorId) && RecordState === 'ACTIVE',
    );
    const listing: Listing = { filters, size: held.size };
    const rest = await archive(settler, new Map(former), at, { listing, isOver });
    total.archived += rest.archived;
    fail(run, rest.failures);
  }
}

function fail({ failures }: Pick<Run, 'failures'>, reasons: ReadonlyMap<string, string>): void {
  for (const [id, reason] of reasons) failures.set(id, reason);
}

/**
 * Archives every finding of these rules and of earlier ones, for when nothing is left that could: before the publisher is removed.
 * @returns as {@link reconcile}; what was `left` is archived by another run.
 */
export async function archiveAll(
  settler: Settler,
  rules: readonly RuleWords[],
  clock: () => Date,
): Promise<Reconciled> {
  const start = clock().getTime();
  const isOver = () => clock().getTime() - start > END_MILLISECONDS;
  const at = new Date(start).toISOString();
  const total = { results: 0, archived: 0, left: 0 };
  const failures = new Map<string, string>();
  const { place } = settler;
  const all = [...rules.map(({ id }) => ofRule(place, id)), ...ofFormerRules(place)];
  for (const filters of [...all, oldOnes(place, start)]) {
    try {
      const held = await heldOf(settler, filters, isOver);
      const active = [...held].filter(([, { RecordState }]) => RecordState === 'ACTIVE');
      const listing: Listing = { filters, size: held.size };
      const done = await archive(settler, new Map(active), at, { listing, isOver });
      total.archived += done.archived;
      if (done.left > 0) total.left++;
      fail({ failures }, done.failures);
    } catch (error) {
      if (error instanceof OutOfTime) total.left++;
      else failures.set(JSON.stringify(filters.GeneratorId), String(error));
    }
  }
  return { ...total, failures };
}
