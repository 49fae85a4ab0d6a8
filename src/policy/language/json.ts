export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property, so that `__proto__` and `constructor` are keys like any other. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** IAM's "scalar or list": null for an absent element. */
export function listOf(value: unknown): readonly unknown[] | null {
  if (value === undefined) return null;
  return Array.isArray(value) ? value : [value];
}

const maximumDepth = 32;

/**
 * What is wrong with a text that JSON.parse accepts, as "expected ...", else null: a key twice in one
 * object (JSON.parse keeps the last and hides the others), or more nesting than any policy has.
 */
export function jsonFault(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  let keyExpected = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      keyExpected = char === '{';
      if (open.length > maximumDepth) return `at most ${maximumDepth} levels of nesting`;
    } else if (char === '}' || char === ']') {
      open.pop();
      keyExpected = false;
    } else if (char === ',') {
      keyExpected = open.at(-1) instanceof Set;
    } else if (char === '"') {
      const start = at++;
      while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      if (!keyExpected) continue;
      // Escapes are decoded first: "Effect" and "\u0045ffect" are the same key.
      const key = String(JSON.parse(text.slice(start, at + 1)));
      const keys = open.at(-1);
      if (keys?.has(key)) return `every key once, but ${JSON.stringify(key)} appears twice`;
      keys?.add(key);
      keyExpected = false;
    }
  }
  return null;
}
