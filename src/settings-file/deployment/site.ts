import { createPublicKey } from 'node:crypto';
import { partitionOf } from '../../values/region.ts';

/** The dashboard in CloudFront, with sign-in. */
export interface Site {
  /** Under which browsers know it. */
  readonly domain: string;
  /** ARN of a certificate for it in ACM, in us-east-1, where CloudFront takes certificates from. */
  readonly certificate: string;
  /** ARN of the KMS key that signs cookies, and its public half as PEM: an RSA key of 2048 bits. */
  readonly signingKey: string;
  readonly publicKey: string;
  /** Provider of OpenID Connect. */
  readonly issuer: string;
  readonly clientId: string;
  /** ARN of a secret that holds the secret of the client and nothing else. */
  readonly clientSecret?: string;
  /** The claim of the id token that lists groups, and those of which one lets a person in. */
  readonly groups: { readonly claim: string; readonly values: readonly string[] };
  /** How long a sign-in lasts; an hour if it is left out. */
  readonly minutes?: number;
  /** ARN of a web ACL of AWS WAF for CloudFront. */
  readonly webAcl?: string;
}

/** The part of a deployment that a site depends on. */
interface Around {
  readonly rules: 'members' | 'central' | 'both';
  readonly centralAccount: string;
  readonly home: string;
}

/** What a schema cannot tell of a site: the key that it is about, and what is wrong. */
export function siteProblems(
  { publicKey, signingKey, clientSecret }: Site,
  { rules, centralAccount, home }: Around,
): readonly (readonly [key: keyof Site | null, problem: string])[] {
  const [, , , region, account] = signingKey.split(':');
  const partition = partitionOf(home);
  const isHere = region === home && account === centralAccount;
  const keyFault = faultOf(publicKey);
  return [
    ...(rules === 'members'
      ? [
          [
            null,
            'only the central account makes a dashboard, expected rules: central or rules: both.',
          ] as const,
        ]
      : []),
    ...(partition === 'aws'
      ? []
      : [[null, `it is not made in the partition ${partition}, expected no site.`] as const]),
    ...(isHere ? [] : [['signingKey', `expected a key of ${centralAccount} in ${home}.`] as const]),
    ...(clientSecret === undefined || clientSecret.split(':')[3] === home
      ? []
      : [['clientSecret', `expected a secret in ${home}.`] as const]),
    ...(keyFault === null ? [] : [['publicKey', keyFault] as const]),
  ];
}

/** CloudFront takes RSA keys of 2048 bits for cookies that are signed with them (API reference, PublicKeyConfig). */
function faultOf(pem: string): string | null {
  const expected = 'expected the public half of an RSA key of 2048 bits, as PEM.';
  try {
    // A private key would do for Node, and would then stand in a template.
    if (/PRIVATE/.test(pem)) return `it is a private key, ${expected}`;
    // Node also takes certificates and keys of PKCS #1; the documentation of CloudFront has this form only.
    if (!/^-----BEGIN PUBLIC KEY-----\n/.test(pem)) return expected;
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem);
    const isRight = asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === 2048;
    return isRight ? null : expected;
  } catch {
    return expected;
  }
}
