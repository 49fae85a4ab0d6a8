import type { Inventory } from '../facets/inventory.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { OperationName } from '../services/operations.ts';
import type { Services } from '../services/services.ts';

/** A record as it was read. */
export interface Origin {
  /** The file, as {@link Source} was told of it or found it. */
  readonly file: string;
  /** The record as JSON, byte for byte. */
  readonly text: string;
}

/** A question to a service, as a facet put it. */
export interface Question {
  readonly operation: OperationName;
  readonly input: object;
  readonly region: string;
}

/** What a service answered to an account. */
export interface AnsweredBy {
  readonly account: string;
  readonly output: Readonly<Record<string, unknown>>;
}

export interface UsedAnswer extends AnsweredBy {
  readonly region: string;
  /** When the service answered (ISO, UTC); null where the file does not say. */
  readonly capturedAt: string | null;
}

/** The answers that a source read from files, as they stand there: JSON, byte for byte. */
export interface AnswerTexts {
  /** All of them, used or not. */
  all(): Iterable<string>;
  /** The files that hold any. */
  readonly files: ReadonlySet<string>;
  /** Every answer to an operation that was given without contradiction, whatever the question. */
  answered(operation: OperationName): Iterable<AnsweredBy>;
  /** Those that were asked for until now, of a question the newest. */
  used(): Iterable<UsedAnswer>;
  /** Those to one question: none when it was not captured, several when they contradict each other. */
  to(account: string, question: Question): readonly string[];
}

/**
 * Where the records of an assessment come from: files, AWS Config's own API, a live account. Every source speaks
 * configuration items and answers of services, so that each facet has one reader.
 */
export interface Source {
  /** The records to judge, each once. */
  items(): AsyncIterable<ConfigurationItem>;
  /** What the records say of one another. */
  readonly inventory: Inventory;
  /** Finds out, before these items are judged, what the inventory needs to know for them. */
  prepare?(items: readonly ConfigurationItem[]): Promise<void>;
  /** What the services say of one account. */
  services(account: string): Services;
  /** The text behind a record of {@link items}, where the source reads texts. */
  readonly originOf?: (item: ConfigurationItem) => Origin | undefined;
  /** Other records of the same resource that may be as new as this one and say something else. */
  readonly rivalsOf?: (item: ConfigurationItem) => readonly ConfigurationItem[];
  readonly answers?: AnswerTexts;
  /** Records that were left for newer ones of their resource: how many in each file, as far as {@link items} was read. */
  readonly older?: ReadonlyMap<string, number>;
}

/**
 * A record or a file that could not be used, as a sentence, with the file where it is one. What was readable next to it is still
 * used.
 */
export type Complain = (sentence: string, kind: 'record' | 'file', file?: string) => void;
