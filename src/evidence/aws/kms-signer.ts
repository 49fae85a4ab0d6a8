import { createHash } from 'node:crypto';
import { type Signer, UnusableKey } from '../bundle/sign.ts';

/** The longest message that KMS signs itself, in bytes (KMS API reference, Sign: Message). */
const MESSAGE_LIMIT = 4096;

/** What of KMS a signer needs. */
export interface KeyService {
  publicKey(keyId: string): Promise<{ readonly der: Uint8Array; readonly spec: string }>;
  sign(keyId: string, message: Buffer, type: 'RAW' | 'DIGEST'): Promise<Uint8Array>;
}

/**
 * Signs with a key of AWS KMS whose private half never leaves it. It needs kms:GetPublicKey and kms:Sign.
 * @throws UnusableKey for a key that is not ECC_NIST_P256.
 */
export async function kmsSigner(keyId: string, service: KeyService): Promise<Signer> {
  const { der, spec } = await service.publicKey(keyId);
  if (spec !== 'ECC_NIST_P256')
    throw new UnusableKey(`The KMS key ${keyId} is of the type ${spec}. Expected ECC_NIST_P256.`);
  const lines = Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})(?=.)/g, '$1\n');
  return {
    publicKey: `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`,
    async sign(bytes) {
      const isLong = bytes.length > MESSAGE_LIMIT;
      const message = isLong ? createHash('sha256').update(bytes).digest() : bytes;
      return Buffer.from(await service.sign(keyId, message, isLong ? 'DIGEST' : 'RAW'));
    },
  };
}

/** KMS through the AWS SDK. @param region of the key; the one of its ARN where it has one. */
export async function keyService(region: string | undefined): Promise<KeyService> {
  const { GetPublicKeyCommand, KMSClient, SignCommand } = await import('@aws-sdk/client-kms');
  const client = new KMSClient(region === undefined ? {} : { region });
  return {
    async publicKey(keyId) {
      const { PublicKey: der, KeySpec: spec } = await client.send(
        new GetPublicKeyCommand({ KeyId: keyId }),
      );
      if (der === undefined) throw new UnusableKey(`KMS gave no public key for ${keyId}.`);
      return { der, spec: spec ?? 'unknown' };
    },
    async sign(keyId, message, type) {
      const input = {
        KeyId: keyId,
        Message: message,
        MessageType: type,
        SigningAlgorithm: 'ECDSA_SHA_256',
      } as const;
      const { Signature: signature } = await client.send(new SignCommand(input));
      if (signature === undefined) throw new UnusableKey(`KMS gave no signature by ${keyId}.`);
      return signature;
    },
  };
}
