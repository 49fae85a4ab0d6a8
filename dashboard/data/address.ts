/** Where a reader is: `#/rules/s3-tls-only?state=FAIL`. It works from disk, and in a link that somebody is sent. */
export interface Route {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  return {
    path: path
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    query: new URLSearchParams(query),
  };
}

/** A part that is not well encoded stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a view. Colons are left readable: resource types have many. */
export function to(path: readonly string[], query?: Iterable<readonly [string, string]>): string {
  const search = new URLSearchParams(
    [...(query ?? [])].map(([name, value]): [string, string] => [name, value]),
  ).toString();
  const parts = path.map((part) => encodeURIComponent(part).replaceAll('%3A', ':'));
  return `#/${parts.join('/')}${search === '' ? '' : `?${search}`}`;
}

/** The query with one parameter changed: no values take it away. */
export function withValues(query: URLSearchParams, name: string, values: readonly string[]) {
  const changed = new URLSearchParams(query);
  changed.delete(name);
  for (const value of values) changed.append(name, value);
  return changed;
}
