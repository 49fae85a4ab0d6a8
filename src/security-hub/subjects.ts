import {
  BatchGetResourceConfigCommand,
  type ConfigServiceClient,
  type ResourceKey,
} from '@aws-sdk/client-config-service';
import { normalise } from '../records/normalise.ts';
import type { Identity } from '../records/reading.ts';
import { type Change, keyOf } from './change.ts';

/** The most resource keys that BatchGetResourceConfig takes (Config API reference). */
const KEYS_PER_CALL = 100;

/** The types whose ARN follows from the id. */
const CLEAR: readonly string[] = ['AWS::S3::Bucket', 'AWS::::Account'];

/**
 * Which resources the changes are about, by the key of the change. A result has only the id of a resource; where the
 * ARN does not follow from it, as with IAM, the record is asked. Without one, as of a resource that is gone, the ARN is
 * put together where its parts are known, and else stays empty.
 */
export async function subjectsOf(
  config: ConfigServiceClient,
  changes: readonly Change[],
): Promise<Map<string, Identity>> {
  const subjects = new Map(changes.map((change) => [keyOf(change), subjectOf(change)]));
  const unclear = changes.filter(({ type }) => !CLEAR.includes(type));
  const records = await recordsOf(config, unclear);
  for (const change of unclear) {
    const record = records.get(`${change.type} ${change.id}`);
    if (record) subjects.set(keyOf(change), subjectOf(change, record));
  }
  return subjects;
}

/** The same, of resources that AWS Config still has a record of; an account is always there. */
export async function recordedSubjects(
  config: ConfigServiceClient,
  changes: readonly Change[],
): Promise<Map<string, Identity>> {
  const isAccount = ({ type }: Change) => type === 'AWS::::Account';
  const records = await recordsOf(
    config,
    changes.filter((change) => !isAccount(change)),
  );
  const subjects = new Map<string, Identity>();
  for (const change of changes) {
    const record = records.get(`${change.type} ${change.id}`);
    if (record || isAccount(change)) subjects.set(keyOf(change), subjectOf(change, record));
  }
  return subjects;
}

interface Named {
  readonly arn: string | undefined;
  readonly resourceName: string | undefined;
}

function subjectOf({ type, id, account, region, recordedAt }: Change, named?: Named): Identity {
  const { resourceName, arn } = normalise({
    ...named,
    ...{ resourceType: type, resourceId: id, awsAccountId: account, awsRegion: region },
    ...{ configurationItemStatus: 'OK', configurationItemCaptureTime: recordedAt },
  });
  return { type, id, name: resourceName, arn, account, region };
}

async function recordsOf(
  config: ConfigServiceClient,
  changes: readonly Change[],
): Promise<Map<string, Named>> {
  const keys = new Map(
    changes.map(({ type, id }) => [
      `${type} ${id}`,
      { resourceType: type, resourceId: id } as ResourceKey,
    ]),
  );
  const records = new Map<string, Named>();
  const asked = [...keys.values()];
  for (let start = 0; start < asked.length; start += KEYS_PER_CALL) {
    const resourceKeys = asked.slice(start, start + KEYS_PER_CALL);
    const answer = await config.send(new BatchGetResourceConfigCommand({ resourceKeys }));
    const unread = answer.unprocessedResourceKeys ?? [];
    if (unread.length > 0) throw new Error(`AWS Config did not return ${unread.length} records.`);
    for (const { resourceType, resourceId, arn, resourceName } of answer.baseConfigurationItems ??
      []) {
      records.set(`${resourceType} ${resourceId}`, { arn, resourceName });
    }
  }
  return records;
}
