import { type Access, attempt } from '../../src/doctor/access.ts';
import { STACK_SETS } from '../../src/doctor/reach/names.ts';
import { allInstances } from '../../src/doctor/reach/read.ts';
import { isKnown, reasonOf } from '../../src/records/reading.ts';
import {
  type Deployment,
  homeRegionOf,
  isJudgedInMembers,
} from '../../src/settings-file/deployment.ts';
import {
  collisions,
  type DeploymentRecord,
  type Files,
} from '../../src/settings-file/deployment-record.ts';

/** What is known of an earlier roll-out. */
export interface Before {
  /** null without a record. */
  readonly record: DeploymentRecord | null;
  readonly files: Files;
  /** Asks with the credentials of the central account; null where there are none. */
  readonly ask: Access['ask'] | null;
  /** Somebody says that no stack is there yet. */
  readonly isFirst: boolean;
}

/**
 * Why a deployment must not begin, and what could not be looked at. CloudFormation is asked only where canaries are named, because only
 * they can collide. A deployment needs credentials: so nothing is changed without an answer, a record, or a word of the operator.
 */
export async function refusals(
  deployment: Deployment,
  { record, files, ask, isFirst }: Before,
): Promise<{ readonly problems: readonly string[]; readonly warning: string | null }> {
  const hasCanaries = (deployment.canary?.accounts ?? []).length > 0;
  const byRecord = { problems: collisions(deployment, record, files), warning: null };
  if (!isJudgedInMembers(deployment) || !hasCanaries || isFirst) return byRecord;
  const nobodyKnows = `Whether an account of canary.accounts already has a stack is not known: there is no ${files.record}, and`;
  if (ask === null) {
    if (record !== null) return byRecord;
    const warning =
      `${nobodyKnows} there are no credentials of account ${deployment.centralAccount}. With them CloudFormation is asked ` +
      'before anything is changed.';
    return { problems: [], warning };
  }
  const read = await attempt(() => allInstances(ask, homeRegionOf(deployment)));
  if (isKnown(read)) {
    const holders = (name: string) =>
      new Set(read.value.filter(({ stackSet }) => stackSet === name).map(({ account }) => account));
    const there = { canaries: holders(STACK_SETS.canary), members: holders(STACK_SETS.members) };
    return { problems: collisions(deployment, record, files, there), warning: null };
  }
  const reason = `the stacks could not be listed: ${reasonOf(read)}.`;
  if (record !== null)
    return { ...byRecord, warning: `Compared with ${files.record} only: ${reason}` };
  return {
    problems: [
      `${files.deployment}: ${nobodyKnows} ${reason} Allow it, bring ${files.record} of the last roll-out, or say that this is ` +
        'the first one: -c firstRollOut=true',
    ],
    warning: null,
  };
}
