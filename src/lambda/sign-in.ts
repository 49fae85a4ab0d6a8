import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createSignIn } from './sign-in/handle.ts';
import { Provider } from './sign-in/provider.ts';

const {
  ISSUER = '',
  CLIENT_ID = '',
  CLIENT_SECRET_ARN,
  HOST = '',
  GROUP_CLAIM = '',
  GROUPS = '[]',
  SIGNING_KEY = '',
  KEY_ID = '',
  MINUTES = '60',
} = process.env;

const kms = new KMSClient({});
const secrets = new SecretsManagerClient({});

/** A secret that is changed is used by the next instance of the function. */
let secret: Promise<string | null> | undefined;
const clientSecret = (): Promise<string | null> => {
  secret ??= secretOf(CLIENT_SECRET_ARN).catch((error) => {
    secret = undefined;
    throw error;
  });
  return secret;
};

async function secretOf(arn: string | undefined): Promise<string | null> {
  if (arn === undefined) return null;
  const { SecretString: text } = await secrets.send(new GetSecretValueCommand({ SecretId: arn }));
  if (!text) throw new Error('the secret of the client holds no text');
  return text.trim();
}

/**
 * The function behind `/sign-in` of the dashboard in CloudFront.
 *
 * Environment: ISSUER and CLIENT_ID of OpenID Connect; CLIENT_SECRET_ARN, where the client has a secret; HOST of the dashboard;
 * GROUP_CLAIM, and GROUPS as JSON, of which one lets a person in; SIGNING_KEY, ARN of the KMS key whose public half CloudFront knows as
 * KEY_ID; MINUTES that a sign-in lasts.
 */
export const handler = createSignIn({
  provider: new Provider(
    {
      ...{ issuer: ISSUER, clientId: CLIENT_ID, clientSecret },
      redirectUri: `https://${HOST}/sign-in/callback`,
      groups: { claim: GROUP_CLAIM, values: JSON.parse(GROUPS) },
    },
    fetch,
    () => new Date(),
  ),
  ...{ host: HOST, keyId: KEY_ID, minutes: Number(MINUTES) },
  sign: async (Message) => {
    const { Signature } = await kms.send(
      new SignCommand({
        ...{ KeyId: SIGNING_KEY, Message, MessageType: 'RAW' },
        SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
      }),
    );
    if (!Signature) throw new Error('KMS gave no signature');
    return Signature;
  },
  now: () => new Date(),
  log: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
});
