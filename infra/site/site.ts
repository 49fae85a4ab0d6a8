import { createHash } from 'node:crypto';
import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib';
import {
  CfnCachePolicy,
  CfnDistribution,
  CfnKeyGroup,
  CfnOriginAccessControl,
  CfnPublicKey,
  CfnResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { FOLDER_POLICY } from '../../src/dashboard/html.ts';
import { PLEASE } from '../../src/lambda/sign-in/pages.ts';
import type { Site } from '../../src/settings-file/deployment/site.ts';
import { allow, type Statement } from '../policy.ts';
import { acknowledge } from '../validations.ts';
import { addSignIn, letThrough, type SignInParts } from './sign-in.ts';

/** Policies of CloudFront itself (Developer Guide, "Use managed cache policies", "Use managed origin request policies"). */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const FOLDER = 'dashboard';
const READ_ONLY = ['GET', 'HEAD'];
const YEAR_SECONDS = 31_536_000;
/** CloudFront compresses only what it may keep for a moment; a new run is seen after so long. */
const KEPT_SECONDS = 60;
/**
 * CloudFront keeps these for ten seconds whatever the function says, and no query or cookie tells requests for a sign-in apart: one that
 * failed would fail for all (Developer Guide, "How CloudFront processes HTTP 4xx and 5xx status codes", "Control how long CloudFront
 * caches errors").
 */
const KEPT_ERRORS = [404, 405, 414, 500, 501, 502, 503, 504];

export const DISTRIBUTIONS = 'arn:aws:cloudfront::${AWS::AccountId}:distribution';

/**
 * The dashboard in CloudFront: out of the private bucket through origin access control, only for browsers with cookies that the
 * sign-in function had signed; CloudFront itself verifies them. @returns what the policy of the bucket has to allow.
 */
export function addSite(
  stack: Stack,
  bucket: CfnBucket,
  site: Site,
  parts: SignInParts,
): readonly Statement[] {
  const publicKey = addPublicKey(stack, site.publicKey);
  const group = new CfnKeyGroup(stack, 'SiteKeyGroup', {
    keyGroupConfig: { name: 's3-config-rules-dashboard', items: [publicKey.ref] },
  });
  const signIn = addSignIn(stack, site, publicKey.ref, parts);
  const distribution = addDistribution(stack, bucket, site, group, signIn.host);
  const arn = Fn.sub(`${DISTRIBUTIONS}/\${${distribution.logicalId}}`);
  letThrough(stack, signIn.function, arn);
  new CfnOutput(stack, 'SiteDomainName', {
    description: `What a CNAME of ${site.domain} has to name.`,
    value: distribution.attrDomainName,
  });
  return [
    {
      ...allow(['s3:GetObject'], Fn.join('', [bucket.attrArn, `/${FOLDER}/*`]), {
        StringEquals: { 'aws:SourceArn': arn },
      }),
      ...{ Sid: 'ThroughCloudFront', Principal: { Service: 'cloudfront.amazonaws.com' } },
    },
  ];
}

/** CloudFront changes no key (API reference, UpdatePublicKey: CannotChangeImmutablePublicKeyFields), so another key is another resource. */
function addPublicKey(stack: Stack, encodedKey: string): CfnPublicKey {
  const hash = createHash('sha256').update(encodedKey).digest('hex').slice(0, 8);
  const name = `s3-config-rules-dashboard-${hash}`;
  return new CfnPublicKey(stack, `SitePublicKey${hash}`, {
    publicKeyConfig: { name, callerReference: name, encodedKey },
  });
}

function addDistribution(
  stack: Stack,
  bucket: CfnBucket,
  { domain, certificate, webAcl }: Site,
  group: CfnKeyGroup,
  signInHost: string,
): CfnDistribution {
  const control = (id: string, type: 's3' | 'lambda') =>
    new CfnOriginAccessControl(stack, `Site${id}Access`, {
      originAccessControlConfig: {
        name: `s3-config-rules-dashboard-${type}`,
        originAccessControlOriginType: type,
        ...{ signingBehavior: 'always', signingProtocol: 'sigv4' },
      },
    });
  const [cache, headers] = [addCachePolicy(stack).ref, addHeaders(stack).ref];
  const common = {
    ...{ viewerProtocolPolicy: 'redirect-to-https', compress: true },
    ...{ allowedMethods: READ_ONLY, cachedMethods: READ_ONLY },
  };
  const distribution = new CfnDistribution(stack, 'Site', {
    distributionConfig: {
      ...{ enabled: true, comment: 's3-config-rules dashboard', defaultRootObject: 'index.html' },
      ...{ httpVersion: 'http2and3', ipv6Enabled: true, priceClass: 'PriceClass_100' },
      ...(webAcl === undefined ? {} : { webAclId: webAcl }),
      aliases: [domain],
      viewerCertificate: {
        ...{ acmCertificateArn: certificate, sslSupportMethod: 'sni-only' },
        minimumProtocolVersion: 'TLSv1.2_2021',
      },
      origins: [
        {
          ...{ id: 'files', domainName: bucket.attrRegionalDomainName, originPath: `/${FOLDER}` },
          // Required, and empty: origin access control takes the place of an origin access identity.
          s3OriginConfig: { originAccessIdentity: '' },
          originAccessControlId: control('Files', 's3').attrId,
        },
        {
          ...{ id: 'sign-in', domainName: signInHost },
          customOriginConfig: {
            originProtocolPolicy: 'https-only',
            originSslProtocols: ['TLSv1.2'],
          },
          originAccessControlId: control('SignIn', 'lambda').attrId,
        },
      ],
      defaultCacheBehavior: {
        ...{ ...common, targetOriginId: 'files', trustedKeyGroups: [group.ref] },
        cachePolicyId: cache,
        responseHeadersPolicyId: headers,
      },
      cacheBehaviors: [
        {
          ...{ ...common, targetOriginId: 'sign-in', pathPattern: '/sign-in*' },
          cachePolicyId: CACHING_DISABLED,
          originRequestPolicyId: ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
        {
          // The same files as any, but for everyone: they say nothing of the organization.
          ...{ ...common, targetOriginId: 'files', pathPattern: `/${PLEASE}/*` },
          cachePolicyId: cache,
          responseHeadersPolicyId: headers,
        },
      ],
      customErrorResponses: [
        {
          ...{ errorCode: 403, responseCode: 403, responsePagePath: `/${PLEASE}/index.html` },
          errorCachingMinTtl: 0,
        },
        ...KEPT_ERRORS.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
      ],
    },
  });
  acknowledge(distribution, {
    'AwsSolutions-CFR1': 'Who may see it is decided by the sign-in, not by the country.',
    'AwsSolutions-CFR2':
      'Files need a signature that CloudFront verifies first. A web ACL may be named in the deployment.',
    'AwsSolutions-CFR3':
      'S3 logs what is read from the bucket, and the sign-in function logs who signs in. Legacy logs would need a bucket with ACLs.',
  });
  return distribution;
}

const addCachePolicy = (stack: Stack) =>
  new CfnCachePolicy(stack, 'SiteCachePolicy', {
    cachePolicyConfig: {
      name: 's3-config-rules-dashboard',
      ...{ minTtl: 1, defaultTtl: KEPT_SECONDS, maxTtl: KEPT_SECONDS },
      parametersInCacheKeyAndForwardedToOrigin: {
        ...{ enableAcceptEncodingGzip: true, enableAcceptEncodingBrotli: true },
        cookiesConfig: { cookieBehavior: 'none' },
        headersConfig: { headerBehavior: 'none' },
        queryStringsConfig: { queryStringBehavior: 'none' },
      },
    },
  });

/** What the page says in itself, and what only a header can say. */
const addHeaders = (stack: Stack) =>
  new CfnResponseHeadersPolicy(stack, 'SiteHeaders', {
    responseHeadersPolicyConfig: {
      name: 's3-config-rules-dashboard',
      securityHeadersConfig: {
        contentSecurityPolicy: {
          contentSecurityPolicy: `${FOLDER_POLICY}; frame-ancestors 'none'`,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: 'DENY', override: true },
        referrerPolicy: { referrerPolicy: 'no-referrer', override: true },
        strictTransportSecurity: { accessControlMaxAgeSec: YEAR_SECONDS, override: true },
      },
      customHeadersConfig: {
        items: [
          { header: 'Cache-Control', value: 'private, no-cache', override: true },
          { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
          { header: 'Cross-Origin-Resource-Policy', value: 'same-origin', override: true },
        ],
      },
    },
  });
