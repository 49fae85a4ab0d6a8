import { signal } from '@preact/signals';
import { parse, type Route, to } from './address.ts';

export { to, withValues } from './address.ts';

/** What the address bar says. */
export const route = signal<Route>({ path: [], query: new URLSearchParams() });

/** Replaces the query of this view. @param isTyping it does not become a step of its own to go back to. */
export function requery(query: URLSearchParams, isTyping = false): void {
  const hash = to(route.value.path, query);
  if (isTyping) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
  route.value = parse(hash);
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
