/**
 * A second opinion for tests: decides one concrete request, as the IAM documentation describes it,
 * with regular expressions and no abstraction. It shares no code with src/policy.
 */
export interface Caller {
  readonly kind: 'anonymous' | 'account' | 'service';
  /** Account id or service principal; '' for anonymous. */
  readonly caller: string;
  readonly arn: string;
  readonly keys: Keys;
  /** The canonical user id of the account, or the origin access identity. */
  readonly user?: string;
}

export interface Place {
  readonly action: string;
  readonly resource: string;
}

export type Keys = ReadonlyMap<string, readonly string[]>;
export type ConcreteRequest = Caller & Place;

type Json = Readonly<Record<string, unknown>>;
type Decides<T> = (subject: T) => boolean;

const list = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map((entry) => String(entry));

/** A function that is asked the same again and again, as there are few texts and many requests. */
function remembered<T>(decide: Decides<T>): Decides<T> {
  const known = new Map<T, boolean>();
  return (subject) => {
    let answer = known.get(subject);
    if (answer === undefined) {
      answer = decide(subject);
      known.set(subject, answer);
    }
    return answer;
  };
}

const patterns = new Map<string, Decides<string>>();
function like(pattern: string, flags = 's'): Decides<string> {
  const id = `${flags}${pattern}`;
  let decide = patterns.get(id);
  if (decide === undefined) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    const expression = new RegExp(`^${source}$`, flags);
    decide = remembered((text) => expression.test(text));
    patterns.set(id, decide);
  }
  return decide;
}

function likeArn(pattern: string): Decides<string> {
  const split = (text: string): readonly string[] =>
    /^(.*?):(.*?):(.*?):(.*?):(.*?):(.*)$/s.exec(text)?.slice(1) ?? [];
  const parts = split(pattern).map((part) => like(part));
  return (arn) => {
    const have = split(arn);
    return parts.length === 6 && have.length === 6 && parts.every((part, i) => part(have[i] ?? ''));
  };
}

function block(cidr: string): Decides<string> {
  const number = (text: string): number =>
    text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const [network = '', length = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(length));
  return (address) => Math.floor(number(network) / size) === Math.floor(number(address) / size);
}

const tests: Readonly<Record<string, (want: string) => Decides<string>>> = {
  StringEquals: (want) => (have) => want === have,
  StringLike: (want) => like(want),
  StringEqualsIgnoreCase: (want) => (have) => want.toLowerCase() === have.toLowerCase(),
  ArnLike: likeArn,
  ArnEquals: likeArn,
  Bool: (want) => (have) => want.toLowerCase() === have.toLowerCase(),
  IpAddress: block,
  NumericEquals: (want) => (have) => Number(have) === Number(want),
  NumericLessThan: (want) => (have) => Number(have) < Number(want),
  NumericGreaterThan: (want) => (have) => Number(have) > Number(want),
};

function condition(
  operator: string,
  values: readonly string[],
): (have: readonly string[] | undefined) => boolean {
  if (operator === 'Null')
    return (have) => values.some((value) => (value === 'true') === (have === undefined));
  const [, set, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  const negated = /Not/.test(name);
  const test = tests[name.replace('Not', '')];
  if (test === undefined) throw new Error(`no operator ${operator}`);
  const compared = values.map((value) => test(value));
  const single = remembered((one: string) => compared.some((agrees) => agrees(one)) !== negated);
  const absent = set === undefined ? ifExists !== undefined || negated : set === 'ForAllValues';
  return (have) => {
    if (have === undefined) return absent;
    return set === 'ForAllValues' ? have.every(single) : have.some(single);
  };
}

const resolve = (value: string): string =>
  value.replace('$'.concat('{aws:ResourceAccount}'), '123456789012');

function principal(element: unknown, servicesIncluded: boolean): Decides<Caller> {
  if (element === '*') return () => true;
  const entries = Object.entries(element as Json).flatMap(([type, values]) =>
    list(values).map((value) => ({ type, value })),
  );
  return (request) =>
    entries.some(({ type, value }) => {
      if (type === 'Service') return request.kind === 'service' && request.caller === value;
      if (type === 'CanonicalUser') return request.user === value;
      if (value === '*') return servicesIncluded || request.kind !== 'service';
      if (request.user === value) return true;
      if (request.kind !== 'account') return false;
      return [request.caller, `arn:aws:iam::${request.caller}:root`, request.arn].includes(value);
    });
}

export interface Compiled {
  readonly allows: boolean;
  readonly who: Decides<Caller>;
  readonly place: Decides<Place>;
  readonly conditions: readonly {
    readonly key: string;
    readonly holds: (have: readonly string[] | undefined) => boolean;
  }[];
}

/**
 * Reads a statement; it applies when its three parts all do. Whether AWS "*" stands for services as well is not documented, so it
 * is asked both ways.
 */
export function compile(statement: Json, servicesIncluded = true): Compiled {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition } =
    statement;
  const listed = Object.values(typeof NotPrincipal === 'object' ? (NotPrincipal ?? {}) : {})
    .flatMap(list)
    .map((text) => text.split(':')[4] ?? text);
  const named = principal(Principal ?? NotPrincipal, servicesIncluded);
  // A member of a listed account may or may not be spared; the grant is what a test must not miss.
  const others: Decides<Caller> = (caller) =>
    !named(caller) && !(caller.kind === 'account' && listed.includes(caller.caller));
  const actions = list(Action ?? NotAction).map((glob) => like(glob, 'is'));
  const resources = list(Resource ?? NotResource).map((glob) => like(glob));
  return {
    allows: statement['Effect'] === 'Allow',
    who: Principal === undefined ? others : named,
    place: ({ action, resource }) =>
      actions.some((matches) => matches(action)) === (Action !== undefined) &&
      resources.some((matches) => matches(resource)) === (Resource !== undefined),
    conditions: Object.entries((Condition ?? {}) as Json).flatMap(([operator, keys]) =>
      Object.entries(keys as Json).map(([key, values]) => ({
        key: key.toLowerCase(),
        holds: condition(operator, list(values).map(resolve)),
      })),
    ),
  };
}

/** Does the statement apply to the request? */
export function applies({ who, place, conditions }: Compiled, request: ConcreteRequest): boolean {
  return (
    place(request) &&
    conditions.every(({ key, holds }) => holds(request.keys.get(key))) &&
    who(request)
  );
}
