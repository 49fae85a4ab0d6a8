import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { CENTRAL, REGIONS, throwing, world } from './world.ts';

const made = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
const [own, other] = [made(), made()];
const der = (key: typeof own) => key.export({ type: 'spki', format: 'der' });
const UUID = '0a1b2c3d-0000-0000-0000-000000000000';
const bucket = 'examplehealth-config';
const signingKey = `arn:aws:kms:${REGIONS[0]}:${CENTRAL}:key/${UUID}`;
const deployment = {
  ...{ rules: 'both', delivery: { bucket } },
  dashboard: {
    site: {
      domain: 'compliance.example.com',
      certificate: `arn:aws:acm:us-east-1:${CENTRAL}:certificate/${UUID}`,
      ...{ signingKey, publicKey: own.export({ type: 'spki', format: 'pem' }) },
      ...{ issuer: 'https://login.example.com', clientId: 'dashboard' },
      groups: { claim: 'groups', values: ['readers'] },
    },
  },
};
const answer = (key: typeof own, KeyUsage = 'SIGN_VERIFY') => ({
  ...{ KeyId: signingKey, KeyUsage },
  // JSON of AWS has bytes in base64.
  PublicKey: der(key).toString('base64'),
});

it.each([
  ['is right', answer(own), 'OK', /is that of its key/],
  ['is another one', answer(other), 'FIX', /is not the public half of signingKey/],
  ['encrypts', answer(own, 'ENCRYPT_DECRYPT'), 'FIX', /not a key for signatures/],
  ['is gone', throwing('NotFoundException'), 'UNKNOWN', /could not be examined/],
  ['may not be read', throwing('AccessDeniedException', 'no', 403), 'UNKNOWN', /kms:GetPublicKey/],
] as const)('tells of a key for cookies that %s', async (_, GetPublicKey, state, what) => {
  const { told } = await world({ GetPublicKey }, { deployment, buckets: { [bucket]: {} } });
  const { diagnoses } = await told();
  const [found] = diagnoses.filter(({ examined }) => examined === 'site-key');
  expect(found?.state).toBe(state);
  expect(found?.what).toMatch(what);
});
