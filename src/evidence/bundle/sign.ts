import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson, sha256 } from '../../results/index.ts';
import { list, Malformed, object, text } from '../../values/json.ts';
import { parseCanonical } from './canonical.ts';
import { ENVELOPE } from './manifest.ts';

/** Signs bytes: a key in a file, or one of AWS KMS. */
export interface Signer {
  /** PEM, SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** ECDSA over SHA-256 in DER, or Ed25519. */
  sign(bytes: Buffer): Promise<Buffer>;
}

/** A key that cannot sign or verify evidence. */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey';
}

const TYPE = 'application/vnd.in-toto+json';
const PREDICATE =
  'https://github.com/s3-config-rules/s3-config-rules/blob/main/docs/auditors.md#signature';

/** @param pem a private key without a passphrase: EC on the curve P-256, or Ed25519. @throws UnusableKey */
export function localSigner(pem: string): Signer {
  const key = keyFrom(() => createPrivateKey(pem), 'a private key in PEM without a passphrase');
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string;
  return { publicKey, sign: async (bytes) => sign(digestFor(key), bytes, key) };
}

/** The fingerprint by which people compare keys: SHA-256 of the SubjectPublicKeyInfo in DER. @throws UnusableKey */
export function fingerprintOf(publicPem: string): string {
  const key = keyFrom(() => createPublicKey(publicPem), 'a public key in PEM');
  return sha256(key.export({ type: 'spki', format: 'der' }));
}

function keyFrom(read: () => KeyObject, expected: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw new UnusableKey(`The key cannot be read. Expected ${expected}.`);
  }
  digestFor(key);
  return key;
}

function digestFor(key: KeyObject): 'sha256' | null {
  if (key.asymmetricKeyType === 'ed25519') return null;
  if (key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1')
    return 'sha256';
  throw new UnusableKey(
    `The key is of type ${key.asymmetricKeyType}. Expected EC on the curve P-256, or Ed25519.`,
  );
}

/** What a signature is about: two files by their hashes, so that everything that they list is signed. */
export interface Signed {
  readonly files: Readonly<Record<string, string>>;
  readonly bundle: {
    readonly id: string;
    readonly sequence: number;
    readonly previous: string | null;
  };
}

/** A DSSE envelope over an in-toto Statement v1, as canonical JSON. */
export async function envelopeOf(signed: Signed, signer: Signer): Promise<string> {
  const payload = Buffer.from(statementOf(signed));
  const sig = await signer.sign(preAuthEncoding(payload));
  const signature = { keyid: fingerprintOf(signer.publicKey), sig: sig.toString('base64') };
  return `${canonicalJson({ payload: payload.toString('base64'), payloadType: TYPE, signatures: [signature] })}\n`;
}

function statementOf({ files, bundle }: Signed): string {
  return canonicalJson({
    _type: 'https://in-toto.io/Statement/v1',
    subject: Object.entries(files).map(([name, digest]) => ({ name, digest: { sha256: digest } })),
    predicateType: PREDICATE,
    predicate: bundle,
  });
}

/** DSSE v1: the type is signed with the payload, so that it cannot be passed off as another kind of document. */
const preAuthEncoding = (payload: Buffer) =>
  Buffer.concat([Buffer.from(`DSSEv1 ${TYPE.length} ${TYPE} ${payload.length} `), payload]);

/**
 * What is wrong with an envelope, or null when it is the signature of this key over exactly this.
 * @throws UnusableKey when the public key is none.
 */
export function flawInEnvelope(
  envelope: string,
  expected: Signed,
  publicPem: string,
): string | null {
  const key = keyFrom(() => createPublicKey(publicPem), 'a public key in PEM');
  let payload: Buffer;
  let sig: Buffer;
  try {
    const value = object(parseCanonical(envelope, ENVELOPE), ENVELOPE);
    if (value['payloadType'] !== TYPE) return `payloadType is not ${TYPE}`;
    const [signature, ...others] = list(value['signatures'], 'signatures');
    if (others.length > 0) return 'there is more than one signature';
    const { keyid, sig: written } = object(signature, 'signatures[0]');
    if (keyid !== fingerprintOf(publicPem)) return 'it is signed by another key';
    payload = base64(value['payload'], 'payload');
    sig = base64(written, 'sig');
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
  if (!verify(digestFor(key), preAuthEncoding(payload), key, sig))
    return 'the signature does not fit the content';
  return payload.toString() === statementOf(expected) ? null : 'it signs other files than these';
}

/** Only the one spelling that the bytes have. @throws Malformed */
function base64(value: unknown, where: string): Buffer {
  const written = text(value, where);
  const bytes = Buffer.from(written, 'base64');
  if (bytes.toString('base64') !== written) throw new Malformed(`${where} is not base64`);
  return bytes;
}
