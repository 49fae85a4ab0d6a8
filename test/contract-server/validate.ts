import { ServiceError } from './faults.ts';

/**
 * Request validation as the service model states it. AWS answers every broken constraint of a request in
 * one ValidationException, also for operations that do not declare it: the message form is the one
 * recorded in https://github.com/cloud-custodian/cloud-custodian/issues/6457.
 */
export type Check = (value: unknown, at: string) => readonly string[];

const broken = (value: unknown, at: string, constraint: string): readonly string[] => [
  `Value ${value == null ? 'null' : `'${String(value)}'`} at '${at}' failed to satisfy constraint: Member must ${constraint}`,
];

/** A value of the wrong JSON type does not reach validation; the exact message is unverified. */
function refuse(value: unknown, at: string, wanted: string): never {
  throw new ServiceError('SerializationException', `${typeof value} at '${at}' is not ${wanted}`);
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text =
  (min = 0, max = Number.POSITIVE_INFINITY): Check =>
  (value, at) => {
    if (typeof value !== 'string') return refuse(value, at, 'a string');
    if (value.length < min) {
      return broken(value, at, `have length greater than or equal to ${min}`);
    }
    // Java counts UTF-16 code units, and so does this.
    if (value.length > max) return broken(value, at, `have length less than or equal to ${max}`);
    return [];
  };

export const oneOf =
  (values: readonly string[]): Check =>
  (value, at) => {
    if (typeof value !== 'string') return refuse(value, at, 'a string');
    if (values.includes(value)) return [];
    return broken(value, at, `satisfy enum value set: [${values.join(', ')}]`);
  };

export const flag: Check = (value, at) =>
  typeof value === 'boolean' ? [] : refuse(value, at, 'a boolean');

/** AWS JSON sends a timestamp as epoch seconds; a date string is a client that speaks another protocol. */
export const timestamp: Check = (value, at) =>
  typeof value === 'number' && Number.isFinite(value) ? [] : refuse(value, at, 'epoch seconds');

export const integer =
  (min: number, max: number): Check =>
  (value, at) => {
    if (!Number.isInteger(value)) return refuse(value, at, 'an integer');
    if (Number(value) < min) return broken(value, at, `have value greater than or equal to ${min}`);
    if (Number(value) > max) return broken(value, at, `have value less than or equal to ${max}`);
    return [];
  };

/**
 * `limit` of the operations that declare InvalidLimitException. moto, whose Config inventory was written
 * against the real service, answers it with the text of a ValidationException (moto/config/exceptions.py).
 */
export const pageLimit: Check = (value, at) => {
  const [problem] = integer(0, 100)(value, at);
  if (problem !== undefined) throw new ServiceError('InvalidLimitException', problem);
  return [];
};

export const list =
  (member: Check, min = 0, max = Number.POSITIVE_INFINITY): Check =>
  (value, at) => {
    if (!Array.isArray(value)) return refuse(value, at, 'a list');
    const shown = `[${value.length} members]`;
    if (value.length < min) {
      return broken(shown, at, `have length greater than or equal to ${min}`);
    }
    if (value.length > max) return broken(shown, at, `have length less than or equal to ${max}`);
    return value.flatMap((one, index) => member(one, `${at}.${index + 1}.member`));
  };

export const structure =
  (members: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value, at) => {
    if (!isObject(value)) return refuse(value, at || 'the request', 'a structure');
    return Object.entries(members).flatMap(([name, check]) => {
      // The service's own member names start in lower case, whatever the wire says.
      const path = `${at}${at && '.'}${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
      const member = value[name];
      if (member != null) return check(member, path);
      return required.includes(name) ? broken(null, path, 'not be null') : [];
    });
  };

export function validate(check: Check, input: unknown): void {
  const problems = check(input, '');
  if (problems.length === 0) return;
  const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected`;
  throw new ServiceError('ValidationException', `${count}: ${problems.join('; ')}`);
}
