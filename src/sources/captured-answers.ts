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
  text,
} from '../values/json.ts';

/**
 * What a service once answered, kept in a file next to the records of AWS Config:
 * `{ account, region, operation, input, output }`, or `error` (its code) in place of `output`. Operations are spelled as in the API,
 * input and output as the AWS CLI prints them, pages put together. The Region of operations of IAM is "global".
 */
export interface CapturedAnswer {
  readonly account: string;
  readonly region: string;
  readonly operation: OperationName;
  readonly input: Json;
  readonly output: Json;
  readonly error: string | null;
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
    input: object(value['input'], 'input'),
    output: error === null ? object(value['output'], 'output') : {},
    error,
  };
}

const NAMES = Object.keys(operations) as OperationName[];

/** The services as they once answered. An answer that was not captured is missing evidence. */
export class CapturedAnswers {
  readonly #answers = new Map<string, CapturedAnswer>();
  readonly #contradicted = new Set<string>();

  get isEmpty(): boolean {
    return this.#answers.size === 0;
  }

  /** Two answers to the same question that differ are none: nothing in them says which is the newer one. */
  add(answer: CapturedAnswer): void {
    const { account, region, operation, input, output, error } = answer;
    const key = keyOf(account, region, operation, input);
    const before = this.#answers.get(key);
    this.#answers.set(key, answer);
    if (before && !isDeepStrictEqual([before.output, before.error], [output, error])) {
      this.#contradicted.add(key);
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
        if (this.#contradicted.has(key)) {
          throw new Refused(`the captured answers to ${operation} contradict each other`, action);
        }
        if (answer.error !== null) throw refusedOr(named(answer.error), action);
        const flaw = flawIn(operation, answer.output);
        if (flaw !== null) throw new Refused(`the captured answer to ${operation} ${flaw}`, action);
        return answer.output as never;
      },
    };
  }
}

/** The keys that say that an answer goes on; AWS spells them differently from service to service. */
const TOKENS: readonly string[] = ['NextToken', 'nextToken', 'NextMarker', 'Marker'];

/** What is wrong with an answer that was captured whole; null when nothing is. A missing list is not an empty one. */
function flawIn(operation: OperationName, output: Json): string | null {
  const { lists, token } = operations[operation];
  const rest = [...TOKENS, ...(token ? [token.answered] : [])].find((key) => output[key]);
  if (rest !== undefined) return `is only a part of it: there is more after ${rest}`;
  if (output['IsTruncated'] === true) return 'is only a part of it: IsTruncated is true';
  const [first] = lists;
  if (first === undefined || lists.some((key) => Array.isArray(output[key]))) {
    const wrong = lists.find((key) => key in output && !Array.isArray(output[key]));
    return wrong === undefined ? null : `has no list in ${wrong}`;
  }
  return `has no list ${first}`;
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
