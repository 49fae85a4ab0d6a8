import type { EventRule, RegionRules } from '../../facts/watching.ts';
import { array, type Json, object, optionalText, text } from '../../values/json.ts';
import { type Ask, asked, orNull } from '../asked.ts';
import { receiversOf } from '../watching/receivers.ts';

const QUESTIONS = [
  'ListBuckets',
  'ListRules',
  'ListTargetsByRule',
  'ListSubscriptionsByTopic',
] as const;
type AskRules = Ask<(typeof QUESTIONS)[number]>;

/** ListBuckets returns the Region of each bucket only if it is called with some parameter (Amazon S3 API reference, Bucket). */
const BUCKETS_A_PAGE = 1000;

/**
 * The rules on the default bus, which gets the events of CloudTrail, in each Region with buckets: every Region has a bus of
 * its own. Without a bucket, those of the home Region.
 */
export const eventRules = asked<readonly RegionRules[], (typeof QUESTIONS)[number]>(
  QUESTIONS,
  async (ask, { account, region: home }) => {
    const { Buckets } = await ask('ListBuckets', { MaxBuckets: BUCKETS_A_PAGE });
    const regions = new Set(
      array(Buckets, 'Buckets').map((bucket) =>
        text(object(bucket, 'Buckets[]')['BucketRegion'], 'BucketRegion'),
      ),
    );
    if (regions.size === 0) regions.add(home);
    return Promise.all([...regions].sort().map((region) => rulesIn(region, ask, account)));
  },
);

async function rulesIn(region: string, ask: AskRules, account: string): Promise<RegionRules> {
  const { Rules } = await ask('ListRules', {}, region);
  const rules = array(Rules, 'Rules').map((rule) =>
    ruleOf(object(rule, 'Rules[]'), region, ask, account),
  );
  return { region, rules: (await Promise.all(rules)).filter((rule) => rule !== null) };
}

/** null for a rule that is disabled, or runs only on a schedule (EventBridge API reference, Rule). */
async function ruleOf(
  rule: Json,
  region: string,
  ask: AskRules,
  account: string,
): Promise<EventRule | null> {
  const state = text(rule['State'], 'State');
  const pattern = optionalText(rule['EventPattern'], 'EventPattern');
  if (!state.startsWith('ENABLED') || pattern === null) return null;
  const name = text(rule['Name'], 'Name');
  const answer = await orNull(
    ask('ListTargetsByRule', { Rule: name }, region),
    'ResourceNotFoundException',
  );
  const targets = array(answer?.Targets, 'Targets').map(
    (target) => object(target, 'Targets[]')['Arn'],
  );
  return {
    name,
    pattern,
    seesReads: state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
    targets: await receiversOf(ask, targets, account, 'Targets'),
  };
}
