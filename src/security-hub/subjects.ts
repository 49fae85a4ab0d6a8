import {
  BatchGetResourceConfigCommand,
  type ConfigServiceClient,
  type ResourceKey,
} from '@aws-sdk/client-config-service';
import { normalise } from '../records/normalise.ts';
import type { Identity } from '../records/reading.ts';
import { lasts } from '../services/failures.ts';
import type { Wait } from '../sources/config-api/recorded-items.ts';
import { chunks } from './batches.ts';
import { type Change, keyOf } from './change.ts';

/** The most resource keys that BatchGetResourceConfig takes (Config API reference). */
const KEYS_PER_CALL = 100;

/** The types whose ARN follows from the id. */
const CLEAR: readonly string[] = ['AWS::S3::Bucket', 'AWS::::Account'];

/** Resources by the key of the change, and why the others are not known. */
export interface Subjects {
  readonly subjects: ReadonlyMap<string, Identity>;
  readonly unread: ReadonlyMap<string, string>;
}

/**
 * Which resources the changes are about. A result has only the id of a resource; where the ARN does not follow from it, as with IAM,
 * the record is asked. Without one, as of a resource that is gone, or where AWS Config refuses to tell, the ARN is put together where
 * its parts are known, and else stays empty.
 */
export async function subjectsOf(
  config: ConfigServiceClient,
  changes: readonly Change[],
  wait: Wait,
): Promise<Subjects> {
  const { subjects, unread, know } = knowing();
  for (const change of changes) know(change);
  const isUnclear = (change: Change) => subjects.has(keyOf(change)) && !CLEAR.includes(change.type);
  const unclear = changes.filter(isUnclear);
  const { records, failures } = await recordsOf(config, unclear, wait);
  for (const change of unclear) {
    const record = records.get(resourceKeyOf(change));
    const failure = failures.get(resourceKeyOf(change));
    if (record) know(change, record);
    if (failure === undefined || failure.lasts) continue;
    subjects.delete(keyOf(change));
    unread.set(keyOf(change), failure.reason);
  }
  return { subjects, unread };
}

/**
 * The same, of resources that AWS Config still has a record of; an account is always there. A resource that it did not tell of is
 * unread, and neither there nor gone.
 */
export async function recordedSubjects(
  config: ConfigServiceClient,
  changes: readonly Change[],
  wait: Wait,
): Promise<Subjects> {
  const isAccount = ({ type }: Change) => type === 'AWS::::Account';
  const others = changes.filter((change) => !isAccount(change));
  const { records, failures } = await recordsOf(config, others, wait);
  const { subjects, unread, know } = knowing();
  for (const change of changes) {
    const record = records.get(resourceKeyOf(change));
    const failure = failures.get(resourceKeyOf(change));
    if (record || isAccount(change)) know(change, record);
    else if (failure) unread.set(keyOf(change), failure.reason);
  }
  return { subjects, unread };
}

/** Collects what becomes known; a change or a record that nobody can read is unread, and costs the others nothing. */
function knowing() {
  const subjects = new Map<string, Identity>();
  const unread = new Map<string, string>();
  const know = (change: Change, named?: Named) => {
    try {
      subjects.set(keyOf(change), subjectOf(change, named));
    } catch (error) {
      subjects.delete(keyOf(change));
      unread.set(keyOf(change), String(error));
    }
  };
  return { subjects, unread, know };
}

const resourceKeyOf = ({ type, id }: Change) => `${type} ${id}`;

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

interface Failure {
  readonly reason: string;
  /** Whether to ask again is of no use. */
  readonly lasts: boolean;
}

/** How often AWS Config is asked for what it leaves unprocessed, which means "ask again". */
const ROUNDS = 4;

async function recordsOf(config: ConfigServiceClient, changes: readonly Change[], wait: Wait) {
  const keys = new Map(
    changes.map((change) => {
      const key = { resourceType: change.type, resourceId: change.id } as ResourceKey;
      return [resourceKeyOf(change), key];
    }),
  );
  const records = new Map<string, Named>();
  const failures = new Map<string, Failure>();
  const ask = async (some: readonly ResourceKey[]): Promise<void> => {
    let left = some;
    try {
      for (let round = 1; left.length > 0 && round <= ROUNDS; round++) {
        if (round > 1) await wait(500 * 2 ** round);
        const command = new BatchGetResourceConfigCommand({ resourceKeys: [...left] });
        const { baseConfigurationItems = [], unprocessedResourceKeys = [] } =
          await config.send(command);
        for (const { resourceType, resourceId, arn, resourceName } of baseConfigurationItems) {
          records.set(`${resourceType} ${resourceId}`, { arn, resourceName });
        }
        left = unprocessedResourceKeys;
      }
      fail(left, 'AWS Config did not return the record.', false);
    } catch (error) {
      // One key that AWS Config does not take fails its whole call, so the call is halved to find it.
      const isUnreadable = error instanceof Error && /Validation|Invalid/.test(error.name);
      if (!isUnreadable || left.length === 1) return fail(left, String(error), lasts(error));
      const middle = Math.ceil(left.length / 2);
      await ask(left.slice(0, middle));
      await ask(left.slice(middle));
    }
  };
  for (const some of chunks([...keys.values()], KEYS_PER_CALL)) await ask(some);
  return { records, failures };
  function fail(unread: readonly ResourceKey[], reason: string, isLasting: boolean) {
    for (const { resourceType, resourceId } of unread) {
      failures.set(`${resourceType} ${resourceId}`, { reason, lasts: isLasting });
    }
  }
}
