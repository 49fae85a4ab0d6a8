import type { RegionRules } from '../../facts/watching.ts';
import { array, object, text } from '../../values/json.ts';
import { asked } from '../asked.ts';
import { TOPIC_QUESTIONS } from '../watching/receivers.ts';
import { rulesIn } from '../watching/region-rules.ts';

const QUESTIONS = ['ListBuckets', 'ListRules', 'ListTargetsByRule', ...TOPIC_QUESTIONS] as const;

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
    return Promise.all(
      [...regions].sort().map(async (region) => ({
        region,
        rules: await rulesIn(region, ask, account),
      })),
    );
  },
);
