import {
  accessCookies,
  accessEnd,
  type Sign,
  transactionCookie,
  transactionEnd,
  transactionIn,
} from './cookies.ts';
import {
  type Answer,
  notMember,
  notSignedIn,
  redirect,
  signedIn,
  signedOut,
  unknown,
} from './pages.ts';
import type { Provider } from './provider.ts';
import { Refused } from './refused.ts';

/** The part of a request to a function URL that is used. */
export interface Request {
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly cookies?: readonly string[];
  readonly requestContext?: { readonly http?: { readonly method?: string } };
}

export interface SignInWorld {
  readonly provider: Provider;
  /** The name under which browsers know the dashboard. */
  readonly host: string;
  /** Of the public key in CloudFront. */
  readonly keyId: string;
  readonly sign: Sign;
  /** How long a person sees the dashboard before signing in again. */
  readonly minutes: number;
  readonly now: () => Date;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** So many states are known again; the code of the provider is good for one use wherever it is shown. */
const USED = 1000;

/**
 * The sign-in of the dashboard: sends people to their provider, and gives who comes back with an id token of an allowed group the
 * cookies that CloudFront asks for. It takes no address to go to from anyone.
 */
export function createSignIn(world: SignInWorld): (request: Request) => Promise<Answer> {
  const { provider, host, keyId, sign, minutes, now, log } = world;
  const used = new Set<string>();
  const begin = async (): Promise<Answer> => {
    const { address, transaction } = await provider.begin();
    return { ...redirect(address), cookies: [transactionCookie(transaction, now())] };
  };
  const finish = async ({ rawQueryString = '', cookies = [] }: Request): Promise<Answer> => {
    const kept = transactionIn(cookies, now());
    if (kept !== null && used.has(kept.state)) throw new Refused('the state was used before');
    if (kept !== null) used.add(kept.state);
    if (used.size > USED) used.delete([...used][0] ?? '');
    const person = await provider.finish(new URLSearchParams(rawQueryString), kept);
    const until = new Date(now().getTime() + minutes * 60_000);
    const access = await accessCookies(host, until, keyId, sign);
    log({ level: 'info', task: 'sign-in', result: 'signed in', person, until });
    return { ...signedIn, cookies: [...access, transactionEnd] };
  };
  return async (request) => {
    const { rawPath, requestContext } = request;
    if (requestContext?.http?.method !== 'GET') return { ...unknown, statusCode: 405 };
    try {
      switch (rawPath) {
        case '/sign-in':
          return await begin();
        case '/sign-in/callback':
          return await finish(request);
        case '/sign-in/out':
          return { ...signedOut, cookies: [...accessEnd, transactionEnd] };
        default:
          return unknown;
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const isRefused = error instanceof Refused;
      log({ level: isRefused ? 'warn' : 'error', task: 'sign-in', result: 'refused', reason });
      const answer = isRefused && !error.isMember ? notMember : notSignedIn;
      // A sign-in that failed is over: what was kept of it must not be used again.
      return { ...answer, cookies: [transactionEnd] };
    }
  };
}
