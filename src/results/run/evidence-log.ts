import type { ConfigurationItem } from '../../records/configuration-item.ts';
import type { InputOf, OperationName } from '../../services/operations.ts';
import { Refused, type Services } from '../../services/services.ts';
import type { Question, Source } from '../../sources/source.ts';
import { canonicalJson, sha256 } from '../canonical.ts';
import type { EvidenceRow } from '../rows.ts';

export type Evidence = Omit<EvidenceRow, 'runId'>;

/**
 * The raw input behind the findings of a run, each once: records and answers as files hold them, byte for byte, and what a live
 * account answered in the form of captured answers.
 */
export class EvidenceLog {
  readonly #source: Source;
  readonly #at: string;
  readonly #known = new Set<string>();
  readonly #asked = new Map<string, string>();
  readonly #hashes = new WeakMap<object, readonly string[]>();
  #fresh: Evidence[] = [];

  /** @param at when services are asked (ISO, UTC). */
  constructor(source: Source, at: string) {
    this.#source = source;
    this.#at = at;
  }

  /** What came since the last call and was not there before. */
  fresh(): readonly Evidence[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  /** The hash of a record. Those that may be as new are kept with it. */
  item(item: ConfigurationItem): string {
    const known = this.#hashes.get(item);
    if (known?.[0] !== undefined) return known[0];
    const [hash = ''] = [item, ...(this.#source.rivalsOf?.(item) ?? [])].map((each) =>
      this.#add('item', this.#source.originOf?.(each)?.text ?? canonicalJson(recordOf(each))),
    );
    this.#hashes.set(item, [hash]);
    return hash;
  }

  /** The hashes of what was answered to these questions, sorted. A question without an answer has none. */
  answers(account: string, questions: readonly Question[]): readonly string[] {
    const all = new Set<string>();
    for (const question of questions) {
      const hashes = this.#hashes.get(question) ?? this.#answersTo(account, question);
      this.#hashes.set(question, hashes);
      for (const hash of hashes) all.add(hash);
    }
    return [...all].sort();
  }

  /** Captured answers that no rule read, without which the run could not be judged again as it was. */
  rest(): void {
    for (const text of this.#source.answers?.all() ?? []) this.#add('answer', text);
  }

  /** The services of an account, whose answers are remembered. */
  services(account: string): Services {
    const services = this.#source.services(account);
    if (this.#source.answers !== undefined) return services;
    return {
      ask: async <O extends OperationName>(operation: O, input: InputOf<O>, region: string) => {
        const remember = (answer: object) => {
          const question = { operation, input, region };
          const text = { account, ...question, ...answer, capturedAt: this.#at };
          this.#asked.set(keyOf(account, question), canonicalJson(plain(text)));
        };
        try {
          const output = await services.ask(operation, input, region);
          remember({ output });
          return output;
        } catch (error) {
          remember({ error: codeOf(error) });
          throw error;
        }
      },
    };
  }

  #answersTo(account: string, question: Question): readonly string[] {
    const asked = this.#asked.get(keyOf(account, question));
    const texts =
      this.#source.answers?.to(account, question) ?? (asked === undefined ? [] : [asked]);
    return texts.map((text) => this.#add('answer', text));
  }

  #add(kind: Evidence['kind'], raw: string): string {
    const hash = sha256(raw);
    if (this.#known.has(hash)) return hash;
    this.#known.add(hash);
    this.#fresh.push({ sha256: hash, kind, raw });
    return hash;
  }
}

const keyOf = (account: string, { operation, input, region }: Question) =>
  `${account} ${region} ${operation} ${canonicalJson(plain(input))}`;

/** As the AWS CLI prints what the SDK hands over: times as text, bytes in base64. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key]) => key !== '$metadata');
  return Object.fromEntries(members.map(([key, member]) => [key, plain(member)]));
}

/** What a service answered instead of an answer, as captured answers spell it. */
function codeOf(error: unknown): string {
  const cause = error instanceof Refused ? error.cause : error;
  return cause instanceof Error ? cause.name : 'Error';
}

/** A record that was never text, in the encoding of snapshot files, so that it can be read again. */
const recordOf = (item: ConfigurationItem) => ({
  resourceType: item.resourceType,
  resourceId: item.resourceId,
  resourceName: item.resourceName,
  ARN: item.arn,
  awsAccountId: item.account,
  awsRegion: item.region,
  configurationItemStatus: item.status,
  configurationItemCaptureTime: item.captureTime,
  resourceCreationTime: item.created,
  configuration: item.configuration ?? null,
  supplementaryConfiguration: item.supplementary,
  tags: item.tags ?? null,
});
