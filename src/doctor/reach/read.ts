import { text } from '../../values/json.ts';
import type { Access } from '../access.ts';
import type { StackInstance } from './coverage.ts';
import { STACK_SETS } from './names.ts';

type Ask = Access['ask'];
const asAdministrator = { CallAs: 'DELEGATED_ADMIN' } as const;

/** The stacks of both stack sets. */
export async function allInstances(ask: Ask, region: string): Promise<readonly StackInstance[]> {
  const found = [];
  for (const stackSet of Object.values(STACK_SETS)) {
    found.push(...(await instancesOf(ask, stackSet, region)));
  }
  return found;
}

/** All stacks of a stack set; none when there is no such set. */
async function instancesOf(
  ask: Ask,
  stackSet: string,
  region: string,
): Promise<readonly StackInstance[]> {
  const input = { StackSetName: stackSet, ...asAdministrator };
  const answer = await unlessMissing(ask('ListStackInstances', input, region));
  return (answer?.Summaries ?? []).map((each) => ({
    account: text(each.Account, 'Account of a stack instance'),
    region: text(each.Region, 'Region of a stack instance'),
    stackSet,
    status: text(each.Status, 'Status of a stack instance'),
    progress: each.StackInstanceStatus?.DetailedStatus ?? null,
    reason: each.StatusReason ?? null,
  }));
}

/** When the last operation on the stack sets ended (ISO); now while one runs; null when there was none. */
export async function lastRollOut(ask: Ask, region: string, now: string): Promise<string | null> {
  let last: string | null = null;
  for (const StackSetName of Object.values(STACK_SETS)) {
    const input = { StackSetName, ...asAdministrator };
    const answer = await unlessMissing(ask('ListStackSetOperations', input, region));
    for (const { Status, EndTimestamp } of answer?.Summaries ?? []) {
      const isAtWork = Status === 'RUNNING' || Status === 'QUEUED';
      const end = isAtWork ? now : EndTimestamp?.toISOString();
      if (end !== undefined && end > (last ?? '')) last = end;
    }
  }
  return last;
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'StackSetNotFoundException') return null;
    throw error;
  }
}
