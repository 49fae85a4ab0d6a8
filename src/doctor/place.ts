import health from '../../rules/config-recorder-health.ts';
import { rules } from '../../rules/index.ts';
import { fill } from '../core/message.ts';
import type { DeliveryChannel, Recorder } from '../core/pack.ts';
import { judgeRecording } from '../core/pack-health.ts';
import { parametersOf } from '../core/parameters.ts';
import { emptySettings } from '../core/settings.ts';
import { Refused } from '../services/services.ts';
import { type Deployment, homeRegionOf } from '../settings/deployment.ts';
import { packOf } from '../sources/pack.ts';
import { askServices } from '../sources/service-facets.ts';
import { accountItem, type ServiceReadings } from '../sources/subject.ts';
import type { Access } from './aws.ts';
import { type Diagnosis, examine, fix, isNamed, type Judgement, ok, warn } from './diagnosis.ts';

/** Quotas for each account and Region (AWS Config Developer Guide, "Service Limits"). */
const RULES_AT_MOST = 1000;
const PACKS_AT_MOST = 50;
/** What Lambda keeps for functions without a reservation (AWS Lambda Developer Guide, "Configuring reserved concurrency"). */
const UNRESERVED_AT_LEAST = 100;
const FUNCTIONS = 3;
const PACK = 's3-config-rules';

/** Of what is recorded late, or was not delivered yet: the rules work all the same. */
const NO_OBSTACLE: readonly string[] = ['recordedDaily', 'neverDelivered', 'stale'];

/** Can the rules run in this account and Region, and will they see what they judge? */
export async function examinePlace(
  access: Access,
  account: string,
  region: string,
  deployment: Deployment,
  now: string,
): Promise<readonly Diagnosis[]> {
  const place = { account, region };
  const { consumers, functions } = deployment;
  return await Promise.all([
    examine('recorder', place, () => recording(access, account, region, deployment, now)),
    examine('rules', place, async () => {
      const { ConfigRules } = await access.ask('DescribeConfigRules', {}, region);
      const { ConformancePackDetails } = await access.ask('DescribeConformancePacks', {}, region);
      return roomFor(
        namesIn(ConfigRules, 'ConfigRuleName'),
        namesIn(ConformancePackDetails, 'ConformancePackName'),
      );
    }),
    examine('Lambda', place, async () => {
      const { AccountLimit } = await access.ask('GetAccountSettings', {}, region);
      const { ConcurrentExecutions = 0 } = AccountLimit as Record<string, number>;
      return concurrency(ConcurrentExecutions, functions.reservedConcurrency ?? 0);
    }),
    ...(consumers.securityHub
      ? [examine('Security Hub', place, () => securityHub(access, region))]
      : []),
  ]);
}

/** What the rule on the recorder would say, before the other rules are there. */
async function recording(
  access: Access,
  account: string,
  region: string,
  deployment: Deployment,
  now: string,
): Promise<Judgement> {
  const item = accountItem(account, region, now);
  const { readings } = await askServices(item, ['recorder', 'deliveryChannel'], access.services);
  const homeRegions = [homeRegionOf(deployment)];
  const settings = { ...emptySettings, organization: { accounts: {}, homeRegions } };
  const { gap, ...names } = judgeRecording(
    {
      ...{ region, now, pack: packOf(rules) },
      recorder: answered<Recorder | null>(readings, 'recorder'),
      deliveryChannel: answered<DeliveryChannel | null>(readings, 'deliveryChannel'),
    },
    parametersOf(health, settings) as Parameters<typeof judgeRecording>[1],
  );
  if (gap === null) return ok(`Recorder ${names.recorder} records, ${names.channel} delivers.`);
  const { messageId, ...values } = gap;
  const sentence = health.messages[messageId]?.sentence ?? messageId;
  const judge = NO_OBSTACLE.includes(messageId) ? warn : fix;
  return judge(fill(sentence, values, messageId), health.remediation);
}

/** @throws Refused for evidence that is missing. */
function answered<T>(readings: ServiceReadings, name: 'recorder' | 'deliveryChannel'): T {
  const reading = readings.get(name);
  if (reading && 'value' in reading) return reading.value as T;
  throw new Refused(reading?.unavailable ?? 'nothing was read', reading?.action);
}

function roomFor(present: readonly string[], packs: readonly string[]): Judgement {
  if (packs.includes(PACK)) return ok(`Pack ${PACK} is there already.`);
  const ours = present.filter((name) => rules.some(({ id }) => isDecorated(name, id)));
  if (present.length + rules.length > RULES_AT_MOST) {
    return fix(
      `There are ${present.length} rules, and AWS Config allows ${RULES_AT_MOST}.`,
      'Ask for a higher quota of AWS Config rules, or remove some.',
    );
  }
  if (packs.length >= PACKS_AT_MOST) {
    return fix(
      `There are ${packs.length} conformance packs, and AWS Config allows ${PACKS_AT_MOST}.`,
      'Ask for a higher quota of conformance packs, or remove some.',
    );
  }
  if (ours.length === 0) return ok(`There is room beside ${present.length} rules.`);
  return warn(
    `${ours.length} of our rules are deployed already, by another pack.`,
    'Remove that pack afterwards, or each bucket is judged and paid twice.',
  );
}

/** As AWS Config names rules inside packs. */
const isDecorated = (name: string, id: string) =>
  name === id || name.startsWith(`${id}-conformance-pack-`);

function concurrency(limit: number, reserved: number): Judgement {
  const left = limit - FUNCTIONS * reserved;
  if (reserved > 0 && left < UNRESERVED_AT_LEAST) {
    return fix(
      `Lambda runs ${limit} functions at once here, too few to reserve ${reserved} for each of ${FUNCTIONS}.`,
      'Leave functions.reservedConcurrency out, or ask for a higher quota of concurrent executions.',
    );
  }
  if (limit >= UNRESERVED_AT_LEAST) return ok(`Lambda runs ${limit} functions at once.`);
  return warn(
    `Lambda runs only ${limit} functions at once here, so the first evaluation takes its time.`,
    'Ask for a higher quota of concurrent executions.',
  );
}

async function securityHub(access: Access, region: string): Promise<Judgement> {
  try {
    await access.ask('DescribeHub', {}, region);
    return ok('It is on.');
  } catch (error) {
    if (!isNamed(error, 'InvalidAccessException', 'ResourceNotFoundException')) throw error;
    return fix(
      'It is off, so findings would go nowhere.',
      `aws securityhub enable-security-hub --no-enable-default-standards --region ${region}; or consumers.securityHub: false`,
    );
  }
}

const namesIn = (list: unknown, key: string): readonly string[] =>
  (list as readonly Readonly<Record<string, string>>[]).flatMap((each) => each[key] ?? []);
