import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { AwsSecurityFindingFilters } from '@aws-sdk/client-securityhub';
import type { RuleWords } from '../engine/words.ts';
import { idPrefix, productArn } from '../formats/asff.ts';
import { DeployedRules } from './deployed-rules.ts';
import { readings, unlistedWaivers } from './readings.ts';
import { retired } from './retire.ts';
import type { Failures } from './security-hub.ts';
import { FORGOTTEN_DAYS, type Held, idOf, REFRESH_DAYS, type Settler, settle } from './settle.ts';
import { FUNCTION } from './subscriptions.ts';

/** What the reconciliation compared and could not fix. */
export interface Reconciled {
  readonly results: number;
  readonly archived: number;
  /** How many rules were left for another day because the time ran out. */
  readonly left: number;
  /** By the id of the finding, or of the rule where it could not be compared at all. */
  readonly failures: Failures;
}

/** Clocks may differ so much: what AWS Config recorded since this long before the start is left to its event. */
const SKEW_MILLISECONDS = 60_000;

/** No other rule is begun after this share of the time of the function. */
const BUDGET_MILLISECONDS = FUNCTION.timeoutSeconds * 1000 * 0.7;

/** Each run begins with another rule, eight further from one day to the next, so that no rule is always skipped. */
const TURN_MILLISECONDS = 600_000;

/**
 * Makes Security Hub agree with AWS Config: results whose events were lost, messages that a new release changed, waivers
 * that ended, results of rules and resources that are no longer there. It goes rule by rule, because an account may have
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
  const at = new Date(start - SKEW_MILLISECONDS).toISOString();
  const total = { results: 0, archived: 0, left: 0, failures: new Map<string, string>() };
  const deployed = await DeployedRules.read(config, rules);
  const first = Math.floor(start / TURN_MILLISECONDS) % Math.max(rules.length, 1);
  for (const rule of [...rules.slice(first), ...rules.slice(0, first)]) {
    if (clock().getTime() - start > BUDGET_MILLISECONDS) {
      total.left++;
      continue;
    }
    try {
      const { results, archived, failures } = await compare(settler, config, rule, deployed, at);
      total.results += results;
      total.archived += archived;
      for (const [id, reason] of failures) total.failures.set(id, reason);
    } catch (error) {
      total.failures.set(rule.id, String(error));
    }
  }
  const former = await formerRules(settler, rules, start);
  const { archived, failures } = await archive(settler, former, at);
  for (const [id, reason] of failures) total.failures.set(id, reason);
  return { ...total, archived: total.archived + archived };
}

/** Compares the findings of one rule. */
async function compare(
  settler: Settler,
  config: ConfigServiceClient,
  rule: RuleWords,
  deployed: DeployedRules,
  at: string,
): Promise<Omit<Reconciled, 'left'>> {
  const { place } = settler;
  // Before AWS Config is read: what appears in between must not look as if it had vanished.
  const held = await heldFindings(settler, {
    Id: [{ Value: idPrefix(place.partition, place.region, place.account), Comparison: 'PREFIX' }],
    GeneratorId: [{ Value: rule.id, Comparison: 'EQUALS' }],
  });
  const isActive = ({ RecordState }: Held) => RecordState === 'ACTIVE';
  const names = await deployed.names(rule, [...held.values()].some(isActive));
  const wanted = await readings(settler, config, rule, names, at);
  if (names.length > 0) {
    const left = [...held].filter(([id, each]) => !wanted.has(id) && isActive(each));
    for (const each of await unlistedWaivers(settler, config, rule, left, at)) {
      wanted.set(idOf(each, place), each);
    }
  }
  const failures = await settle(settler, [...wanted.values()], held);
  const vanished = [...held].filter(([id, each]) => !wanted.has(id) && isActive(each));
  const { archived, failures: others } = await archive(settler, new Map(vanished), at);
  return { results: wanted.size, archived, failures: new Map([...failures, ...others]) };
}

async function archive(
  { hub, place }: Settler,
  vanished: ReadonlyMap<string, Held>,
  at: string,
): Promise<Pick<Reconciled, 'archived' | 'failures'>> {
  const product = productArn(place.partition, place.region, place.account);
  const fresh = await hub.named(product, [...vanished.keys()]);
  const findings = [...fresh]
    // What was updated in between is not gone.
    .filter(([id, { UpdatedAt }]) => UpdatedAt === vanished.get(id)?.UpdatedAt)
    .map(([, finding]) => retired(finding, at));
  return { archived: findings.length, failures: await hub.import(findings) };
}

/**
 * Findings of rules that this release does not have. They are known by their age, because any current finding would have been
 * refreshed: to list them by their rules would be to list everything.
 */
async function formerRules(
  settler: Settler,
  rules: readonly RuleWords[],
  now: number,
): Promise<Map<string, Held>> {
  const { partition, region, account } = settler.place;
  const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();
  const old = await heldFindings(settler, {
    Id: [{ Value: idPrefix(partition, region, account), Comparison: 'PREFIX' }],
    RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }],
    UpdatedAt: [{ Start: daysAgo(FORGOTTEN_DAYS), End: daysAgo(REFRESH_DAYS + 5) }],
  });
  const known = new Set(rules.map(({ id }) => id));
  return new Map([...old].filter(([, { GeneratorId }]) => !known.has(GeneratorId ?? '')));
}

async function heldFindings(
  { hub, place }: Settler,
  filters: AwsSecurityFindingFilters,
): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  const { partition, region, account } = place;
  const product = productArn(partition, region, account);
  const findings = hub.find({
    ProductArn: [{ Value: product, Comparison: 'EQUALS' }],
    ...filters,
  });
  for await (const finding of findings) {
    // Only what decides is kept: a rule may have tens of thousands of findings.
    const { Id, GeneratorId, CreatedAt, UpdatedAt, Compliance, Resources } = finding;
    const { RecordState, Workflow, Note, ProductFields } = finding;
    const said = { RecordState, ProductFields, Compliance, Resources };
    if (Id) held.set(Id, { GeneratorId, CreatedAt, UpdatedAt, Workflow, Note, ...said });
  }
  return held;
}
