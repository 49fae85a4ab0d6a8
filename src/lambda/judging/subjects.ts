import { assess } from '../../assessment/assess.ts';
import { unseenOn } from '../../assessment/assess-item.ts';
import type { ParametrisedRule } from '../../assessment/assessment.ts';
import { absenceOf, identityOf, isJudgedBy } from '../../assessment/subject.ts';
import { evaluateAbsent } from '../../engine/evaluate.ts';
import type { Finding } from '../../engine/finding.ts';
import type { Rule } from '../../engine/rule.ts';
import { needsOf } from '../../facets/needs.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { kinds } from '../../records/kinds.ts';
import { reasonOf } from '../../services/failures.ts';
import { noting } from '../../services/services.ts';
import { oneRecord, population } from '../../sources/config-api/config-source.ts';
import { announcedItem } from '../../sources/config-api/recorded-items.ts';
import type { Source } from '../../sources/source.ts';
import type { Invocation } from '../invocation.ts';
import { labelsOf } from '../log-entries.ts';
import type { World } from '../world.ts';

/** A finding; with the error where it only says that evidence is missing, and another try may say more. */
export interface Judged {
  readonly finding: Finding;
  readonly error?: unknown;
}

/**
 * The findings on all that an invocation is about, as soon as each is there.
 * @param isDone says which records have their result already.
 * @throws what AWS Config answers instead of records, after the findings on those that it gave.
 */
export async function* judgedSubjects(
  world: World,
  invocation: Invocation,
  judgedBy: ParametrisedRule,
  isDone: (item: ConfigurationItem) => boolean,
): AsyncGenerator<Judged> {
  const { task, account, leftScope } = invocation;
  const api = { ...world, services: notingServices(world, invocation) };
  if (task.kind === 'population' || isOfAccount(task.item, judgedBy.rule)) {
    const source = await population(api, judgedBy.rule, account, task.at);
    yield* judgedFrom(world, without(source, isDone), judgedBy);
    return;
  }
  const { item: noted, at } = task;
  const isOurs = !leftScope && isJudgedBy(noted, judgedBy.rule);
  const absence = isOurs ? absenceOf(noted) : 'resourceOutOfScope';
  if (absence) {
    const context = { params: judgedBy.params, capturedAt: noted.captureTime };
    const finding = evaluateAbsent(judgedBy.rule, identityOf(noted), absence, context);
    yield { finding };
    return;
  }
  try {
    const item = task.kind === 'item' ? noted : await announcedItem(world.config, noted, at);
    yield* judgedFrom(world, await oneRecord(api, judgedBy.rule, item), judgedBy);
  } catch (error) {
    yield { finding: unseenOn(judgedBy.rule, noted, error, contextOf(world, judgedBy)), error };
  }
}

/** A change of what the account is judged by, a deletion included: the account is there, and is judged as it is now. */
const isOfAccount = ({ resourceType }: ConfigurationItem, rule: Rule) =>
  !kinds[rule.subject].isRecorded && needsOf(rule).startedBy.includes(resourceType);

async function* judgedFrom(
  world: World,
  source: Source,
  judgedBy: ParametrisedRule,
): AsyncGenerator<Judged> {
  const { settings, pack, now } = world;
  const assessment = { settings, pack, now: now().toISOString() };
  for await (const { findings, failures } of assess(source, [judgedBy], assessment)) {
    for (const finding of findings) {
      yield failures.has(finding) ? { finding, error: failures.get(finding) } : { finding };
    }
  }
}

const contextOf = ({ settings, now }: World, { params }: ParametrisedRule) => ({
  ...{ params, waivers: settings.waivers, accounts: settings.organization.accounts },
  now: now().toISOString(),
});

const without = (source: Source, isDone: (item: ConfigurationItem) => boolean): Source => ({
  ...source,
  async *items() {
    for await (const item of source.items()) if (!isDone(item)) yield item;
  },
});

/** What a Region does not answer is missing evidence on every subject, so the log says it once and by name. */
function notingServices({ services, log }: World, invocation: Invocation) {
  return noting(services, (error) =>
    log({ level: 'warn', ...labelsOf(invocation), message: reasonOf(error) }),
  );
}
