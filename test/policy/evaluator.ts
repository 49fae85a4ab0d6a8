/**
 * A second opinion for tests: decides one concrete request, as the IAM documentation describes it,
 * with regular expressions and no abstraction. It shares no code with src/policy.
 */
export interface ConcreteRequest {
  readonly kind: 'anonymous' | 'account' | 'service';
  /** Account id or service principal; '' for anonymous. */
  readonly caller: string;
  readonly arn: string;
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly action: string;
  readonly resource: string;
}

type Json = Readonly<Record<string, unknown>>;

const list = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map((entry) => String(entry));

const expressions = new Map<string, RegExp>();
function like(pattern: string, text: string, flags = 's'): boolean {
  const id = `${flags}${pattern}`;
  let expression = expressions.get(id);
  if (expression === undefined) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    expression = new RegExp(`^${source}$`, flags);
    expressions.set(id, expression);
  }
  return expression.test(text);
}

function likeArn(pattern: string, arn: string): boolean {
  const split = (text: string): readonly string[] =>
    /^(.*?):(.*?):(.*?):(.*?):(.*?):(.*)$/s.exec(text)?.slice(1) ?? [];
  const [want, have] = [split(pattern), split(arn)];
  return (
    want.length === 6 && have.length === 6 && want.every((part, i) => like(part, have[i] ?? ''))
  );
}

function block(cidr: string, address: string): boolean {
  const number = (text: string): number =>
    text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const [network = '', length = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(length));
  return Math.floor(number(network) / size) === Math.floor(number(address) / size);
}

const tests: Readonly<Record<string, (want: string, have: string) => boolean>> = {
  StringEquals: (want, have) => want === have,
  StringLike: (want, have) => like(want, have),
  StringEqualsIgnoreCase: (want, have) => want.toLowerCase() === have.toLowerCase(),
  ArnLike: likeArn,
  ArnEquals: likeArn,
  Bool: (want, have) => want.toLowerCase() === have.toLowerCase(),
  IpAddress: block,
};

function condition(
  operator: string,
  values: readonly string[],
  have: readonly string[] | undefined,
): boolean {
  if (operator === 'Null')
    return values.some((value) => (value === 'true') === (have === undefined));
  const [, set, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  const negated = /Not/.test(name);
  const test = tests[name.replace('Not', '')];
  if (test === undefined) throw new Error(`no operator ${operator}`);
  const single = (one: string): boolean => values.some((value) => test(value, one)) !== negated;
  if (have === undefined) {
    if (set !== undefined) return set === 'ForAllValues';
    return ifExists !== undefined || negated;
  }
  return set === 'ForAllValues' ? have.every(single) : have.some(single);
}

const resolve = (value: string): string =>
  value.replace('$'.concat('{aws:ResourceAccount}'), '123456789012');

function principal(element: unknown, request: ConcreteRequest): boolean {
  if (element === '*') return true;
  return Object.entries(element as Json).some(([type, values]) =>
    list(values).some((value) => {
      if (type === 'Service') return request.kind === 'service' && request.caller === value;
      if (value === '*') return true;
      if (request.kind !== 'account') return false;
      return [request.caller, `arn:aws:iam::${request.caller}:root`, request.arn].includes(value);
    }),
  );
}

export function applies(statement: Json, request: ConcreteRequest): boolean {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition } =
    statement;
  const spared = (element: unknown): boolean =>
    principal(element, request) ||
    // A member of a listed account may or may not be spared; the grant is what a test must not miss.
    (request.kind === 'account' && JSON.stringify(element).includes(request.caller));
  if (Principal === undefined ? spared(NotPrincipal) : !principal(Principal, request)) return false;
  const names = (globs: unknown): boolean =>
    list(globs).some((glob) => like(glob, request.action, 'is'));
  if (Action === undefined ? names(NotAction) : !names(Action)) return false;
  const reaches = (globs: unknown): boolean =>
    list(globs).some((glob) => like(glob, request.resource));
  if (Resource === undefined ? reaches(NotResource) : !reaches(Resource)) return false;
  return Object.entries((Condition ?? {}) as Json).every(([operator, keys]) =>
    Object.entries(keys as Json).every(([key, values]) =>
      condition(operator, list(values).map(resolve), request.keys.get(key.toLowerCase())),
    ),
  );
}
