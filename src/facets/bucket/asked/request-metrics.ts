import { array, object, text } from '../../../values/json.ts';
import { asked } from '../../asked.ts';

/** Asked of S3: one without a filter counts every request to the bucket (Amazon S3 API reference, MetricsConfiguration). */
export const requestMetrics = asked<readonly string[], 'ListBucketMetricsConfigurations'>(
  ['ListBucketMetricsConfigurations'],
  async (ask, { resourceName: Bucket, account: ExpectedBucketOwner }) => {
    const question = { Bucket, ExpectedBucketOwner };
    const { MetricsConfigurationList } = await ask('ListBucketMetricsConfigurations', question);
    return array(MetricsConfigurationList, 'MetricsConfigurationList')
      .map((configuration) => object(configuration, 'MetricsConfigurationList[]'))
      .filter(({ Filter }) => Filter === undefined || Filter === null)
      .map(({ Id }) => text(Id, 'Id'));
  },
);
