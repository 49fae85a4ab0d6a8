import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Finding } from '../engine/finding.ts';
import type { RuleWords } from '../engine/words.ts';
import { type Asff, asffId, asffOf, DIGEST_FIELD, productArn } from '../formats/asff.ts';
import type { Release } from '../release/release.ts';
import type { Wait } from '../sources/config-api/recorded-items.ts';
import type { Exceptions } from './change.ts';
import type { Failures, SecurityHub, WorkflowUpdate } from './security-hub.ts';
import { mayNeedWorkflow, workflowOf } from './workflow.ts';

/** The account and Region whose Security Hub is written. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export interface Settler extends Exceptions {
  readonly hub: SecurityHub;
  readonly place: Place;
  readonly pagesUrl: string | undefined;
  readonly contentHash: string | undefined;
  readonly release?: Release | undefined;
  readonly wait: Wait;
}

/** How a finding should stand in Security Hub. */
export interface Wanted {
  readonly finding: Finding;
  readonly rule: RuleWords;
  /** Since when (ISO): what Security Hub holds of a later time is newer and stays. */
  readonly at: string;
  /**
   * `result`: one result of AWS Config, perhaps late or repeated. `reading`: the state at `at`, whatever Security
   * Hub received before.
   */
  readonly from: 'result' | 'reading';
  /** Whether something may have to be archived although Security Hub holds nothing yet. */
  readonly replaces: boolean;
}

/** A finding as Security Hub holds it, as far as it decides what to do. */
export type Held = Partial<
  Pick<
    AwsSecurityFinding,
    | 'GeneratorId'
    | 'CreatedAt'
    | 'UpdatedAt'
    | 'RecordState'
    | 'Workflow'
    | 'Note'
    | 'ProductFields'
    | 'Compliance'
    | 'Resources'
  >
>;

/** Security Hub forgets a finding so many days after its last update (User Guide, "Working with findings"). */
export const FORGOTTEN_DAYS = 90;
export const REFRESH_DAYS = 30;

export const idOf = ({ finding }: Wanted, { partition, region }: Place) =>
  asffId(finding, partition, region);

/**
 * Brings findings to where they should stand; the newest of each finding, once. A repeated or late result changes
 * nothing. @returns what could not be done, by the id of the finding.
 */
export async function settle(
  settler: Settler,
  wanted: readonly Wanted[],
  held: ReadonlyMap<string, Held>,
): Promise<Failures> {
  const { hub, place } = settler;
  const imports = wanted.flatMap((each) => importOf(settler, each, held.get(idOf(each, place))));
  const failures = await hub.import(imports);
  const importedAt = new Map(imports.map(({ Id, UpdatedAt }) => [Id, UpdatedAt]));
  const unsure = wanted
    .map((each) => ({ id: idOf(each, place), state: each.finding.state }))
    .filter(({ id, state }) => !failures.has(id) && mayNeedWorkflow(state, held.get(id)))
    .map(({ id }) => id);
  for (const [id, reason] of await settleWorkflow(settler, unsure, importedAt)) {
    failures.set(id, reason);
  }
  return failures;
}

function importOf(settler: Settler, wanted: Wanted, held: Held | undefined): Asff[] {
  const { finding, rule, at, from, replaces } = wanted;
  const { place, pagesUrl, contentHash, release } = settler;
  const make = (createdAt: string, updatedAt: string) =>
    asffOf(finding, { rule, ...place, createdAt, updatedAt, pagesUrl, contentHash, release });
  if (held === undefined) {
    // What was never published need not be archived, unless an older result may still be on its way.
    return finding.state === 'NOT_APPLICABLE' && !replaces ? [] : [make(at, at)];
  }
  const updatedAt = held.UpdatedAt ?? at;
  const isLater = millis(at) > millis(updatedAt);
  if (from === 'result' && !isLater) return [];
  const next = isLater ? at : new Date(millis(updatedAt) + 1).toISOString();
  const made = make(held.CreatedAt ?? at, next);
  if (from === 'reading' && isUpToDate(made, held, at)) return [];
  const isNameless = finding.subject.arn === '' && held.Resources !== undefined;
  return [isNameless ? { ...made, Resources: held.Resources as Asff['Resources'] } : made];
}

function isUpToDate(made: Asff, held: Held, at: string): boolean {
  const age = millis(at) - millis(held.UpdatedAt ?? '');
  return (
    held.ProductFields?.[DIGEST_FIELD] === made.ProductFields[DIGEST_FIELD] &&
    held.RecordState === made.RecordState &&
    (made.RecordState === 'ARCHIVED' || age < REFRESH_DAYS * 86_400_000)
  );
}

/** How often the findings are read again until they show what was just imported. */
const LOOKS = 4;

/** Decides on a fresh look, as another invocation may have imported a newer state since the last one. */
async function settleWorkflow(
  { hub, place, waivers, wait }: Settler,
  ids: readonly string[],
  importedAt: ReadonlyMap<string, string>,
): Promise<Failures> {
  const product = productArn(place.partition, place.region, place.account);
  const failures: Failures = new Map();
  let left = ids;
  for (let look = 1; left.length > 0; look++) {
    const fresh = await hub.named(product, left);
    const isSeen = (id: string) =>
      millis(fresh.get(id)?.UpdatedAt ?? '') >= millis(importedAt.get(id) ?? '1970-01-01');
    const seen = left.filter(isSeen);
    const updates = groupsOf(seen, (id) => workflowOf(fresh.get(id) ?? {}, waivers));
    for (const [change, some] of updates) {
      for (const [id, reason] of await hub.update(product, some, change)) failures.set(id, reason);
    }
    left = left.filter((id) => !seen.includes(id));
    if (look === LOOKS) break;
    if (left.length > 0) await wait(500 * 2 ** look);
  }
  for (const id of left) failures.set(id, 'Security Hub does not show the finding yet.');
  return failures;
}

/** Findings with the same change together: one call carries one note. */
function groupsOf(
  ids: readonly string[],
  changeOf: (id: string) => WorkflowUpdate | undefined,
): readonly (readonly [WorkflowUpdate, readonly string[]])[] {
  const groups = new Map<string, [WorkflowUpdate, string[]]>();
  for (const id of ids) {
    const change = changeOf(id);
    if (change === undefined) continue;
    const key = JSON.stringify(change);
    const [, some] = groups.get(key) ?? [change, []];
    groups.set(key, [change, [...some, id]]);
  }
  return [...groups.values()];
}

const millis = (time: string) => Date.parse(time);
