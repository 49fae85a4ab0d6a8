import {
  type ConfigServiceClient,
  paginateDescribeConfigRules,
  paginateGetComplianceDetailsByConfigRule,
} from '@aws-sdk/client-config-service';
import { isExpired } from '../../core/waiver.ts';
import { isObject } from '../../facets/json.ts';
import { idPrefix, productArn, STATE_FIELD, WAIVER_FIELD } from '../../formats/asff.ts';
import type { PublishedRule } from '../../settings/rule-texts.ts';
import { structured } from '../../sources/configuration-item.ts';
import { type Change, changeIn, findingOf, keyOf, ruleNamed } from './change.ts';
import { retired } from './retire.ts';
import type { Failures } from './security-hub.ts';
import { type Held, idOf, type Settler, settle, type Wanted } from './settle.ts';
import { subjectsOf } from './subjects.ts';

/** What the reconciliation compared and could not mend. */
export interface Reconciled {
  readonly results: number;
  readonly archived: number;
  readonly failures: Failures;
}

/** Clocks may differ so much: what AWS Config recorded since this long before the start is left to its event. */
const SKEW_MILLISECONDS = 60_000;

/**
 * Makes Security Hub agree with AWS Config: what an event was lost of, what a new release says in other words, waivers
 * that ended, results of rules and resources that are no longer there. It heals itself: whatever fails is left to the next run.
 */
export async function reconcile(
  settler: Settler,
  config: ConfigServiceClient,
  rules: readonly PublishedRule[],
  now: Date,
): Promise<Reconciled> {
  const { place, hub } = settler;
  const at = new Date(now.getTime() - SKEW_MILLISECONDS).toISOString();
  const product = productArn(place.partition, place.region, place.account);
  // Before AWS Config is read: what appears in between must not look as if it had vanished.
  const held = await heldFindings(settler, product);
  const deployed = await deployedRules(config, rules);
  const wanted = await readings(settler, config, deployed, at);
  const failures = await settle(settler, [...wanted.values()], held);
  const ids = new Set([...deployed.values()].map(({ id }) => id));
  const vanished = [...held]
    .filter(([id, { RecordState }]) => !wanted.has(id) && RecordState === 'ACTIVE')
    .filter(([, each]) => !(ids.has(each.GeneratorId ?? '') && isStillWaived(each, settler, now)))
    .map(([id]) => id);
  const archive = [...(await hub.named(product, vanished))]
    // What was updated in between is not gone.
    .filter(([id, { UpdatedAt }]) => UpdatedAt === held.get(id)?.UpdatedAt)
    .map(([, finding]) => retired(finding, at));
  for (const [id, reason] of await hub.import(archive)) failures.set(id, reason);
  return { results: wanted.size, archived: archive.length, failures };
}

async function heldFindings({ hub, place }: Settler, product: string): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  const { partition, region, account } = place;
  const findings = hub.find({
    ProductArn: [{ Value: product, Comparison: 'EQUALS' }],
    Id: [{ Value: idPrefix(partition, region, account), Comparison: 'PREFIX' }],
  });
  for await (const finding of findings) {
    // Only what decides is kept: an account may have tens of thousands of findings.
    const { Id, GeneratorId, CreatedAt, UpdatedAt } = finding;
    const { RecordState, Workflow, Note, ProductFields } = finding;
    const times = { CreatedAt, UpdatedAt };
    if (Id) held.set(Id, { GeneratorId, ...times, RecordState, Workflow, Note, ProductFields });
  }
  return held;
}

/** Our rules by the names they have here. Their parameters say which rule they are; a name is only the second witness. */
async function deployedRules(
  config: ConfigServiceClient,
  rules: readonly PublishedRule[],
): Promise<Map<string, PublishedRule>> {
  const deployed = new Map<string, PublishedRule>();
  for await (const { ConfigRules = [] } of paginateDescribeConfigRules({ client: config }, {})) {
    for (const { ConfigRuleName: name, InputParameters, Source } of ConfigRules) {
      if (name === undefined || Source?.Owner !== 'CUSTOM_LAMBDA') continue;
      const parameters = structured(InputParameters);
      const id = isObject(parameters) ? parameters['rule'] : undefined;
      const rule = rules.find((each) => each.id === id) ?? ruleNamed(name, rules);
      if (rule) deployed.set(name, rule);
    }
  }
  return deployed;
}

async function readings(
  settler: Settler,
  config: ConfigServiceClient,
  deployed: ReadonlyMap<string, PublishedRule>,
  at: string,
): Promise<Map<string, Wanted>> {
  const { place } = settler;
  const changes = new Map<string, Change>();
  for (const [configRuleName, rule] of deployed) {
    const pages = paginateGetComplianceDetailsByConfigRule(
      { client: config, pageSize: 100 },
      {
        ConfigRuleName: configRuleName,
        ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'],
      },
    );
    for await (const { EvaluationResults = [] } of pages) {
      for (const result of EvaluationResults) {
        const { account, region } = place;
        const change = changeIn(result, { configRuleName, rule, account, region });
        const other = changes.get(keyOf(change));
        // A rule deployed twice has one finding: that of the later result, as with events.
        if (!other || other.recordedAt <= change.recordedAt) changes.set(keyOf(change), change);
      }
    }
  }
  const subjects = await subjectsOf(config, [...changes.values()]);
  const wanted = new Map<string, Wanted>();
  for (const [key, change] of changes) {
    const subject = subjects.get(key);
    if (subject === undefined) continue;
    const finding = findingOf(change, subject, settler, at);
    const { rule } = change;
    const each: Wanted = { finding, rule, at, from: 'reading', replaces: false };
    wanted.set(idOf(each, place), each);
  }
  return wanted;
}

/** AWS Config does not say whether it lists results that are not applicable; a waiver in force is reason enough to keep one. */
function isStillWaived(finding: Held, { waivers }: Settler, now: Date): boolean {
  const fields = finding.ProductFields ?? {};
  const waiver = waivers.find(({ id }) => id === fields[WAIVER_FIELD]);
  const inForce = waiver !== undefined && !isExpired(waiver, now.toISOString());
  return fields[STATE_FIELD] === 'WAIVED' && inForce;
}
