import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';
import { careful, type Discovered, discover, jsonFrom } from './discovery.ts';
import { Refused } from './refused.ts';

/** Where people sign in, as the deployment names it. */
export interface ProviderSettings {
  /** Of OpenID Connect, as it stands in `iss`: an https address. */
  readonly issuer: string;
  readonly clientId: string;
  /** The secret of the client; null of one that has none. It is asked for when it is needed. */
  readonly clientSecret: () => Promise<string | null>;
  readonly redirectUri: string;
  /** The claim of the id token that lists groups, and those of which one lets a person in. */
  readonly groups: { readonly claim: string; readonly values: readonly string[] };
}

/** What one sign-in must be answered with: kept in the browser that began it. */
export interface Transaction {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** No symmetric algorithm, where the secret of the client would be the key, and not "none". */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384'];
const CLOCKS_DIFFER_SECONDS = 60;
/** An id token is used at once. */
const OLDEST_TOKEN = '10m';

/**
 * A provider of OpenID Connect, used with the authorization code flow and PKCE (OpenID Connect Core 1.0, 3.1; RFC 7636; RFC 9207).
 * It believes nothing but an id token with a signature of the provider's published keys.
 */
export class Provider {
  readonly #settings: ProviderSettings;
  readonly #fetch: typeof fetch;
  readonly #now: () => Date;
  #discovered: Promise<Discovered> | undefined;

  constructor(settings: ProviderSettings, fetched: typeof fetch, now: () => Date) {
    this.#settings = settings;
    this.#fetch = careful(fetched);
    this.#now = now;
  }

  /** @returns where to send the browser, and what to keep of it. */
  async begin(): Promise<{ readonly address: string; readonly transaction: Transaction }> {
    const { authorization } = await this.#discover();
    const { clientId, redirectUri } = this.#settings;
    const [state, nonce, verifier] = [random(), random(), random()];
    const address = new URL(authorization);
    const query = {
      ...{ response_type: 'code', scope: 'openid', client_id: clientId, redirect_uri: redirectUri },
      ...{ state, nonce, code_challenge_method: 'S256' },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    };
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    return { address: address.href, transaction: { state, nonce, verifier } };
  }

  /** @param answer the query that the provider sent the browser back with. @returns `sub` of the person. @throws Refused */
  async finish(answer: URLSearchParams, kept: Transaction | null): Promise<string> {
    const { issuer } = this.#settings;
    if (kept === null) throw new Refused('no sign-in was begun in this browser, or it is too old');
    if (!isSame(answer.get('state'), kept.state)) throw new Refused('the state is another one');
    const provider = await this.#discover();
    if ((provider.namesIssuer || answer.has('iss')) && answer.get('iss') !== issuer) {
      throw new Refused('the answer is of another issuer');
    }
    const code = answer.get('code');
    if (code === null || answer.has('error')) throw new Refused('the provider gave no code');
    const idToken = await this.#exchange(provider, code, kept.verifier);
    const claims = await this.#verified(idToken, provider.keys);
    if (!isSame(claims['nonce'], kept.nonce)) throw new Refused('the nonce is another one');
    this.#checkAudience(claims);
    this.#checkGroups(claims);
    return claims.sub ?? '';
  }

  async #verified(idToken: string, keys: Discovered['keys']): Promise<JWTPayload> {
    const { issuer, clientId: audience } = this.#settings;
    try {
      const { payload } = await jwtVerify(idToken, keys, {
        ...{ issuer, audience, algorithms: ALGORITHMS, maxTokenAge: OLDEST_TOKEN },
        ...{ clockTolerance: CLOCKS_DIFFER_SECONDS, currentDate: this.#now() },
        requiredClaims: ['exp', 'iat', 'sub', 'nonce'],
      });
      return payload;
    } catch (error) {
      throw new Refused(`the id token is not valid: ${reasonOf(error)}`);
    }
  }

  /** A token for several clients must have been asked for by this one (OpenID Connect Core, 3.1.3.7). */
  #checkAudience({ aud, azp }: JWTPayload): void {
    const isShared = Array.isArray(aud) && aud.length > 1;
    if ((isShared || azp !== undefined) && azp !== this.#settings.clientId) {
      throw new Refused('the id token was issued to another client');
    }
  }

  #checkGroups(claims: JWTPayload): void {
    const { claim, values } = this.#settings.groups;
    const held = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
    const groups: readonly unknown[] = Array.isArray(held) ? held : [held];
    if (!groups.some((group) => typeof group === 'string' && values.includes(group))) {
      // Entra ID leaves the claim out for who is in more than 200 groups (Microsoft Learn, "Configure group claims").
      const reason =
        held === undefined
          ? `the id token of ${claims.sub} has no claim ${claim}`
          : `${claims.sub} is in none of the groups, by claim ${claim}`;
      throw new Refused(reason, false);
    }
  }

  async #exchange(provider: Discovered, code: string, verifier: string): Promise<string> {
    const { clientId, clientSecret, redirectUri } = this.#settings;
    const secret = await clientSecret();
    const inBody = provider.takesSecretInBody;
    const basic = [clientId, secret ?? ''].map(encodeURIComponent).join(':');
    const body = new URLSearchParams({
      ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri },
      ...{ client_id: clientId, code_verifier: verifier },
      ...(secret !== null && inBody ? { client_secret: secret } : {}),
    });
    const headers: Record<string, string> =
      secret === null || inBody
        ? {}
        : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` };
    const answer = await jsonFrom(this.#fetch, provider.token, { method: 'POST', body, headers });
    if (typeof answer['id_token'] !== 'string') throw new Refused('the provider gave no id token');
    return answer['id_token'];
  }

  /** Asked once; again after it failed. */
  #discover(): Promise<Discovered> {
    this.#discovered ??= discover(this.#settings.issuer, this.#fetch).catch((error) => {
      this.#discovered = undefined;
      throw error;
    });
    return this.#discovered;
  }
}

const random = () => randomBytes(32).toString('base64url');

function isSame(one: unknown, other: string): boolean {
  if (typeof one !== 'string') return false;
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
