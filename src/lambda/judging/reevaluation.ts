import {
  type ConfigRule,
  type ConfigServiceClient,
  LimitExceededException,
  NoSuchConfigRuleException,
  paginateDescribeConfigRules,
  paginateDescribeConformancePackStatus,
  StartConfigRulesEvaluationCommand,
} from '@aws-sdk/client-config-service';
import type { Pack } from '../../facts/pack.ts';
import { structured } from '../../records/normalise.ts';
import { Refused, refusedOr } from '../../services/services.ts';
import type { Settings } from '../../settings/settings.ts';
import { isObject } from '../../values/json.ts';
import type { Invocation } from '../invocation.ts';
import type { World } from '../world.ts';
import { heldResults } from './held-results.ts';
import { latestTurn } from './waiver-turns.ts';

/** The rule with whose daily run the others are looked after: it is in every pack and runs in every Region. */
const DAILY_RULE = 'config-recorder-health';

/** Config API reference, StartConfigRulesEvaluation: 25 rules a call, one call a minute, and none while one runs. */
const RULES_PER_CALL = 25;
const MINUTE = 61_000;
const ATTEMPTS = 6;

/** How many days a change is looked after, so that a day on which this did not run is made up for. */
const DAYS = 3;

type Api = Pick<World, 'config' | 'wait' | 'now' | 'log'> & {
  readonly pack: Pack;
  readonly settings: Pick<Settings, 'waivers' | 'organization'>;
};

/** Starts what is due with the daily run of one rule. Without the permission the log says so, and the rule itself has its results. */
export async function lookAfter(api: Api, invocation: Invocation): Promise<void> {
  if (invocation.rule !== DAILY_RULE) return;
  try {
    await startEvaluations(api, invocation);
  } catch (error) {
    const known = refusedOr(error, 'config:StartConfigRulesEvaluation');
    if (!(known instanceof Refused)) throw error;
    const message = 'evaluations could not be started: access to AWS Config was denied';
    api.log({ level: 'warn', account: invocation.account, message });
  }
}

/**
 * Has AWS Config evaluate the rules that run on a change alone, where what they are judged by has changed and AWS Config has
 * not evaluated them since: a waiver began or ended, or the pack was updated. Every other rule runs daily anyway.
 * AWS documents no evaluation for the update of a rule, and a new waiver changes nothing that AWS Config could notice.
 * @returns the names of the rules whose evaluation was started.
 */
export async function startEvaluations(
  api: Api,
  { account }: Pick<Invocation, 'account'>,
): Promise<readonly string[]> {
  const deployed = await rulesOnChange(api.config, api.pack);
  const updates = await packUpdates(api.config);
  const { waivers, organization } = api.settings;
  const now = api.now();
  const due: string[] = [];
  for (const { name, rule } of deployed) {
    const own = waivers.filter((waiver) => waiver.rule === rule);
    const turn = latestTurn(own, account, organization.accounts, now.toISOString());
    const update = updates.find(({ id }) => name.endsWith(id))?.at ?? 0;
    const since = Math.max(turn === null ? 0 : Date.parse(turn), update);
    if (since < now.getTime() - DAYS * 86_400_000) continue;
    if (await hasOlderResults(api.config, name, since).catch(falseIfGone)) due.push(name);
  }
  for (let start = 0; start < due.length; start += RULES_PER_CALL) {
    if (start > 0) await api.wait(MINUTE);
    await startThese(api, due.slice(start, start + RULES_PER_CALL));
  }
  if (due.length > 0) api.log({ level: 'info', task: 'evaluate again', account, rules: due });
  return due;
}

interface Deployed {
  readonly name: string;
  /** Id of the rule that it runs. */
  readonly rule: string;
}

/** Rules of ours that AWS Config never runs by the clock. Packs decorate names, so that the parameter says which rule it is. */
async function rulesOnChange(config: ConfigServiceClient, pack: Pack): Promise<Deployed[]> {
  const found: Deployed[] = [];
  for await (const { ConfigRules = [] } of paginateDescribeConfigRules({ client: config }, {})) {
    for (const each of ConfigRules) {
      const { ConfigRuleName: name, InputParameters } = each;
      const parameters = structured(InputParameters);
      const rule = isObject(parameters) ? parameters['rule'] : undefined;
      const isOurs = pack.rules.some(({ id }) => id === rule);
      if (name !== undefined && isOurs && isOnChange(each)) {
        found.push({ name, rule: String(rule) });
      }
    }
  }
  return found;
}

function isOnChange({ Source }: ConfigRule): boolean {
  const types = Source?.SourceDetails?.map(({ MessageType }) => MessageType) ?? [];
  const isCustom = Source?.Owner === 'CUSTOM_LAMBDA';
  return isCustom && types.length > 0 && !types.includes('ScheduledNotification');
}

/**
 * When the packs were last updated, in milliseconds. The names of the rules of a pack end with its id (seen in the console and in
 * the Developer Guide, "Conformance packs"; not verified for every pack).
 */
async function packUpdates(config: ConfigServiceClient) {
  const updates: { readonly id: string; readonly at: number }[] = [];
  const pages = paginateDescribeConformancePackStatus({ client: config }, {});
  for await (const { ConformancePackStatusDetails: details = [] } of pages) {
    for (const { ConformancePackId: id, LastUpdateCompletedTime: at } of details) {
      if (id && at) updates.push({ id, at: at.getTime() });
    }
  }
  return updates;
}

/** Whether the rule was not evaluated whole since: some result is older, or there is none that could tell. */
async function hasOlderResults(
  config: ConfigServiceClient,
  name: string,
  since: number,
): Promise<boolean> {
  let isEmpty = true;
  for await (const { recordedAt } of heldResults(config, name)) {
    isEmpty = false;
    if ((recordedAt?.getTime() ?? 0) < since) return true;
  }
  return isEmpty;
}

/** A pack that is being removed takes its rules away while they are looked at. */
function falseIfGone(error: unknown): false {
  if (error instanceof NoSuchConfigRuleException) return false;
  throw error;
}

async function startThese({ config, wait }: Api, names: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await config.send(new StartConfigRulesEvaluationCommand({ ConfigRuleNames: [...names] }));
      return;
    } catch (error) {
      if (!(error instanceof LimitExceededException) || attempt === ATTEMPTS) throw error;
      await wait(MINUTE);
    }
  }
}
