import { Bounded } from './cache.ts';
import type { Condition } from './conditions.ts';
import { parseConditions } from './conditions.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject, jsonFault, listOf, own } from './json.ts';
import type { Principal } from './principals.ts';
import { parsePrincipals } from './principals.ts';

/** An element with a Not form. `complete` is false when part of it could not be read. */
export interface Element<T> {
  readonly not: boolean;
  readonly entries: readonly T[];
  readonly complete: boolean;
  /** Resources of an Allow with their variables, where `entries` has a star instead. */
  readonly written?: readonly T[];
}

export interface Statement {
  /** Position in the document, from 0. */
  readonly index: number;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: Element<Principal>;
  /** Globs in lower case, because action names are case-insensitive. */
  readonly actions: Element<string>;
  readonly resources: Element<string>;
  readonly conditions: readonly Condition[];
  /** False when the statement has an element that IAM does not know: a Deny then counts for nothing. */
  readonly understood: boolean;
}

export interface Policy {
  readonly version: string;
  readonly statements: readonly Statement[];
}

/** The text is not a bucket policy. The message says where, and what was expected there. */
export class PolicySyntaxError extends Error {
  override readonly name = 'PolicySyntaxError';
}

// S3 stores at most 20 KB; the margin is for templates that are written with much white space.
const maximumLength = 65_536;
const documentElements = new Set(['Version', 'Id', 'Statement']);
const statementElements = new Set(
  'Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition'.split(' '),
);

function fail(where: string, expected: string): never {
  throw new PolicySyntaxError(`${where}: expected ${expected}`);
}

function choose(
  statement: JsonObject,
  name: string,
  where: string,
): { not: boolean; value: unknown } {
  const plain = own(statement, name);
  const negated = own(statement, `Not${name}`);
  if ((plain === undefined) === (negated === undefined)) {
    fail(`${where}.${name}`, `exactly one of ${name} and Not${name}`);
  }
  return plain === undefined ? { not: true, value: negated } : { not: false, value: plain };
}

/** A bucket policy names its principals. An identity policy does not: it is attached to its principal. */
type Kind = 'bucket' | 'identity';

// Of what cannot be read in a bucket policy an Allow may mean anything; IAM stores no such policy, so there it is no evidence.
function parseGlobs(
  statement: JsonObject,
  name: string,
  where: string,
  kind: Kind,
): Element<string> {
  const { not, value } = choose(statement, name, where);
  const written = listOf(value) ?? [];
  const readable = written.filter((entry) => typeof entry === 'string' && entry !== '') as string[];
  const entries = readable.map((entry) => entry.replace(/\*+/g, '*'));
  const complete = entries.length === written.length && entries.length > 0;
  if (!complete && kind === 'identity') fail(`${where}.${name}`, 'texts that are not empty');
  return { not, entries, complete };
}

const noPrincipals: Element<Principal> = { not: false, entries: [], complete: true };

function principalsOf(statement: JsonObject, where: string): Element<Principal> {
  const { not, value } = choose(statement, 'Principal', where);
  return { not, entries: parsePrincipals(value), complete: true };
}

const statements = new Bounded<Statement>(2000);

/** Most policies of buckets are made of statements of others: what says the same at the same place is one object. */
function statementOf(value: unknown, index: number, variables: boolean, kind: Kind): Statement {
  const parse = () => parseStatement(value, index, variables, kind);
  if (kind === 'identity') return parse();
  const text = JSON.stringify(value);
  // A number that is too large is written as null, which says something else.
  return text.includes('null') ? parse() : statements.get(`${index} ${variables} ${text}`, parse);
}

function parseStatement(value: unknown, index: number, variables: boolean, kind: Kind): Statement {
  const where = `Statement[${index}]`;
  if (!isJsonObject(value)) return fail(where, 'an object');
  const effect = own(value, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny') {
    return fail(`${where}.Effect`, '"Allow" or "Deny"');
  }
  const sid = own(value, 'Sid');
  const principals = kind === 'bucket' ? principalsOf(value, where) : noPrincipals;
  const actions = parseGlobs(value, 'Action', where, kind);
  const condition = own(value, 'Condition');
  if (condition !== undefined && !isJsonObject(condition)) {
    return fail(`${where}.Condition`, 'an object');
  }
  return {
    index,
    sid: typeof sid === 'string' && sid !== '' ? sid : null,
    effect,
    principals,
    actions: { ...actions, entries: actions.entries.map((action) => action.toLowerCase()) },
    resources: withVariables(parseGlobs(value, 'Resource', where, kind), variables, effect, kind),
    conditions: condition === undefined ? [] : parseConditions(condition, variables),
    understood: Object.keys(value).every((key) => statementElements.has(key)),
  };
}

// A variable narrows which keys, never who. What is granted or spared by it may be anything, so it
// reads as `*` there; what is denied, or not granted, through it cannot be relied on and is left out.
// In an identity policy the one holder decides it, so that it stays as written: it is not everything.
function withVariables(
  resources: Element<string>,
  variables: boolean,
  effect: 'Allow' | 'Deny',
  kind: Kind,
): Element<string> {
  if (!variables || !resources.entries.some((entry) => entry.includes('${'))) return resources;
  if ((effect === 'Allow') !== resources.not) {
    if (kind === 'identity') return resources;
    return {
      ...resources,
      entries: resources.entries.map((entry) => entry.replace(/\*?\$\{.*$/s, '*')),
      written: resources.entries,
    };
  }
  return {
    ...resources,
    entries: resources.entries.filter((entry) => !entry.includes('${')),
    complete: false,
  };
}

/**
 * Parses a bucket policy as stored by S3: `Version` is optional, `Statement` may be one object, and
 * everything that may be a list may be a scalar. Inside a statement, what cannot be read is kept as
 * unknown, so that an Allow reaches further and a Deny less far.
 *
 * Source: IAM "Grammar of the IAM JSON policy language".
 * @throws PolicySyntaxError saying where (`Statement[2].Effect`) and what was expected.
 */
export function parsePolicy(text: string): Policy {
  return parse(text, 'bucket');
}

/**
 * Parses a policy of IAM, managed or inline, whose statements name no principal.
 * @throws PolicySyntaxError as {@link parsePolicy} does.
 */
export function parseIdentityPolicy(text: string): Policy {
  return parse(text, 'identity');
}

function parse(text: string, kind: Kind): Policy {
  if (text.length > maximumLength) fail('Policy', `at most ${maximumLength} characters`);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return fail('Policy', 'JSON');
  }
  if (!isJsonObject(document)) return fail('Policy', 'a JSON object');
  const fault = jsonFault(text);
  if (fault !== null) fail('Policy', fault);
  for (const key of Object.keys(document)) {
    if (!documentElements.has(key)) fail(`Policy.${key}`, 'only Version, Id and Statement');
  }
  const version = own(document, 'Version') ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') {
    return fail('Version', '"2012-10-17" or "2008-10-17"');
  }
  const listed = listOf(own(document, 'Statement')) ?? fail('Statement', 'a list of statements');
  return {
    version,
    statements: listed.map((value, index) =>
      statementOf(value, index, version === '2012-10-17', kind),
    ),
  };
}
