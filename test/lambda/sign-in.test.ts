import { createVerify, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { lambdaCode, SIGN_IN } from '../../src/generate/bundle.ts';
import { createSignIn, type Request } from '../../src/lambda/sign-in/handle.ts';
import { pleaseFiles } from '../../src/lambda/sign-in/pages.ts';
import { Provider } from '../../src/lambda/sign-in/provider.ts';

const ISSUER = 'https://login.example.com/tenant';
const HOST = 'compliance.example.com';
const CLIENT = 'dashboard';
const NOW = new Date('2026-11-02T12:00:00Z');
const seconds = NOW.getTime() / 1000;

const keys = await generateKeyPair('RS256');
const others = await generateKeyPair('RS256');
const cloudFront = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256' }] };

const good = (nonce: string): JWTPayload => ({
  ...{ iss: ISSUER, aud: CLIENT, sub: 'person-1', nonce, groups: ['readers', 'others'] },
  ...{ iat: seconds, exp: seconds + 300 },
});
const token = (claims: JWTPayload, key = keys.privateKey, header = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(key);

interface Setting {
  readonly tokenFor?: (nonce: string) => Promise<string>;
  readonly discovery?: object;
  readonly secret?: string | null;
  readonly host?: (address: string) => Response | undefined;
}

/** A provider that answers as it is told, and the sign-in in front of it. */
function world({ tokenFor, discovery = {}, secret = null, host }: Setting = {}) {
  const asked: { address: string; body: URLSearchParams; headers: Headers }[] = [];
  const logged: Readonly<Record<string, unknown>>[] = [];
  const state = { now: NOW, nonce: '' };
  const document = {
    ...{ issuer: ISSUER, authorization_endpoint: `${ISSUER}/authorize` },
    ...{ token_endpoint: `${ISSUER}/token`, jwks_uri: 'https://keys.example.com/jwks' },
    ...discovery,
  };
  const fetched = (async (input, options) => {
    const address = String(input);
    expect(options?.redirect).toBe('error');
    const special = host?.(address);
    if (special) return special;
    if (address.endsWith('/.well-known/openid-configuration')) return Response.json(document);
    if (address === document.jwks_uri) return Response.json(jwks);
    if (address !== document.token_endpoint) return new Response('', { status: 404 });
    const body = new URLSearchParams(String(options?.body));
    asked.push({ address, body, headers: new Headers(options?.headers) });
    const made = tokenFor ?? ((nonce) => token(good(nonce)));
    return Response.json({ id_token: await made(state.nonce) });
  }) as typeof fetch;
  const provider = new Provider(
    {
      ...{ issuer: ISSUER, clientId: CLIENT, clientSecret: async () => secret },
      redirectUri: `https://${HOST}/sign-in/callback`,
      groups: { claim: 'groups', values: ['readers'] },
    },
    fetched,
    () => state.now,
  );
  const handle = createSignIn({
    ...{ provider, host: HOST, keyId: 'K2JCJMDEHXQW5F', minutes: 60 },
    sign: async (bytes) => signBytes('sha256', bytes, cloudFront.privateKey),
    now: () => state.now,
    log: (entry) => logged.push(entry),
  });
  const get = (rawPath: string, rest: Partial<Request> = {}) =>
    handle({ rawPath, requestContext: { http: { method: 'GET' } }, ...rest });
  /** Begins a sign-in: what the browser keeps, and what the provider was asked. */
  const begin = async () => {
    const { headers, cookies = [] } = await get('/sign-in');
    const query = new URL(headers['location'] ?? '').searchParams;
    state.nonce = query.get('nonce') ?? '';
    const [cookie = ''] = (cookies[0] ?? '').split(';');
    return { query, cookie, set: cookies[0] ?? '' };
  };
  const back = (query: Record<string, string>, cookies: readonly string[]) =>
    get('/sign-in/callback', { rawQueryString: new URLSearchParams(query).toString(), cookies });
  const through = async () => {
    const { query, cookie } = await begin();
    return await back({ code: 'c', state: query.get('state') ?? '' }, [cookie]);
  };
  return { asked, logged, state, get, begin, back, through };
}

const named = (cookies: readonly string[] = []) =>
  new Map(
    cookies.map((cookie): [string, string] => {
      const at = cookie.indexOf('=');
      return [cookie.slice(0, at), cookie.slice(at + 1)];
    }),
  );
const decoded = (text = '') =>
  Buffer.from(
    text.split(';')[0]?.replace(/[-_~]/g, (mark) => ({ '-': '+', _: '=', '~': '/' })[mark] ?? '') ??
      '',
    'base64',
  );

describe('signing in to the dashboard', () => {
  it('gives who is in the group cookies that CloudFront can verify, for an hour and this host only', async () => {
    const { through, logged, asked } = world();
    const answer = await through();
    expect(answer.statusCode).toBe(200);
    const cookies = named(answer.cookies);
    const policy = decoded(cookies.get('CloudFront-Policy'));
    expect(JSON.parse(policy.toString())).toEqual({
      Statement: [
        {
          Resource: `https://${HOST}/*`,
          Condition: { DateLessThan: { 'AWS:EpochTime': seconds + 3600 } },
        },
      ],
    });
    const signature = decoded(cookies.get('CloudFront-Signature'));
    const verify = createVerify('sha256').update(policy);
    expect(verify.verify(cloudFront.publicKey, signature)).toBe(true);
    expect(cookies.get('CloudFront-Hash-Algorithm')).toMatch(/^SHA256;/);
    expect(cookies.get('CloudFront-Key-Pair-Id')).toMatch(/^K2JCJMDEHXQW5F;/);
    for (const cookie of answer.cookies ?? []) {
      expect(cookie).toMatch(/; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
      expect(cookie).not.toMatch(/Domain/i);
    }
    expect(cookies.get('__Host-sign-in')).toMatch(/^; Max-Age=0;/);
    expect(logged).toMatchObject([{ result: 'signed in', person: 'person-1' }]);
    expect(asked[0]?.body.get('redirect_uri')).toBe(`https://${HOST}/sign-in/callback`);
  });

  it('asks with state, nonce and PKCE, new each time, and hands over the verifier', async () => {
    const { begin, back, asked } = world();
    const [first, second] = [await begin(), await begin()];
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first.query.get(name)).toMatch(/^[\w-]{43}$/);
      expect(first.query.get(name)).not.toBe(second.query.get(name));
    }
    expect(Object.fromEntries(second.query)).toMatchObject({
      ...{ response_type: 'code', client_id: CLIENT, code_challenge_method: 'S256' },
      redirect_uri: `https://${HOST}/sign-in/callback`,
    });
    expect(second.set).toMatch(/; Max-Age=600; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    await back({ code: 'c', state: second.query.get('state') ?? '' }, [second.cookie]);
    const kept = JSON.parse(Buffer.from(second.cookie.split('=')[1] ?? '', 'base64url').toString());
    expect(asked[0]?.body.get('code_verifier')).toBe(kept.verifier);
  });

  it.each<readonly [string, (nonce: string) => Promise<string>]>([
    ['is signed with another key', (nonce) => token(good(nonce), others.privateKey)],
    ['is not signed', async (nonce) => new UnsecuredJWT(good(nonce)).encode()],
    [
      'is signed with a secret anyone knows',
      (nonce) =>
        new SignJWT(good(nonce))
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .sign(new TextEncoder().encode(JSON.stringify(jwks.keys[0]))),
    ],
    [
      'has a key that is not published',
      (nonce) => token(good(nonce), keys.privateKey, { kid: 'two' }),
    ],
    ['is over', (nonce) => token({ ...good(nonce), iat: seconds - 590, exp: seconds - 61 })],
    ['is old', (nonce) => token({ ...good(nonce), iat: seconds - 700 })],
    [
      'is of the future',
      (nonce) => token({ ...good(nonce), iat: seconds + 600, exp: seconds + 900 }),
    ],
    ['is of another issuer', (nonce) => token({ ...good(nonce), iss: 'https://evil.example' })],
    ['is for another audience', (nonce) => token({ ...good(nonce), aud: 'another' })],
    [
      'was asked for by another client',
      (nonce) => token({ ...good(nonce), aud: [CLIENT, 'b'], azp: 'b' }),
    ],
    [
      'is for several clients and does not say by whom',
      (nonce) => token({ ...good(nonce), aud: [CLIENT, 'b'] }),
    ],
    ['has another nonce', () => token(good('x'.repeat(43)))],
    ['has no nonce', (nonce) => token({ ...good(nonce), nonce: undefined })],
    ['has no end', (nonce) => token({ ...good(nonce), exp: undefined } as never)],
    ['is no token', async () => 'abc'],
    ['names no group', (nonce) => token({ ...good(nonce), groups: undefined })],
    ['names other groups', (nonce) => token({ ...good(nonce), groups: ['reader', 'readers2'] })],
    ['has a group that is no text', (nonce) => token({ ...good(nonce), groups: [['readers']] })],
    ['has groups as one text', (nonce) => token({ ...good(nonce), groups: 'readers,others' })],
  ])('lets no one in whose token %s', async (_, tokenFor) => {
    const { through, logged } = world({ tokenFor });
    const answer = await through();
    expect(answer.statusCode).toBe(401);
    expect([...named(answer.cookies).keys()]).toEqual(['__Host-sign-in']);
    expect(answer.cookies?.[0]).toContain('Max-Age=0');
    expect(logged).toMatchObject([{ result: 'refused' }]);
    expect(answer.body).not.toContain('evil.example');
  });

  it('says to who is in no group that this is why', async () => {
    const tokenFor = (nonce: string) => token({ ...good(nonce), groups: [] });
    expect((await world({ tokenFor }).through()).body).toContain('none of the groups');
    expect((await world({ tokenFor: async () => 'abc' }).through()).body).toContain('Begin again');
  });

  it('tells the log whether the provider left the groups out, or named others', async () => {
    const reason = async (groups: readonly string[] | undefined) => {
      const { through, logged } = world({ tokenFor: (nonce) => token({ ...good(nonce), groups }) });
      await through();
      return logged[0]?.['reason'];
    };
    expect(await reason(['others'])).toMatch(/^person-1 is in none of the groups/);
    expect(await reason(undefined)).toMatch(/^the id token of person-1 has no claim groups/);
  });

  it('takes a state once, from the browser that began, for ten minutes', async () => {
    const { begin, back, state } = world();
    const { query, cookie } = await begin();
    const answer = { code: 'c', state: query.get('state') ?? '' };
    const refused = async (of: Record<string, string>, cookies: readonly string[]) =>
      expect((await back(of, cookies)).statusCode).toBe(401);
    await refused(answer, []);
    await refused({ ...answer, state: 'x'.repeat(43) }, [cookie]);
    await refused({ code: 'c' }, [cookie]);
    await refused(answer, [(await begin()).cookie]);
    await refused(answer, [cookie, cookie]);
    await refused(answer, ['__Host-sign-in=%%%']);
    await refused({ ...answer, iss: 'https://evil.example' }, [cookie]);
    await refused({ state: answer.state, error: 'access_denied' }, [cookie]);
    const again = await begin();
    const good = { code: 'c', state: again.query.get('state') ?? '' };
    expect((await back(good, [again.cookie])).statusCode).toBe(200);
    await refused(good, [again.cookie]);
    const late = await begin();
    state.now = new Date(NOW.getTime() + 600_000);
    await refused({ code: 'c', state: late.query.get('state') ?? '' }, [late.cookie]);
  });

  it.each<readonly [string, Setting]>([
    ['calls itself another', { discovery: { issuer: 'https://evil.example' } }],
    [
      'sends people elsewhere without TLS',
      { discovery: { authorization_endpoint: 'http://x.example' } },
    ],
    [
      'has no address to send people to',
      { discovery: { authorization_endpoint: 'javascript:alert(1)' } },
    ],
    ['answers with an error', { host: () => new Response('', { status: 500 }) }],
    ['answers no JSON', { host: () => new Response('<html>') }],
    ['answers without an end', { host: () => Response.json({ issuer: 'x'.repeat(300_000) }) }],
  ])('sends no one to a provider that %s', async (_, setting) => {
    const { get } = world(setting);
    const answer = await get('/sign-in');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['location']).toBeUndefined();
  });

  it('writes nothing of what a provider answers into the log', async () => {
    const host = (address: string) =>
      address.endsWith('/token') ? new Response('id_token=SECRET.a.b') : undefined;
    const { through, logged } = world({ host });
    expect((await through()).statusCode).toBe(401);
    expect(JSON.stringify(logged)).toContain('answers no JSON');
    expect(JSON.stringify(logged)).not.toMatch(/id_tok|SECRET/);
  });

  it('goes on when a provider answers again', async () => {
    let isDown = true;
    const host = () => (isDown ? new Response('', { status: 503 }) : undefined);
    const { get, through } = world({ host });
    expect((await get('/sign-in')).statusCode).toBe(401);
    isDown = false;
    expect((await through()).statusCode).toBe(200);
  });

  it('goes nowhere that a request names', async () => {
    const { get, begin, back } = world();
    const rawQueryString = 'redirect_uri=https://evil.example&return=//evil.example';
    const away = await get('/sign-in', { rawQueryString });
    const { origin, searchParams } = new URL(away.headers['location'] ?? '');
    expect(origin).toBe('https://login.example.com');
    expect(searchParams.get('redirect_uri')).toBe(`https://${HOST}/sign-in/callback`);
    const { query, cookie } = await begin();
    const evil = { return: 'https://evil.example', next: '//evil.example' };
    const done = await back({ code: 'c', state: query.get('state') ?? '', ...evil }, [cookie]);
    expect(JSON.stringify(done)).not.toContain('evil');
    expect(done.headers['location']).toBeUndefined();
  });

  it.each<readonly [string, object, boolean]>([
    [
      'in the body, where the provider takes it there',
      { token_endpoint_auth_methods_supported: ['client_secret_post'] },
      true,
    ],
    ['in a header otherwise', {}, false],
  ])('sends the secret of the client %s', async (_, discovery, inBody) => {
    const { through, asked } = world({ discovery, secret: 's:ecret' });
    await through();
    expect(asked[0]?.body.get('client_secret')).toBe(inBody ? 's:ecret' : null);
    const header = `Basic ${Buffer.from('dashboard:s%3Aecret').toString('base64')}`;
    expect(asked[0]?.headers.get('authorization')).toBe(inBody ? null : header);
  });

  it('has pages that run nothing but their own script, and that CloudFront does not replace', async () => {
    const { get, through } = world();
    const pages = [
      ...['/sign-in/please', '/sign-in/out', '/sign-in/callback', '/elsewhere', '/sign-in/'].map(
        (path) => get(path),
      ),
      through(),
    ];
    for (const { statusCode, headers, body = '' } of await Promise.all(pages)) {
      expect(statusCode).not.toBe(403);
      expect(headers['cache-control']).toBe('no-store');
      const csp = headers['content-security-policy'] ?? '';
      expect(csp).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
      expect(csp).not.toContain('unsafe');
      expect(/<script>/.test(body)).toBe(csp.includes('script-src'));
    }
    // What stands in the bucket runs under the policy of the dashboard: nothing of it is inline, and every address begins at the root.
    const { 'index.html': asking = '', ...rest } = pleaseFiles;
    expect(asking).not.toMatch(/<style|<script[^>]*>[^<]|style=|onload/);
    const named = [...asking.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(named.sort()).toEqual(
      [...Object.keys(rest).map((name) => `/please/${name}`), '/sign-in'].sort(),
    );
    const out = await get('/sign-in/out');
    expect(out.cookies?.length).toBe(5);
    for (const cookie of out.cookies ?? []) expect(cookie).toContain('=; Max-Age=0;');
  });

  it('is shipped as one file that needs Node and the SDK only', async () => {
    const code = await lambdaCode(SIGN_IN);
    const needed = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name = '']) => name);
    expect(needed.length).toBeGreaterThan(2);
    expect(needed.filter((name) => !/^(?:node:[\w/]+|@aws-sdk\/[\w-]+)$/.test(name))).toEqual([]);
    expect(code.length).toBeLessThan(60_000);
  });

  it('answers to GET only', async () => {
    const { get } = world();
    for (const method of ['POST', 'HEAD', 'PUT', undefined]) {
      const requestContext = method === undefined ? {} : { http: { method } };
      expect((await get('/sign-in', { requestContext })).statusCode).toBe(405);
    }
  });
});
