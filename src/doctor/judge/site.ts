import { about, type Diagnosis, shell } from '../diagnosis.ts';
import type { CentralFacts, Plan } from '../facts.ts';

/** Does CloudFront verify what the key signs? With another public key it would refuse every person who has signed in. */
export function judgeSiteKey(
  { siteKey }: CentralFacts,
  { deployment: { dashboard } }: Plan,
): readonly Diagnosis[] {
  const site = dashboard?.site;
  if (siteKey === undefined || site === undefined) return [];
  const { ok, fix, from } = about('site-key', { name: site.signingKey });
  const show =
    `aws kms get-public-key --key-id ${shell(site.signingKey)} --query PublicKey --output text | base64 -d | ` +
    'openssl pkey -pubin -inform DER';
  const unread = { what: 'The key that signs cookies of the dashboard could not be examined' };
  return [
    from(siteKey, unread, ({ usage, publicKey }) => {
      if (usage !== 'SIGN_VERIFY') {
        return fix(
          'The key that is to sign cookies of the dashboard is not a key for signatures.',
          'Make one: aws kms create-key --key-spec RSA_2048 --key-usage SIGN_VERIFY',
        );
      }
      const written = site.publicKey.replace(/-----[^-]+-----|\s/g, '');
      return Buffer.from(publicKey).toString('base64') === written
        ? ok('The public key of the dashboard is that of its key.')
        : fix(
            'dashboard.site.publicKey is not the public half of signingKey: no one could see the dashboard.',
            `Write what this prints: ${show}`,
          );
    }),
  ];
}
