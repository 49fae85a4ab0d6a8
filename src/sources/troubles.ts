import type { Finding } from '../engine/finding.ts';
import { isAnswer, reasonOf } from '../services/failures.ts';
import { noting } from '../services/services.ts';
import type { Source } from './source.ts';

/** What kept findings from being more than missing evidence, each told once: account, Region and operation, or the rule. */
export class Troubles {
  readonly #complain: (sentence: string, kind?: 'finding') => void;
  readonly #told = new Set<string>();

  /** @param complain is told the kind where no service is to blame, so that the finding is a defect of this program. */
  constructor(complain: (sentence: string, kind?: 'finding') => void) {
    this.#complain = complain;
  }

  /** The source, whose services tell of every question that did not reach them. */
  heardFrom(source: Source): Source {
    return {
      ...source,
      items: () => source.items(),
      services: (account) =>
        noting(source.services(account), (error) =>
          this.#tell(`Account ${account}: ${reasonOf(error)}.`),
        ),
    };
  }

  /** A finding that is missing evidence because of an error. */
  add({ rule, subject }: Finding, error: unknown): void {
    const { account, name } = subject;
    if (isAnswer(error)) this.#tell(`Account ${account}: ${reasonOf(error)}.`);
    else this.#tell(`Account ${account}, ${rule} on ${name}: ${reasonOf(error)}.`, 'finding');
  }

  #tell(sentence: string, kind?: 'finding'): void {
    if (this.#told.has(sentence)) return;
    this.#told.add(sentence);
    this.#complain(sentence, kind);
  }
}
