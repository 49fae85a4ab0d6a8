import type {
  LifecycleRule,
  LifecycleRuleFilter,
  ReplicationConfiguration,
  Tag,
} from '@aws-sdk/client-s3';
import { lowered } from './item.ts';

/** A lifecycle rule as AWS Config records it (cloud-custodian, tests/data/config/s3-lifecycle.json): what is not set is -1 or null. */
export function lifecycleOf(rule: LifecycleRule): object {
  const { Filter, NoncurrentVersionExpiration: noncurrent } = rule;
  // An old rule has a prefix, a new one a filter. Of one that has neither, it is not known what it reaches.
  const reach =
    Filter === undefined && rule.Prefix === undefined
      ? {}
      : { prefix: rule.Prefix ?? null, filter: Filter && { predicate: predicateOf(Filter) } };
  return {
    id: rule.ID ?? null,
    ...reach,
    status: rule.Status,
    expirationInDays: rule.Expiration?.Days ?? -1,
    expirationDate: rule.Expiration?.Date?.toISOString() ?? null,
    expiredObjectDeleteMarker: rule.Expiration?.ExpiredObjectDeleteMarker ?? false,
    noncurrentVersionExpirationInDays: noncurrent?.NoncurrentDays ?? -1,
    ...(noncurrent && {
      noncurrentVersionExpiration: {
        noncurrentDays: noncurrent.NoncurrentDays ?? -1,
        newerNoncurrentVersions: noncurrent.NewerNoncurrentVersions ?? -1,
      },
    }),
    transitions:
      rule.Transitions?.map(({ Days, Date: date, StorageClass }) => ({
        days: Days ?? -1,
        date: date?.toISOString() ?? null,
        storageClass: StorageClass,
      })) ?? null,
    noncurrentVersionTransitions:
      rule.NoncurrentVersionTransitions?.map(({ NoncurrentDays, StorageClass }) => ({
        days: NoncurrentDays ?? -1,
        storageClass: StorageClass,
      })) ?? null,
    abortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload
      ? { daysAfterInitiation: rule.AbortIncompleteMultipartUpload.DaysAfterInitiation }
      : null,
  };
}

/** How the predicates of sizes are called in records could not be verified; facets take every type they do not know for a condition. */
function predicateOf(filter: LifecycleRuleFilter): object | null {
  const operands = conditionsOf(filter);
  const [only] = operands;
  if (filter.And !== undefined) {
    return {
      type: 'LifecycleAndOperator',
      operands: conditionsOf({ ...filter.And, tags: filter.And.Tags }),
    };
  }
  return operands.length > 1 ? { type: 'LifecycleAndOperator', operands } : (only ?? null);
}

interface Conditions {
  readonly Prefix?: string | undefined;
  readonly Tag?: Tag | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
}

function conditionsOf({ Prefix, Tag: one, tags = [], ...sizes }: Conditions): object[] {
  return [
    ...(Prefix === undefined ? [] : [{ type: 'LifecyclePrefixPredicate', prefix: Prefix }]),
    ...[...(one ? [one] : []), ...tags].map(({ Key, Value }) => ({
      type: 'LifecycleTagPredicate',
      tag: { key: Key, value: Value },
    })),
    ...(sizes.ObjectSizeGreaterThan === undefined
      ? []
      : [
          {
            type: 'LifecycleObjectSizeGreaterThanPredicate',
            objectSizeGreaterThan: sizes.ObjectSizeGreaterThan,
          },
        ]),
    ...(sizes.ObjectSizeLessThan === undefined
      ? []
      : [
          {
            type: 'LifecycleObjectSizeLessThanPredicate',
            objectSizeLessThan: sizes.ObjectSizeLessThan,
          },
        ]),
  ];
}

/**
 * A replication configuration as AWS Config records it: a map from rule id to rule, with Account in capitals
 * (awslabs/aws-config-resource-schema). How a filter is recorded is not documented: one that is only a prefix is written as the
 * prefix of an old rule, any other as the API has it, which facets take for a condition.
 */
export function replicationOf(replication: ReplicationConfiguration | undefined): object {
  const rules = replication?.Rules?.map(({ ID, Prefix, Filter, Status, Destination }, index) => {
    const { Prefix: prefix, ...conditions } = Filter ?? {};
    const isNarrow = Object.values(conditions).some((condition) => condition !== undefined);
    return [
      ID ?? `rule ${index + 1}`,
      {
        prefix: Prefix ?? prefix ?? null,
        filter: isNarrow ? lowered(conditions) : null,
        status: Status,
        destinationConfig: {
          bucketARN: Destination?.Bucket,
          storageClass: Destination?.StorageClass ?? null,
          Account: Destination?.Account ?? null,
        },
      },
    ] as const;
  });
  return { roleARN: replication?.Role ?? null, rules: rules && Object.fromEntries(rules) };
}
