import type { OperationName } from '../services/operations.ts';
import { operations } from '../services/operations.ts';
import type { Json } from '../values/json.ts';

/** The keys that say that an answer goes on; AWS spells them differently from service to service. */
const TOKENS: readonly string[] = ['NextToken', 'nextToken', 'NextMarker', 'Marker'];

/** The flags that say so: of IAM and S3, and of KMS. */
const CUT: readonly string[] = ['IsTruncated', 'Truncated'];

interface Answered {
  readonly operation: OperationName;
  readonly output: Json;
  readonly error: string | null;
}

/** A sentence on an answer that was not captured whole, without its full stop; null when it was. A missing list is not an empty one. */
export function flawIn({ operation, output, error }: Answered): string | null {
  const flaw = error === null ? flawOf(operation, output) : null;
  return flaw && `the captured answer to ${operation} ${flaw}`;
}

function flawOf(operation: OperationName, output: Json): string | null {
  const { lists, token } = operations[operation];
  const rest = [...TOKENS, ...(token ? [token.answered] : [])].find((key) => output[key]);
  if (rest !== undefined) return `is only a part of it: there is more after ${rest}`;
  const cut = CUT.find((key) => (output[key] ?? false) !== false);
  if (cut !== undefined)
    return output[cut] === true
      ? `is only a part of it: ${cut} is true`
      : `does not say whether it is whole: ${cut} is neither true nor false`;
  const [first] = lists;
  if (first === undefined || lists.some((key) => Array.isArray(output[key]))) {
    const wrong = lists.find((key) => key in output && !Array.isArray(output[key]));
    return wrong === undefined ? null : `has no list in ${wrong}`;
  }
  return `has no list ${first}`;
}
