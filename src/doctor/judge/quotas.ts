import { managedRules } from '../../../conformance-pack/managed-rules.ts';
import { heldBy } from '../../../conformance-pack/packs.ts';
import { expectedRules } from '../../knowledge/accounts/pack-health.ts';
import { isKnown } from '../../records/reading.ts';
import { homeRegionOf, packOf } from '../../settings-file/deployment/deployment.ts';
import { about, type Diagnosis } from '../diagnosis.ts';
import { PACK, type PlaceFacts, type Plan } from '../facts.ts';

/** AWS Config Developer Guide, "Service Limits": in each account and Region. */
export const QUOTAS = { rules: 1000, packs: 50, rulesInPacks: 150 } as const;

/** Enough for the three functions to evaluate many buckets at once; a new account may have ten. */
export const CONCURRENCY_WANTED = 100;

/** Rules of packs end so (AWS Config decorates their names); that the pack is there already is known by its name. */
const IN_A_PACK = /-conformance-pack-[a-z0-9]+$/;

/** Is there room for what the roll-out brings? */
export function judgeQuotas(facts: PlaceFacts, plan: Plan): readonly Diagnosis[] {
  return [...judgeConfigQuotas(facts, plan), judgeConcurrency(facts, plan)];
}

function judgeConfigQuotas(facts: PlaceFacts, plan: Plan): readonly Diagnosis[] {
  const { account, region, rules, packs } = facts;
  const where = { account, region };
  const isDeployed = isKnown(packs) && packs.value.includes(PACK);
  // With the packs unknown, ours is counted: the worse case.
  const ours = isDeployed ? 0 : rulesOfPack(plan, region);
  const [total, inPacks, number] = [
    about('rules-quota', where),
    about('pack-rules-quota', where),
    about('packs-quota', where),
  ];
  const unread = { what: 'The rules of AWS Config could not be counted' };
  const raise = `Remove some, or request a higher quota: aws service-quotas list-service-quotas --service-code config --region ${region}`;
  return [
    total.from(rules, unread, ({ length }) =>
      length + ours <= QUOTAS.rules
        ? total.ok('There is room for the rules.')
        : total.fix(
            `With ${ours} rules of the pack there are ${length + ours} rules; the quota is ${QUOTAS.rules}.`,
            raise,
          ),
    ),
    inPacks.from(rules, unread, (names) => {
      const count = names.filter((name) => IN_A_PACK.test(name)).length + ours;
      return count <= QUOTAS.rulesInPacks
        ? inPacks.ok('There is room for the rules in packs.')
        : inPacks.warn(
            `With ${ours} rules of the pack there are ${count} rules in packs; the documented quota is ${QUOTAS.rulesInPacks}.`,
            raise,
          );
    }),
    number.from(packs, { what: 'The conformance packs could not be counted' }, ({ length }) => {
      const present = oursAmong(facts, plan);
      if (isDeployed && present === 0) {
        return number.warn(
          `A pack named ${PACK} exists but has none of our rules. If it is not ours, the roll-out fails because the name is taken.`,
          `Check who owns it: aws configservice describe-conformance-packs --conformance-pack-names ${PACK} --region ${region}`,
        );
      }
      if (length + (isDeployed ? 0 : 1) > QUOTAS.packs) {
        return number.fix(
          `There are already ${length} conformance packs; the quota is ${QUOTAS.packs}.`,
          raise,
        );
      }
      return !isDeployed && present > 0
        ? number.warn(
            `Another pack deploys ${present} of our rules, so each resource is evaluated and charged twice.`,
            'Remove that pack after the roll-out.',
          )
        : number.ok('There is room for the pack.');
    }),
  ];
}

/** How many of our rules are deployed, by any pack; -1 if unknown. */
function oursAmong({ rules }: PlaceFacts, { pack }: Plan): number {
  if (!isKnown(rules)) return -1;
  const ids = new Set(pack.rules.map(({ id }) => id));
  return rules.value.filter((name) => ids.has(name.replace(IN_A_PACK, ''))).length;
}

/** As in the pack's template: a rule on the account or on IAM only in the home Region. */
function rulesOfPack({ deployment, pack, terms }: Plan, region: string): number {
  const isHome = region === homeRegionOf(deployment);
  const carried = managedRules.filter(heldBy(packOf(deployment)));
  const managed = carried.filter(({ homeRegionOnly }) => isHome || !homeRegionOnly);
  const own = expectedRules(pack, region, terms);
  return own.length + (deployment.awsManagedRules ? managed.length : 0);
}

/** What must stay unreserved, as the error of Lambda says; in accounts with a low limit it is less. */
const LEFT_TO_OTHERS = 100;

function judgeConcurrency(
  { account, region, concurrency }: PlaceFacts,
  { deployment }: Plan,
): Diagnosis {
  const { ok, warn, from } = about('concurrency', { account, region });
  const more =
    'aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 ' +
    `--region ${region}`;
  const functions = deployment.consumers.securityHub ? 3 : 2;
  const reserved = functions * (deployment.functions.reservedConcurrency ?? 0);
  const unread = { what: 'The concurrency of Lambda could not be examined' };
  return from(concurrency, unread, ({ limit, unreserved }) => {
    if (limit < CONCURRENCY_WANTED) {
      return warn(`The account can run only ${limit} Lambda functions at a time.`, more);
    }
    if (reserved > 0 && unreserved - reserved < LEFT_TO_OTHERS) {
      return warn(
        `Of ${unreserved} unreserved executions, functions.reservedConcurrency would reserve ${reserved} unless the ` +
          `functions already have them; ${LEFT_TO_OTHERS} must stay unreserved.`,
        more,
      );
    }
    return ok('The account can run enough Lambda functions at a time.');
  });
}
