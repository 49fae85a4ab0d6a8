import { matches } from '../../policy/language/glob.ts';
import {
  ABSENT,
  all,
  any,
  type Condition,
  type Fact,
  field,
  MAXIMUM_DEPTH,
  otherThan,
  textThat,
} from './event-facts.ts';

/**
 * Reads a filter pattern of CloudWatch Logs in the form for JSON events,
 * `{ ($.eventSource = s3.amazonaws.com) && ($.eventName = PutBucketAcl) }`, where && binds before || (Amazon CloudWatch Logs
 * User Guide, "Filter pattern syntax"). Regular expressions (between %) and comparisons of numbers are read, but never count
 * as sure.
 * @returns null for any other text: the forms for plain text and columns, and what is not well-formed.
 */
export function readFilterPattern(pattern: string): Condition | null {
  const tokens = tokensOf(pattern);
  if (tokens === null || tokens[0]?.text !== '{' || tokens.at(-1)?.text !== '}') return null;
  const reader = new Reader(tokens.slice(1, -1));
  try {
    const condition = reader.alternatives(0);
    return reader.isAtEnd ? condition : null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

class Unreadable extends Error {}

interface Token {
  readonly kind: 'mark' | 'field' | 'word' | 'quoted' | 'regex';
  readonly text: string;
}

/** Longer patterns are not accepted by CloudWatch Logs (API reference, PutMetricFilter). */
const LONGEST = 1024;

// Each alternative begins with a character of its own and repeats one class, so nothing is tried twice.
const TOKEN =
  /\s*(?:(?<mark>&&|\|\||!=|<=|>=|[(){}=<>])|(?<field>\$[^\s&|!=<>(){}"%]*)|"(?<quoted>(?:[^"\\]|\\.)*)"|%(?<regex>[^%]*)%|(?<word>[^\s&|!=<>(){}"%$]+))/y;

function tokensOf(pattern: string): readonly Token[] | null {
  const text = pattern.trimEnd();
  if (text.length > LONGEST) return null;
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [kind, value] =
      Object.entries(TOKEN.exec(text)?.groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    if (kind === undefined || value === undefined) return null;
    tokens.push({ kind: kind as Token['kind'], text: value });
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  alternatives(depth: number): Condition {
    const found = [this.#conjunction(depth)];
    while (this.#skip('||')) found.push(this.#conjunction(depth));
    return any(found);
  }

  #conjunction(depth: number): Condition {
    const found = [this.#unit(depth)];
    while (this.#skip('&&')) found.push(this.#unit(depth));
    return all(found);
  }

  #unit(depth: number): Condition {
    if (depth > MAXIMUM_DEPTH) throw new Unreadable();
    if (!this.#skip('(')) return this.#comparison();
    const inner = this.alternatives(depth + 1);
    if (!this.#skip(')')) throw new Unreadable();
    return inner;
  }

  #comparison(): Condition {
    const selector = this.#next();
    if (selector.kind !== 'field' || !selector.text.startsWith('$.')) throw new Unreadable();
    return field(selector.text.slice(2), this.#test());
  }

  #test(): (fact: Fact) => boolean {
    const { kind, text: operator } = this.#next();
    const operand = this.#next();
    if (kind === 'word') return keyword(`${operator} ${operand.text}`);
    if (operand.kind === 'mark' || operand.kind === 'field') throw new Unreadable();
    if (operator === '=') return operand.kind === 'regex' ? never : equals(operand.text);
    if (operator === '!=') return operand.kind === 'regex' ? never : differs(operand.text);
    if (['<', '>', '<=', '>='].includes(operator)) return never;
    throw new Unreadable();
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Unreadable();
    return token;
  }

  #skip(mark: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#at++;
    return true;
  }
}

const never = () => false;

function keyword(words: string): (fact: Fact) => boolean {
  switch (words) {
    case 'NOT EXISTS':
      return (fact) => fact === ABSENT;
    case 'IS TRUE':
      return (fact) => fact === true;
    case 'IS FALSE':
      return (fact) => fact === false;
    case 'IS NULL':
      return never;
    default:
      throw new Unreadable();
  }
}

/** A star stands for any text only at the beginning and at the end; in between it is a star, which no field of ours has. */
const equals = (value: string) =>
  value.slice(1, -1).includes('*') || value.includes('?')
    ? textThat((text) => text === value)
    : textThat((text) => matches(value, text));

/** Whether a field that is absent differs is not documented, so it does not count. */
const differs = (value: string) =>
  value.includes('*')
    ? textThat((text) => !value.includes('?') && !matches(value, text))
    : otherThan(value);
