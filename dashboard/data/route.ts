import { signal } from '@preact/signals';

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
    [...(query ?? [])].map(([name, value]) => [name, value]),
  ).toString();
  const parts = path.map((part) => encodeURIComponent(part).replaceAll('%3A', ':'));
  return `#/${parts.join('/')}${search === '' ? '' : `?${search}`}`;
}

export const route = signal<Route>({ path: [], query: new URLSearchParams() });

/** Replaces the query of this view. @param isTyping it does not become a step of its own to go back to. */
export function requery(query: URLSearchParams, isTyping = false): void {
  const hash = to(route.value.path, query);
  if (isTyping) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
  route.value = parse(hash);
}

/** The query with one parameter changed: no values take it away. */
export function withValues(query: URLSearchParams, name: string, values: readonly string[]) {
  const changed = new URLSearchParams(query);
  changed.delete(name);
  for (const value of values) changed.append(name, value);
  return changed;
}

/** Follows the address bar; a link to another view begins at its top, going back leaves the place to the browser. */
export function follow(onView: () => void): void {
  let view: string | null = null;
  const arrive = () => {
    route.value = parse(location.hash);
    const path = route.value.path.join('/');
    if (view !== null && view !== path) onView();
    view = path;
  };
  addEventListener('hashchange', arrive);
  addEventListener('popstate', arrive);
  arrive();
}
