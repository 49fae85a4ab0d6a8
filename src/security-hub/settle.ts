import type { Finding } from '../engine/finding.ts';
import type { RuleWords } from '../engine/words.ts';
import { type Asff, asffId, asffOf } from '../formats/asff.ts';
import { DIGEST_FIELD, EVIDENCE_FIELD, HASH_FIELD, STATE_FIELD } from '../formats/asff-fields.ts';
import { chunks, SLICE } from './batches.ts';
import type { Failures, Work } from './security-hub.ts';
import { settleWorkflow, type Unsure } from './settle-workflow.ts';
import type { Held, Place, Settler } from './settler.ts';
import { isWaived, type Shown, workflowOf } from './workflow.ts';

/** How a finding should stand in Security Hub. */
export interface Wanted {
  readonly finding: Finding;
  readonly rule: RuleWords;
  /** When this was found to be so (ISO); an update is stamped with it where that is later than what Security Hub holds. */
  readonly at: string;
  /**
   * `result`: one result of AWS Config, perhaps late or repeated. `reading`: what AWS Config holds at `at`, whatever Security
   * Hub received before. `record`: judged from a record, which may be older than what Security Hub holds.
   */
  readonly from: 'result' | 'reading' | 'record';
  /** Whether something may have to be archived although Security Hub holds nothing yet. */
  readonly replaces: boolean;
}

export interface Settled {
  /** What could not be done, by the id of the finding. */
  readonly failures: Failures;
  /** Findings that stand on a later result than the record at hand, and say something else. */
  readonly newer: readonly string[];
  /** How many there was no time for. */
  readonly left: number;
}

/** Security Hub forgets an active finding so many days after its last update (User Guide, "Working with findings"). */
export const FORGOTTEN_DAYS = 90;
export const REFRESH_DAYS = 30;

export const idOf = ({ finding }: Wanted, { partition, region }: Place) =>
  asffId(finding, partition, region);

/**
 * Brings findings to where they should stand; the newest of each finding, once. A repeated or late result changes
 * nothing. One finding that fails costs no other.
 */
export async function settle(
  settler: Settler,
  wanted: readonly Wanted[],
  held: ReadonlyMap<string, Held>,
  work: Work = {},
): Promise<Settled> {
  const failures: Failures = new Map();
  const imports = new Map<string, Asff>();
  const newer: string[] = [];
  for (const each of wanted) {
    const id = idOf(each, settler.place);
    try {
      const made = importOf(settler, each, held.get(id));
      if (made === 'newer') newer.push(id);
      else if (made) imports.set(id, made);
    } catch (error) {
      failures.set(id, String(error));
    }
  }
  let left = 0;
  for (const some of chunks([...imports.values()], SLICE)) {
    if (left > 0 || work.isOver?.()) {
      left += some.length;
      for (const { Id } of some) imports.delete(Id);
      continue;
    }
    for (const [id, reason] of await settler.hub.import(some)) failures.set(id, reason);
  }
  const unsure = new Map<string, Unsure>();
  for (const each of wanted) {
    const id = idOf(each, settler.place);
    const [was, is] = [held.get(id), imports.get(id)];
    if (failures.has(id) || !(was || is)) continue;
    const shown = { ...was, ...is } as Shown;
    const turns = is !== undefined && was !== undefined && isWaived(was) !== isWaived(shown);
    if (workflowOf(shown, settler.waivers, turns) === undefined) continue;
    const imported = is as Shown | undefined;
    unsure.set(id, { turns, since: is?.UpdatedAt ?? '1970-01-01', imported });
  }
  if (unsure.size > 0 && work.isOver?.()) return { failures, newer, left: left + unsure.size };
  for (const [id, reason] of await settleWorkflow(settler, unsure, work)) failures.set(id, reason);
  return { failures, newer, left };
}

/** What was never published need not be archived, unless an older result may still be on its way. */
export const isPublished = ({ finding, replaces }: Wanted): boolean =>
  finding.state !== 'NOT_APPLICABLE' || replaces;

function importOf(
  { place, pagesUrl, contentHash, release }: Settler,
  wanted: Wanted,
  held: Held | undefined,
): Asff | 'newer' | undefined {
  const { finding, rule, at, from } = wanted;
  const make = (createdAt: string, updatedAt: string) =>
    asffOf(finding, { rule, ...place, createdAt, updatedAt, pagesUrl, contentHash, release });
  if (held === undefined) {
    const since = finding.capturedAt ?? at;
    return isPublished(wanted) ? make(millis(since) < millis(at) ? since : at, at) : undefined;
  }
  const order = millis(finding.capturedAt ?? at) - evidenceIn(held);
  if (from === 'result' && !(order > 0 || (order === 0 && isWorse(finding, held))))
    return undefined;
  const updatedAt = held.UpdatedAt ?? at;
  const next = millis(at) > millis(updatedAt) ? at : new Date(millis(updatedAt) + 1).toISOString();
  const made = make(held.CreatedAt ?? at, next);
  const isSame = saysTheSame(made, held);
  if (from === 'record' && order < 0) return isSame ? undefined : 'newer';
  if (from !== 'result' && isSame && isFresh(made, held, at)) return undefined;
  const isNameless = finding.subject.arn === '' && held.Resources !== undefined;
  return isNameless ? { ...made, Resources: held.Resources as Asff['Resources'] } : made;
}

/** When the result was recorded that Security Hub holds, in milliseconds; of an older release, the time of its last update. */
function evidenceIn({ ProductFields, UpdatedAt }: Held): number {
  const told = millis(ProductFields?.[EVIDENCE_FIELD] ?? '');
  return Number.isNaN(told) ? millis(UpdatedAt ?? '1970-01-01') : told;
}

/** Of two results of the same millisecond, the one that fails counts. */
const isWorse = ({ state }: Finding, { ProductFields }: Held) =>
  isOpen(state) && !isOpen(ProductFields?.[STATE_FIELD]);

const isOpen = (state: string | undefined) => state === 'FAIL' || state === 'UNKNOWN';

const saysTheSame = (made: Asff, held: Held) =>
  held.ProductFields?.[DIGEST_FIELD] === made.ProductFields[DIGEST_FIELD] &&
  held.RecordState === made.RecordState;

function isFresh(made: Asff, held: Held, at: string): boolean {
  const age = millis(at) - millis(held.UpdatedAt ?? '');
  const isOld = made.RecordState === 'ACTIVE' && age >= REFRESH_DAYS * 86_400_000;
  // The command line does not know which bundle judges here.
  const lacksHash = HASH_FIELD in made.ProductFields && !(HASH_FIELD in (held.ProductFields ?? {}));
  return !isOld && !lacksHash;
}

const millis = (time: string) => Date.parse(time);
