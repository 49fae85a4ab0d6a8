import { isDeepStrictEqual } from 'node:util';
import type { OperationName } from '../services/operations.ts';
import { operations } from '../services/operations.ts';
import { NotCaptured, Refused, refusedOr, type Services } from '../services/services.ts';
import {
  isObject,
  type Json,
  Malformed,
  object,
  oneOf,
  optionalText,
  optionalTime,
  text,
  wrong,
} from '../values/json.ts';
import { flawIn } from './answer-flaw.ts';
import type { AnswerTexts, Question } from './source.ts';

/**
 * What a service once answered, kept in a file next to the records of AWS Config:
 * `{ account, region, operation, input, output }`, or `error` (its code) in place of `output`. Operations are spelled as in the API,
 * input and output as the AWS CLI prints them, pages put together. The Region of operations of IAM is "global". `capturedAt`, the
 * time of the answer, may be left out.
 */
export interface CapturedAnswer {
  readonly account: string;
  readonly region: string;
  readonly operation: OperationName;
  readonly input: Json;
  readonly output: Json;
  readonly error: string | null;
  /** When the service answered (ISO, UTC); null where the file does not say. */
  readonly capturedAt: string | null;
  /** A key stands twice in it, so that it is not known what was answered. */
  readonly isFlawed?: true;
}

export const isCapturedAnswer = (value: unknown): value is Json =>
  isObject(value) && typeof value['operation'] === 'string' && isObject(value['input']);

/** @throws Malformed naming the key that is not as expected. */
export function capturedAnswerOf(value: Json): CapturedAnswer {
  const account = text(value['account'], 'account');
  if (!/^\d{12}$/.test(account))
    throw new Malformed('account is not an account id of twelve digits');
  const error = optionalText(value['error'], 'error');
  return {
    account,
    region: text(value['region'], 'region'),
    operation: oneOf(value['operation'], NAMES, 'operation'),
    input: shallow(object(value['input'], 'input'), 'input'),
    output: error === null ? shallow(object(value['output'], 'output'), 'output') : {},
    error,
    capturedAt: optionalTime(value['capturedAt'], 'capturedAt'),
  };
}

/** No request and no answer of AWS is nested so deep, and what compares them takes a step of the stack for each level. */
const DEEPEST = 200;

/** @throws Malformed when it is nested too deep. */
function shallow(value: Json, where: string): Json {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw wrong(where, `at most ${DEEPEST} objects inside each other`, value);
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
  }
  return value;
}

const NAMES = Object.keys(operations) as OperationName[];

/** The services as they once answered. An answer that was not captured is missing evidence. */
export class CapturedAnswers implements AnswerTexts {
  readonly #answers = new Map<string, CapturedAnswer>();
  readonly #contradicted = new Set<string>();
  readonly #undated = new Set<string>();
  readonly #used = new Set<CapturedAnswer>();
  readonly files = new Set<string>();
  readonly #texts = new Map<string, Set<string>>();

  get isEmpty(): boolean {
    return this.#answers.size === 0;
  }

  /**
   * Of two answers to the same question that differ the newer one counts; where the times do not say which that is, neither does.
   * @param text the answer as it was read, and the file that it was read from.
   */
  add(answer: CapturedAnswer, text = JSON.stringify(answer), file = 'memory'): void {
    this.files.add(file);
    const { account, region, operation, input, output, error, capturedAt } = answer;
    const key = keyOf(account, region, operation, input);
    const before = this.#answers.get(key);
    if (capturedAt === null) this.#undated.add(key);
    const isOrdered =
      before?.capturedAt &&
      capturedAt &&
      before.capturedAt !== capturedAt &&
      !this.#undated.has(key);
    if (isOrdered && capturedAt < (before.capturedAt ?? '')) return;
    this.#answers.set(key, answer);
    if (answer.isFlawed) this.#contradicted.add(key);
    else if (isOrdered) this.#contradicted.delete(key);
    else if (before && !isDeepStrictEqual([before.output, before.error], [output, error])) {
      this.#contradicted.add(key);
    }
    const texts = isOrdered ? undefined : this.#texts.get(key);
    this.#texts.set(key, (texts ?? new Set()).add(text));
  }

  *all(): Generator<string> {
    for (const texts of this.#texts.values()) yield* texts;
  }

  to(account: string, { region, operation, input }: Question): readonly string[] {
    return [...(this.#texts.get(keyOf(account, region, operation, input)) ?? [])];
  }

  *answered(operation: OperationName): Generator<CapturedAnswer> {
    for (const [key, answer] of this.#answers) {
      const isAnswer = answer.error === null && !this.#contradicted.has(key);
      if (isAnswer && answer.operation === operation) yield answer;
    }
  }

  used(): Iterable<CapturedAnswer> {
    return this.#used;
  }

  /** Where an operation was asked without input, whatever was answered. */
  *questions(operation: OperationName): Generator<Pick<CapturedAnswer, 'account' | 'region'>> {
    for (const answer of this.#answers.values()) {
      const isMeant = answer.operation === operation && Object.keys(answer.input).length === 0;
      if (isMeant) yield answer;
    }
  }

  /** The services of one account. */
  of(account: string): Services {
    return {
      ask: async (operation, input, region) => {
        const key = this.isEmpty ? '' : keyOf(account, region, operation, input);
        const answer = this.#answers.get(key);
        const { action } = operations[operation];
        if (answer === undefined) {
          throw NotCaptured.of(`no answer to ${operation} was captured`, action);
        }
        this.#used.add(answer);
        if (this.#contradicted.has(key)) {
          throw new Refused(`the captured answers to ${operation} contradict each other`, action);
        }
        if (answer.error !== null) throw refusedOr(named(answer.error), action);
        const flaw = flawIn(answer);
        if (flaw !== null) throw new Refused(flaw, action);
        return answer.output as never;
      },
    };
  }
}

function named(code: string): Error {
  const error = new Error(`captured: ${code}`);
  error.name = code;
  return error;
}

const keyOf = (account: string, region: string, operation: string, input: object) =>
  `${account} ${region} ${operation} ${JSON.stringify(sorted(input))}`;

/** The order of keys does not matter in a request. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return keys.flatMap((key) => (value[key] === undefined ? [] : [[key, sorted(value[key])]]));
}
