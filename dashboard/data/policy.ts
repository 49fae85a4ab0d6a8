/** A policy somewhere in a raw record. */
export interface PolicyText {
  /** Where it stands: "supplementaryConfiguration.BucketPolicy.policyText". */
  readonly path: string;
  readonly statements: readonly Record<string, unknown>[];
}

/** Records nest deep where strangers write them. */
const DEPTH = 40;

/** Every policy in a raw record, also those that stand in it as text, once or twice encoded. */
export function policiesIn(raw: string): PolicyText[] {
  const found: PolicyText[] = [];
  const visit = (value: unknown, path: string, depth: number): void => {
    if (depth > DEPTH) return;
    if (typeof value === 'string') {
      const inner = jsonIn(value);
      if (inner !== undefined) visit(inner, path, depth + 1);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const statements = statementsOf(value);
    if (statements) found.push({ path, statements });
    else
      for (const [key, each] of Object.entries(value))
        visit(each, path === '' ? key : `${path}.${key}`, depth + 1);
  };
  visit(jsonIn(raw), '', 0);
  return found;
}

function jsonIn(text: string): unknown {
  if (!/^\s*(\{|\[|%7B)/i.test(text)) return undefined;
  for (const decode of [(each: string) => each, decodeURIComponent]) {
    try {
      const value: unknown = JSON.parse(decode(text));
      if (typeof value === 'object') return value;
    } catch {
      // It is a text that only looks like JSON.
    }
  }
  return undefined;
}

function statementsOf(value: object): Record<string, unknown>[] | null {
  const { Statement: statement } = value as { Statement?: unknown };
  const list = Array.isArray(statement) ? statement : [statement];
  return list.every((each) => typeof each === 'object' && each !== null && 'Effect' in each)
    ? (list as Record<string, unknown>[])
    : null;
}

/** What evidence says of a statement: its position from 0, or "#1" counted from 1, and its Sid in quotes. */
type Evidence = Readonly<Record<string, unknown>>;

/** The statement that the evidence of a finding speaks of. */
export function offending(policies: readonly PolicyText[], evidence: Evidence) {
  const { statement, sid } = evidence;
  const at =
    typeof statement === 'number'
      ? statement
      : typeof statement === 'string' && /^#\d+$/.test(statement)
        ? Number(statement.slice(1)) - 1
        : null;
  const name =
    typeof sid === 'string' && sid.startsWith('"')
      ? sid.slice(1, -1)
      : typeof statement === 'string' && statement.startsWith('"')
        ? statement.slice(1, -1)
        : null;
  const fits = (each: Record<string, unknown> | undefined) =>
    each !== undefined && (name === null || each['Sid'] === name);
  for (const policy of policies) {
    if (at !== null && fits(policy.statements[at])) return { policy, at };
  }
  for (const policy of policies) {
    const named = name === null ? -1 : policy.statements.findIndex(fits);
    if (named >= 0) return { policy, at: named };
  }
  return null;
}

/** The lines of a statement, and which of them hold what the evidence names. */
export function linesOf(statement: Record<string, unknown>, evidence: Evidence) {
  const named = ['principal', 'action', 'what', 'condition']
    .map((key) => evidence[key])
    .filter((value): value is string => typeof value === 'string' && value.length > 0);
  return JSON.stringify(statement, null, 2)
    .split('\n')
    .map((text) => ({
      text,
      isNamed:
        !/"(Sid|Resource)":/.test(text) &&
        named.some((value) => text.includes(JSON.stringify(value))),
    }));
}
