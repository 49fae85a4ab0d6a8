import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { flawed, isUnplaced } from '../../records/flawed.ts';
import { unwrap } from '../../records/normalise.ts';
import type { EvidenceRow } from '../../results/rows.ts';
import { CapturedAnswers, capturedAnswerOf } from '../../sources/captured-answers.ts';
import { addCapturedChannels } from '../../sources/delivery-channels.ts';
import { Newest } from '../../sources/files/newest.ts';
import { RecordedInventory } from '../../sources/recorded-inventory.ts';
import type { Source } from '../../sources/source.ts';
import { doubledKey } from '../../values/doubled-key.ts';
import { Malformed } from '../../values/json.ts';

/** The record that a raw text is. @throws SyntaxError, Malformed when it is none. */
export const itemIn = (raw: string) => unwrap(JSON.parse(raw));

/**
 * What the raw inputs of a run say of one another, and what services answered, for judging single records again. It hands out no
 * records itself; they are read once more where they are needed, so that memory does not grow with them.
 */
export async function recordedSource(
  evidence: () => AsyncIterable<EvidenceRow> | Iterable<EvidenceRow>,
): Promise<Source> {
  const inventory = new RecordedInventory();
  const answers = new CapturedAnswers();
  const newest = new Newest();
  async function* items() {
    for await (const { kind, raw } of evidence()) {
      const item = kind === 'item' ? readable(raw) : undefined;
      if (item !== undefined) yield item;
    }
  }
  for await (const { kind, raw } of evidence()) {
    if (kind === 'answer') addAnswer(answers, raw);
    const item = kind === 'item' ? readable(raw) : undefined;
    if (item !== undefined) newest.meet(item);
  }
  if (newest.hasRepeated) for await (const item of items()) newest.compare(item);
  for (const say of ['add', 'meet'] as const) {
    const counts = newest.counts();
    for await (const item of items()) {
      if (counts(item)) inventory[say](item, newest.rivalsOf(item));
      else if (newest.keepsOlder(item)) inventory.add({ ...item, flaw: 'it is older' });
    }
    if (!inventory.namesAny) break;
  }
  await addCapturedChannels(inventory, answers);
  return {
    ...{ inventory, answers, services: (account) => answers.of(account) },
    async *items() {},
  };
}

/** A record; one that does not count where it cannot be read; undefined where it says of nothing what it is. */
function readable(raw: string): ConfigurationItem | undefined {
  try {
    const key = doubledKey(raw);
    if (key === null) return itemIn(raw);
    return placed(flawed(JSON.parse(raw), `the key "${key}" stands twice`));
  } catch (error) {
    if (!(error instanceof Malformed)) return undefined;
    return placed(flawed(JSON.parse(raw), error.message));
  }
}

const placed = (item: ConfigurationItem | undefined) =>
  item === undefined || isUnplaced(item) ? undefined : item;

function addAnswer(answers: CapturedAnswers, raw: string): void {
  try {
    answers.add(capturedAnswerOf(JSON.parse(raw)), raw);
  } catch {
    // Its own findings say that it cannot be read; to others it says nothing.
  }
}
