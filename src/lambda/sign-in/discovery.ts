import { createRemoteJWKSet, customFetch } from 'jose';
import { Refused } from './refused.ts';

const WAIT_MILLISECONDS = 5000;
/** More than any provider answers. */
const BYTES = 256 * 1024;

/** What a provider says of itself. */
export interface Discovered {
  readonly authorization: string;
  readonly token: string;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
  /** It says in its answers which issuer it is (RFC 9207). */
  readonly namesIssuer: boolean;
  /** It takes the secret of a client in the body; if not, in a header (OpenID Connect Discovery 1.0, 3). */
  readonly takesSecretInBody: boolean;
}

/** A fetch that follows no redirect and does not wait for long. */
export const careful =
  (fetched: typeof fetch): typeof fetch =>
  (address, options) => {
    const signal = AbortSignal.timeout(WAIT_MILLISECONDS);
    return fetched(address, { ...options, redirect: 'error', signal });
  };

/** @throws Refused when the document is of another issuer, or names a place without TLS (OpenID Connect Discovery 1.0, 4.3). */
export async function discover(issuer: string, fetched: typeof fetch): Promise<Discovered> {
  const place = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = await jsonFrom(fetched, place, {});
  if (found['issuer'] !== issuer) throw new Refused('the provider calls itself another issuer');
  const methods = found['token_endpoint_auth_methods_supported'];
  return {
    authorization: httpsAddress(found, 'authorization_endpoint'),
    token: httpsAddress(found, 'token_endpoint'),
    keys: createRemoteJWKSet(new URL(httpsAddress(found, 'jwks_uri')), {
      timeoutDuration: WAIT_MILLISECONDS,
      [customFetch]: (address, options) => fetched(address, options as RequestInit),
    }),
    namesIssuer: found['authorization_response_iss_parameter_supported'] === true,
    takesSecretInBody: Array.isArray(methods) && methods.includes('client_secret_post'),
  };
}

/** The object that a place answers. @throws Refused naming the host. */
export async function jsonFrom(
  fetched: typeof fetch,
  address: string,
  options: RequestInit,
): Promise<Readonly<Record<string, unknown>>> {
  const { host } = new URL(address);
  try {
    const headers = { accept: 'application/json', ...options.headers };
    const answer = await fetched(address, { ...options, headers });
    const text = await answer.text();
    if (!answer.ok || text.length > BYTES) throw new Error(`it answers ${answer.status}`);
    const value = parsed(text);
    if (typeof value !== 'object' || value === null) throw new Error('it answers no object');
    return { ...value };
  } catch (error) {
    throw new Refused(`${host} could not be used: ${reasonOf(error)}`);
  }
}

/** The error of JSON.parse quotes the text, which may hold a token; it would stand in the log. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it answers no JSON');
  }
}

/** What fetch throws says why only in its cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}, ${cause.message}` : message;
}

function httpsAddress(found: Readonly<Record<string, unknown>>, name: string): string {
  const address = found[name];
  if (typeof address !== 'string' || !URL.canParse(address) || !address.startsWith('https://')) {
    throw new Refused(`${name} of the provider is no https address`);
  }
  return address;
}
