import type { ConfigServiceClient, Evaluation } from '@aws-sdk/client-config-service';
import { askServices } from '../assessment/service-facets.ts';
import {
  absenceOf,
  accountItem,
  findingOn,
  identityOf,
  isJudgedBy,
  RESOURCE_TYPES,
  subjectFrom,
} from '../assessment/subject.ts';
import { evaluateAbsent } from '../engine/evaluate.ts';
import type { Finding } from '../engine/finding.ts';
import { fromStrings } from '../engine/pack-parameters.ts';
import { parametersOf } from '../engine/parameters.ts';
import type { Rule } from '../engine/rule.ts';
import type { Inventory } from '../facets/inventory.ts';
import type { Pack } from '../facts/pack.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import { askingOnce, type Services } from '../services/services.ts';
import type { ParameterValues } from '../settings/entry.ts';
import type { Settings } from '../settings/settings.ts';
import {
  type QueriedInventory,
  queriedInventory,
} from '../sources/config-api/queried-inventory.ts';
import { announcedItem, recordedItems, type Wait } from '../sources/config-api/recorded-items.ts';
import { printable } from '../values/text.ts';
import { type Invocation, invocationOf } from './invocation.ts';
import { count, labelsOf, waiverWarning } from './log-entries.ts';
import { evaluationOf, isTest, putEvaluations, vanished } from './put-evaluations.ts';

/** Says what is wrong with the parameters of a rule, one sentence each; empty when they are valid. */
export type Validate = (rule: Rule, values: ParameterValues) => readonly string[];

/** All that the handler reaches the world by. */
export interface World {
  readonly rules: readonly Rule[];
  /** All rules that are deployed, those of the other function too. */
  readonly pack: Pack;
  readonly settings: Settings;
  readonly validate: Validate;
  readonly config: ConfigServiceClient;
  readonly services: Services;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  readonly now: () => Date;
  readonly wait: Wait;
}

/** The rule was deployed with parameters it cannot run with. No resource is blamed for it: the invocation fails. */
export class InvalidParameters extends Error {
  override readonly name = 'InvalidParameters';
}

/** The handler of every rule: AWS Config invokes it, it reports with PutEvaluations, and it throws on what is worth another try. */
export function createHandler(world: World): (event: unknown) => Promise<{ evaluations: number }> {
  return async (event) => {
    let labels = {};
    try {
      const invocation = invocationOf(event);
      labels = labelsOf(invocation);
      const evaluations = await answer(world, invocation);
      const warning = waiverWarning(world.settings, invocation);
      if (warning !== null) world.log({ level: 'warn', ...labels, message: warning });
      world.log({ level: 'info', ...labels, verdicts: count(evaluations) });
      return { evaluations: evaluations.length };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const entry = { level: 'error', ...labels, error: name, message: printable(message) };
      world.log(entry);
      throw error;
    }
  };
}

async function answer(world: World, invocation: Invocation): Promise<readonly Evaluation[]> {
  const rule = ruleOf(world, invocation);
  const params = paramsOf(world, invocation, rule);
  const { task, resultToken, configRuleName } = invocation;
  const judge = new Judge(world, rule, params);
  if (task.kind !== 'population') {
    const evaluations = [evaluationOf(await judge.one(task, invocation.leftScope), task.at)];
    await putEvaluations(world.config, resultToken, evaluations, world.wait);
    return evaluations;
  }
  const evaluations = await judge.population(invocation.account, task.at);
  await putEvaluations(world.config, resultToken, evaluations, world.wait);
  if (isTest(resultToken)) return evaluations;
  const retired = await vanished(world.config, configRuleName, evaluations, task.at);
  if (retired.length > 0) await putEvaluations(world.config, resultToken, retired, world.wait);
  return [...evaluations, ...retired];
}

function ruleOf({ rules }: World, invocation: Invocation): Rule {
  const rule = rules.find(({ id }) => id === invocation.rule);
  if (rule) return rule;
  const known = rules.map(({ id }) => id).join(', ');
  const given = invocation.rule === undefined ? 'missing' : JSON.stringify(invocation.rule);
  throw new InvalidParameters(
    `${invocation.configRuleName}: the parameter rule is ${given}, expected one of ${known}.`,
  );
}

function paramsOf(world: World, invocation: Invocation, rule: Rule): ParameterValues {
  const params = parametersOf(rule, world.settings, fromStrings(rule, invocation.parameters));
  const problems = world.validate(rule, params);
  if (problems.length > 0) throw new InvalidParameters(problems.join(' '));
  return params;
}

/** How many subjects of a population are asked of a service at the same time. */
const AT_ONCE = 8;

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Judges items with one rule. */
class Judge {
  readonly #world: World;
  readonly #rule: Rule;
  readonly #params: ParameterValues;
  readonly #pack: Pack;
  readonly #services: Services;

  constructor(world: World, rule: Rule, params: ParameterValues) {
    this.#world = world;
    // Within one invocation the same question has the same answer.
    this.#services = askingOnce(world.services);
    this.#rule = rule;
    this.#pack = world.pack;
    this.#params = params;
  }

  async one(
    task: Exclude<Invocation['task'], { kind: 'population' }>,
    leftScope: boolean,
  ): Promise<Finding> {
    const { item: noted, at } = task;
    const isOurs = isJudgedBy(noted, this.#rule);
    const absence = leftScope || !isOurs ? 'resourceOutOfScope' : absenceOf(noted);
    if (absence) return evaluateAbsent(this.#rule, identityOf(noted), absence, noted.captureTime);
    const { config } = this.#world;
    const item = task.kind === 'item' ? noted : await announcedItem(config, noted, at);
    const inventory = await this.#inventory(item);
    await inventory.learn([item]);
    return this.#item(item, inventory);
  }

  async population(account: string, at: string): Promise<Evaluation[]> {
    const inventory = await this.#inventory();
    const evaluations: Evaluation[] = [];
    for await (const batch of inBatches(this.#items(account, at), AT_ONCE)) {
      await inventory.learn(batch);
      const findings = await Promise.all(batch.map((item) => this.#item(item, inventory)));
      evaluations.push(...findings.map((finding) => evaluationOf(finding, at)));
    }
    return evaluations;
  }

  async *#items(account: string, at: string): AsyncGenerator<ConfigurationItem> {
    const { config, wait } = this.#world;
    const { subject } = this.#rule;
    if (subject === 'account') yield accountItem(account, await config.config.region(), at);
    else for (const type of RESOURCE_TYPES[subject]) yield* recordedItems(config, type, wait);
  }

  async #item(recorded: ConfigurationItem, inventory: Inventory): Promise<Finding> {
    const { settings, now: clock } = this.#world;
    const rule = this.#rule;
    const now = clock().toISOString();
    const { item, readings } = await askServices(recorded, rule.reads, this.#services);
    const subject = subjectFrom(item, inventory, now, readings, this.#pack);
    return findingOn(rule, item, subject, {
      params: this.#params,
      waivers: settings.waivers,
      accounts: settings.organization.accounts,
      now,
    });
  }

  #inventory(item?: ConfigurationItem): Promise<QueriedInventory> {
    const { config, wait } = this.#world;
    return queriedInventory(config, this.#rule.reads, wait, item);
  }
}
