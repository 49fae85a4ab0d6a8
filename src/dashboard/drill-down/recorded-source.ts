import { unwrap } from '../../records/normalise.ts';
import type { EvidenceRow } from '../../results/rows.ts';
import { CapturedAnswers, capturedAnswerOf } from '../../sources/captured-answers.ts';
import { addCapturedChannels } from '../../sources/delivery-channels.ts';
import { RecordedInventory } from '../../sources/recorded-inventory.ts';
import type { Source } from '../../sources/source.ts';

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
  for (const meet of [false, true]) {
    for await (const { kind, raw } of evidence()) {
      try {
        if (kind === 'item') inventory[meet ? 'meet' : 'add'](itemIn(raw));
        else if (!meet) answers.add(capturedAnswerOf(JSON.parse(raw)), raw);
      } catch {
        // Its own findings say that it cannot be read; to others it says nothing.
      }
    }
    if (!inventory.namesAny) break;
  }
  await addCapturedChannels(inventory, answers);
  return {
    ...{ inventory, answers, services: (account) => answers.of(account) },
    async *items() {},
  };
}
