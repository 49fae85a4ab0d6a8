import type { Transaction } from './provider.ts';

/** Not sent to a subdomain, nor set by one: the prefix takes a cookie of the host itself (RFC 6265bis, 4.1.3). */
const TRANSACTION = '__Host-sign-in';
/** So long a person may take to sign in. */
const TRANSACTION_SECONDS = 600;

/** SameSite=Lax: the provider sends the browser back from another site, and so do links in mails. */
const OWN = 'Path=/; Secure; HttpOnly; SameSite=Lax';

export const transactionCookie = (transaction: Transaction, now: Date): string => {
  const kept = { ...transaction, until: now.getTime() + TRANSACTION_SECONDS * 1000 };
  const text = Buffer.from(JSON.stringify(kept)).toString('base64url');
  return `${TRANSACTION}=${text}; Max-Age=${TRANSACTION_SECONDS}; ${OWN}`;
};

/** What a sign-in was begun with; null where none was, or too long ago. @param cookies as Lambda hands them on, `name=value`. */
export function transactionIn(cookies: readonly string[], now: Date): Transaction | null {
  const start = `${TRANSACTION}=`;
  const found = cookies.filter((cookie) => cookie.startsWith(start));
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  try {
    const text = Buffer.from(only.slice(start.length), 'base64url').toString('utf8');
    const { state, nonce, verifier, until } = JSON.parse(text);
    const isWhole = [state, nonce, verifier].every((part) => /^[\w-]{43}$/.test(part));
    return isWhole && until > now.getTime() ? { state, nonce, verifier } : null;
  } catch {
    return null;
  }
}

export const transactionEnd = `${TRANSACTION}=; Max-Age=0; ${OWN}`;

/** Signs bytes with RSASSA-PKCS1-v1_5 and SHA-256. */
export type Sign = (bytes: Uint8Array) => Promise<Uint8Array>;

const NAMES = ['Policy', 'Signature', 'Key-Pair-Id', 'Hash-Algorithm'] as const;

/**
 * The cookies with which CloudFront lets a browser see everything below a host until a time (CloudFront Developer Guide, "Set signed
 * cookies using a custom policy"). They end with the browser, and at the latest then.
 * @param keyId of the public key in CloudFront.
 */
export async function accessCookies(
  host: string,
  until: Date,
  keyId: string,
  sign: Sign,
): Promise<readonly string[]> {
  const end = Math.floor(until.getTime() / 1000);
  const condition = { DateLessThan: { 'AWS:EpochTime': end } };
  const policy = Buffer.from(
    JSON.stringify({ Statement: [{ Resource: `https://${host}/*`, Condition: condition }] }),
  );
  const values = [encoded(policy), encoded(await sign(policy)), keyId, 'SHA256'];
  return NAMES.map((name, at) => `CloudFront-${name}=${values[at]}; ${OWN}`);
}

export const accessEnd = NAMES.map((name) => `CloudFront-${name}=; Max-Age=0; ${OWN}`);

const REPLACED: Readonly<Record<string, string>> = { '+': '-', '=': '_', '/': '~' };
const encoded = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('base64')
    .replace(/[+=/]/g, (mark) => REPLACED[mark] ?? mark);
