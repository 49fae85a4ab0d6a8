import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { createPublisher, type PublisherWorld } from '../src/lambda/publisher.ts';
import { FUNCTION } from '../src/security-hub/subscriptions.ts';
import type { Waiver } from '../src/settings/waiver.ts';
import { ruleTexts } from '../src/settings-file/rule-texts.ts';
import { clientSettings } from '../test/contract-server/clients.ts';
import { bucketItem } from '../test/contract-server/items.ts';
import { answersOf, createHub, land } from '../test/contract-server/security-hub.ts';
import { startContractServer } from '../test/contract-server/server.ts';
import { createRule, createState, type StoredResult } from '../test/contract-server/state.ts';
import {
  ACCOUNT,
  configAnswers,
  decorated,
  REGION,
  type Result,
  waiver,
} from '../test/security-hub/world.ts';

/** How long the daily comparison of one account and Region takes, in time that is simulated: the pace, the pauses and the calls. */

/** Milliseconds that pass with each call of a service. */
const CALL = 100;
const DAY = 86_400_000;
const [given = '60000', spread = String(ruleTexts.length)] = process.argv.slice(2);
const rules = ruleTexts.slice(0, Number(spread));
const perRule = Math.floor(Number(given) / rules.length);

let clock = Date.parse('2026-03-02T12:00:00.000Z');
const passes = (milliseconds: number) => {
  clock += milliseconds;
};
const hub = createHub({ now: () => clock });
const state = createState({ now: () => clock / 1000 });
const server = await startContractServer(state);
// The server closes a connection that is idle while this process counts.
const config = new ConfigServiceClient({ ...clientSettings(server.endpoint), maxAttempts: 5 });
config.middlewareStack.add(
  (next) => (args) => {
    passes(CALL);
    return next(args);
  },
  { step: 'build' },
);
const answers = answersOf(hub);
const calls: Record<string, number> = {};
const call = (name: string) => async (input: object) => {
  passes(CALL);
  calls[name] = (calls[name] ?? 0) + 1;
  return (answers[name] as (input: object) => never)(input);
};

const why = 'noPolicy: There is no bucket policy.';
function results(isThere: (index: number) => boolean): Result[] {
  return rules.flatMap(({ id: rule }) =>
    Array.from({ length: perRule }, (_, index): Result => {
      const isWaived = index % 2 === 0;
      return {
        ...{ rule, type: 'AWS::S3::Bucket', id: `bucket-${index}`, at: clock - 3 * DAY },
        verdict: isWaived ? 'NOT_APPLICABLE' : 'NON_COMPLIANT',
        annotation: isWaived ? `waived ${rule}, ${why}` : why,
      };
    }).filter((_, index) => isThere(index)),
  );
}

function deploy(held: readonly Result[]): void {
  const stored = (rule: string): StoredResult[] =>
    held
      .filter((result) => result.rule === rule)
      .map(({ type, id, verdict, annotation, at }) => ({
        ...{ resourceType: type, resourceId: id, annotation, orderingTimestamp: at / 1000 },
        complianceType: verdict as StoredResult['complianceType'],
      }));
  state.rules = Object.fromEntries(rules.map(({ id }) => [decorated(id), createRule(stored(id))]));
}

const waiversUntil = (expires: string): Waiver[] =>
  rules.map(({ id }) => waiver({ id, rule: id, expires }));

async function run(name: string, waivers: readonly Waiver[], days = 1): Promise<void> {
  passes(days * DAY);
  land(hub);
  const start = clock;
  const entries: Readonly<Record<string, unknown>>[] = [];
  for (const key of Object.keys(calls)) delete calls[key];
  const world: PublisherWorld = {
    ...{ rules, waivers, accounts: {}, config, pagesUrl: undefined, contentHash: 'c0de' },
    hub: {
      getFindings: call('GetFindings'),
      batchImportFindings: call('BatchImportFindings'),
      batchUpdateFindings: call('BatchUpdateFindings'),
    },
    log: (entry) => entries.push(entry),
    now: () => new Date(clock),
    wait: async (milliseconds) => passes(milliseconds),
  };
  const event = { 'detail-type': 'Scheduled Event', account: ACCOUNT, region: REGION };
  await createPublisher(world)(event);
  const seconds = Math.round((clock - start) / 1000);
  const { results: read, left, failed } = entries.at(-1) ?? {};
  process.stdout.write(
    `${name}: ${seconds} s of ${FUNCTION.timeoutSeconds} s; results ${read}, rules left ${left}, failed ${failed}, ` +
      `calls ${JSON.stringify(calls)}, throttled ${hub.throttled}\n`,
  );
}

const names = rules.map(({ id }) => id);
state.answers = { DescribeConfigRules: configAnswers(() => [], names).DescribeConfigRules };
state.items = Array.from({ length: perRule }, (_, index) => bucketItem(`bucket-${index}`));
deploy(results(() => true));
process.stdout.write(
  `${perRule * rules.length} findings of ${rules.length} rules, half of them waived\n`,
);
for (let day = 1; day <= 3; day++) await run(`all are new, day ${day}`, waiversUntil('2026-12-31'));
await run('nothing changed', waiversUntil('2026-12-31'));
await run('every waiver was extended, day 1', waiversUntil('2027-01-01'));
await run('every waiver was extended, day 2', waiversUntil('2027-01-01'));
await run('every waiver was removed, day 1', []);
await run('every waiver was removed, day 2', []);
deploy(results((index) => index % 10 !== 1));
await run('a tenth vanished', []);
config.destroy();
await server.close();
