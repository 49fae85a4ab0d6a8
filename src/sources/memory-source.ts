import type { ConfigurationItem } from '../records/configuration-item.ts';
import { unwrap } from '../records/normalise.ts';
import { CapturedAnswers, capturedAnswerOf, isCapturedAnswer } from './captured-answers.ts';
import { addCapturedChannels } from './delivery-channels.ts';
import { Newest } from './files/newest.ts';
import { RecordedInventory } from './recorded-inventory.ts';
import type { Source } from './source.ts';

/**
 * Records that a program holds in memory: configuration items in any encoding of AWS Config, and captured answers. Of a resource
 * that there are several records of, the one that was captured last counts.
 * @throws Malformed when one of them is neither.
 */
export function memorySource(records: readonly unknown[]): Source {
  const answers = new CapturedAnswers();
  const items: ConfigurationItem[] = [];
  const texts = new Map<ConfigurationItem, string>();
  for (const record of records) {
    const text = JSON.stringify(record);
    if (isCapturedAnswer(record)) answers.add(capturedAnswerOf(record), text);
    else {
      const item = unwrap(record);
      items.push(item);
      texts.set(item, text);
    }
  }
  const newest = new Newest();
  for (const item of items) newest.meet(item);
  for (const item of items) newest.compare(item);
  const counted = items.filter(newest.counts());
  const inventory = new RecordedInventory();
  for (const item of counted) inventory.add(item, newest.rivalsOf(item));
  for (const item of counted) inventory.meet(item, newest.rivalsOf(item));
  return {
    inventory,
    async *items() {
      await addCapturedChannels(inventory, answers);
      yield* counted;
    },
    services: (account) => answers.of(account),
    originOf(item) {
      const text = texts.get(item);
      return text === undefined ? undefined : { file: 'memory', text };
    },
    rivalsOf: (item) => newest.rivalsOf(item),
    answers,
  };
}
