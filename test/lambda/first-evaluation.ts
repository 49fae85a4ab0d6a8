import { packOf } from '../../src/assessment/pack-of.ts';
import { needsOf } from '../../src/facets/needs.ts';
import { createHandler } from '../../src/lambda/handler.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { Remembered } from '../../src/sources/config-api/remembered.ts';
import { bucketItem } from '../contract-server/items.ts';
import { createRule, createState, type EventItem, type State } from '../contract-server/state.ts';
import { packRules } from '../pack-rules.ts';
import { type Clock, throttledClient } from './throttled.ts';
import { changeOf, eventOf, names, tlsBucket, validate } from './world.ts';

/** Environments that Lambda runs at the same time. */
const AT_ONCE = 100;
const START = Date.parse('2026-03-02T12:00:00.000Z');
/** Lambda tries again after one minute, and after two more. */
const RETRIES = [60_000, 120_000];

const rules = packRules.filter(
  (rule) =>
    rule.subject === 'bucket' && needsOf(rule).function === 'recorded' && needsOf(rule).onChange,
);
const captured = (second: number) => new Date(START - 60_000 + second * 1000).toISOString();
const itemOf = (name: string, index: number, at: string): EventItem => {
  const parts = { configurationItemCaptureTime: at };
  return index % 2 === 0 ? tlsBucket(name, parts) : bucketItem(name, parts);
};

/** One that names a bucket is answered with nobody who logs to it, as most are. */
const queries: State['queries'] = [{ matches: () => true, results: [] }];

interface Invocation {
  readonly rule: string;
  readonly message: object;
  readonly at: number;
  readonly attempt: number;
}

/** Verdict and reason, by rule and bucket. */
export type Results = Readonly<Record<string, string>>;

/**
 * The first evaluation of an account, in simulated time: every change of every bucket is announced to every rule at once, and AWS Config
 * throttles its advanced queries. A tenth of the buckets is changed while the functions still judge, each to what another was. Then every
 * rule runs once by the clock.
 * @param count of buckets.
 * @param queriesPerSecond that AWS Config answers, whoever asks.
 */
export async function firstEvaluation(count: number, queriesPerSecond: number) {
  const first = names(count).map((name, index) => itemOf(name, index, captured(0)));
  const second = first
    .filter((_, index) => index % 10 === 0)
    .map(({ resourceId }) => itemOf(resourceId, 1, captured(90)));
  const clock: Clock = { at: START };
  const state = createState({
    items: [...first, ...second],
    queries,
    rules: Object.fromEntries(rules.map(({ id }) => [id, createRule()])),
    resultTokens: Object.fromEntries(rules.map(({ id }) => [id, id])),
    now: () => clock.at / 1000,
  });
  const { config, refused } = throttledClient(state, clock, queriesPerSecond);
  const run = runner(clock, config);
  const told = (items: readonly EventItem[], at: number) =>
    items.flatMap((item) =>
      rules.map(({ id: rule }) => ({ ...{ rule, at, attempt: 0 }, message: changeOf(item) })),
    );
  const changes = [...told(first, START), ...told(second, START + 90_000)];
  const lostChanges = await run(changes);
  const afterChanges = resultsOf(state);
  const endOfChanges = clock.at;
  const lostRuns = await run(daily());
  const changedAt = new Map(
    [...first, ...second].map((item) => [
      item.resourceId,
      Date.parse(item.configurationItemCaptureTime),
    ]),
  );
  const older = Object.values(state.rules).flatMap(({ results }) =>
    results.filter(
      ({ resourceId, orderingTimestamp }) =>
        !(orderingTimestamp * 1000 >= (changedAt.get(resourceId) ?? Number.NaN)),
    ),
  );
  return {
    ...{ changes: changes.length, refused: refused(), lostChanges, lostRuns, afterChanges },
    minutes: Math.round((endOfChanges - START) / 60_000),
    results: resultsOf(state),
    /** How many verdicts are older than the change that they judge. */
    older: older.length,
  };
}

/** What daily runs of the same buckets say when nothing is throttled and no change is announced. */
export async function rightResults(count: number): Promise<Results> {
  const clock: Clock = { at: START };
  const first = names(count).map((name, index) =>
    itemOf(name, index % 10 === 0 ? 1 : index, captured(index % 10 === 0 ? 90 : 0)),
  );
  const state = createState({
    ...{ items: first, queries },
    rules: Object.fromEntries(rules.map(({ id }) => [id, createRule()])),
    resultTokens: Object.fromEntries(rules.map(({ id }) => [id, id])),
    now: () => clock.at / 1000,
  });
  const { config } = throttledClient(state, clock, Number.POSITIVE_INFINITY);
  await runner(clock, config)(daily());
  return resultsOf(state);
}

/** Once in the day that follows AWS Config runs each rule by the clock, one after the other. */
const daily = () =>
  rules.map(({ id: rule }, index) => {
    const at = START + 3_600_000 * (1 + index);
    const notificationCreationTime = new Date(at).toISOString();
    const message = { messageType: 'ScheduledNotification', notificationCreationTime };
    return { rule, at, attempt: 0, message };
  });

/** Runs invocations as a queue of Lambda does, and answers how many were lost. */
function runner(clock: Clock, config: ReturnType<typeof throttledClient>['config']) {
  const now = () => new Date(clock.at);
  const environments = Array.from({ length: AT_ONCE }, () =>
    createHandler({
      ...{ rules, pack: packOf(rules), settings: emptySettings, validate },
      ...{ config, now, log: () => {}, remembered: new Remembered(now) },
      services: { ask: () => Promise.reject(new Error('recorded asks no service')) },
      wait: async (milliseconds) => {
        clock.at += milliseconds;
      },
    }),
  );
  return async (invocations: readonly Invocation[]): Promise<number> => {
    let lost = 0;
    for (let waiting = invocations; waiting.length > 0; ) {
      const again: Invocation[] = [];
      for (const [index, each] of waiting.entries()) {
        // A queue of Lambda: so many at a time, each for about a third of a second.
        clock.at = each.at + Math.floor(index / AT_ONCE) * 300;
        const { message, rule, attempt } = each;
        const event = eventOf(message, rule, {}, { resultToken: rule, configRuleName: rule });
        try {
          await environments[index % AT_ONCE]?.(event, { getRemainingTimeInMillis: () => 900_000 });
        } catch {
          const pause = RETRIES[attempt];
          if (pause === undefined) lost++;
          else again.push({ ...each, at: clock.at + pause, attempt: attempt + 1 });
        }
      }
      waiting = again.sort((one, other) => one.at - other.at);
    }
    return lost;
  };
}

const resultsOf = ({ rules: held }: State): Results =>
  Object.fromEntries(
    Object.entries(held)
      .flatMap(([rule, { results }]) =>
        results.map(({ resourceId, complianceType, annotation }) => [
          `${rule} ${resourceId}`,
          `${complianceType} ${annotation}`,
        ]),
      )
      .sort(),
  );

/** How many verdicts only say that evidence is missing. */
export const unknownIn = (results: Results): number =>
  Object.values(results).filter((said) => / evidenceUnavailable: /.test(said)).length;
