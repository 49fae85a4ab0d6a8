import { expect, it } from 'vitest';
import { QUEUE } from '../../src/security-hub/subscriptions.ts';
import { createHub, type HubFault } from '../contract-server/security-hub.ts';
import { randomNumbers } from '../policy/random.ts';
import { startPublisher } from './bundle.ts';
import { configAnswers, eventOf, findingId, Queue, type Result, waiver } from './world.ts';

/** Ways a result can read, and how its finding has to stand in the end. */
const KINDS = [
  ['COMPLIANT', 'compliant: Every statement is fine.', 'PASSED ACTIVE NEW'],
  ['NON_COMPLIANT', 'noPolicy: There is no bucket policy.', 'FAILED ACTIVE NEW'],
  [
    'NON_COMPLIANT',
    'evidenceUnavailable: The policy could not be assessed: access was denied.',
    'WARNING ACTIVE NEW',
  ],
  [
    'NOT_APPLICABLE',
    'resourceDeleted: The resource no longer exists.',
    'NOT_AVAILABLE ARCHIVED NEW',
  ],
  [
    'NOT_APPLICABLE',
    'waived legacy, noPolicy: There is no bucket policy.',
    'FAILED ACTIVE SUPPRESSED',
  ],
] as const;

const RULES = ['s3-tls-only', 's3-access-logging', 's3-no-public-access'];
const START = Date.parse('2026-03-01T00:00:00.000Z');

it('ends over 1,000 events in the right state, each finding exactly once, whatever goes wrong', async () => {
  const next = randomNumbers(6);
  const pick = (count: number) => Math.floor(next() * count);
  const histories = Array.from({ length: 460 }, (_, index) => {
    const rule = RULES[index % RULES.length] ?? '';
    const history: { result: Result; ends: string }[] = [];
    for (let step = 0; step < 1 + (index % 4); step++) {
      // Only one rule has a waiver, and a first result that is not applicable has nothing to archive.
      const kinds = KINDS.filter(
        ([, text]) => rule === 's3-tls-only' || !text.startsWith('waived'),
      );
      const [verdict, annotation, ends] =
        kinds[step === 0 ? pick(3) : pick(kinds.length)] ?? KINDS[0];
      const at = START + index * 7 + step * 3_600_000 + pick(1000);
      const previous = history.at(-1)?.result;
      const result = {
        rule,
        type: 'AWS::S3::Bucket',
        id: `bucket-${index}`,
        verdict,
        annotation,
        at,
        previous,
      };
      history.push({ result, ends });
    }
    return history;
  });
  const results = histories.flat().map(({ result }) => result);
  const last = histories.flatMap((history) => history.at(-1) ?? []);
  expect(results.length).toBeGreaterThan(1000);

  const current = new Map(last.map(({ result }) => [result.id, result]));
  const hub = createHub({ fault: faults() });
  const config = configAnswers(() => [...current.values()], RULES);
  const lookUp = (input: Readonly<Record<string, unknown>>) => {
    const result = current.get(String(input['ResourceId']));
    return configAnswers(() => (result ? [result] : []), RULES).GetComplianceDetailsByResource(
      input,
    );
  };
  const answers = { ...config, GetComplianceDetailsByResource: lookUp };
  const { server, start } = await startPublisher(hub, { answers, waivers: [waiver()] });

  const bodies = results.map((result) => JSON.stringify(eventOf(result, next() > 0.03)));
  const again = bodies.filter(() => next() < 0.1);
  const foreign = JSON.stringify(
    eventOf({ ...(results[0] as Result), rule: 's3-of-somebody-else' }),
  );
  const queue = new Queue(
    shuffled([...bodies, ...again, foreign, '{"detail":1}', 'no JSON'], next),
  );
  server.fail('BatchImportFindings', { hangUp: true }, 3);
  server.fail('GetFindings', { hangUp: true }, 3);

  // Two environments at a time, as the event source mapping is told.
  const environments = Array.from({ length: QUEUE.maximumConcurrency }, start);
  while (!queue.isEmpty) {
    await Promise.all(
      environments.map(async (handler) => {
        const batch = queue.take(QUEUE.batchSize);
        const answer = await handler(batch);
        queue.giveBack(batch, answer?.batchItemFailures.map((each) => each.itemIdentifier) ?? []);
      }),
    );
  }

  const ended = last.map(({ result }) => {
    const finding = hub.findings.get(findingId(result));
    return `${finding?.Compliance?.Status} ${finding?.RecordState} ${finding?.Workflow?.Status}`;
  });
  expect(ended).toEqual(last.map(({ ends }) => ends));
  expect(hub.findings.size).toBe(histories.length);
  const imports = new Map<string, number>();
  for (const { id, updatedAt } of hub.accepted) {
    imports.set(`${id} ${updatedAt}`, (imports.get(`${id} ${updatedAt}`) ?? 0) + 1);
  }
  expect(Math.max(...imports.values())).toBe(1);
  for (const { result } of last) {
    expect(imports.get(`${findingId(result)} ${new Date(result.at).toISOString()}`)).toBe(1);
  }
  // Nothing is lost: what nobody could read is kept for a person.
  expect(queue.dead.sort()).toEqual(['no JSON', '{"detail":1}']);
  expect(hub.throttled).toBe(0);
});

/** Every few calls something else, by the number of the call. */
function faults() {
  return (operation: string, call: number): HubFault | undefined => {
    if (call % 11 === 0) return 'throttle';
    if (call % 13 === 0 && operation !== 'GetFindings') return 'lostAnswer';
    // Whole batches that fail again and again, so that their messages go back to the queue.
    if (operation === 'BatchImportFindings' && call > 10 && call < 30) return { fails: () => true };
    if (call % 3 === 0) return { fails: (_, index) => index % 9 === 0 };
    return undefined;
  };
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const order = items.map((item) => ({ item, at: next() }));
  return order.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
