import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { addValidations } from '../../infra/validations.ts';
import { pleaseFiles } from '../../src/lambda/sign-in/pages.ts';
import { type Deployment, parseDeployment } from '../../src/settings-file/deployment/deployment.ts';
import type { Site } from '../../src/settings-file/deployment/site.ts';
import { CENTRAL, deployed, HOME, resourcesOf, synthesize } from './central.ts';
import { example, someCode, synthesized } from './world.ts';

const pem = (modulusLength: number) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const { publicKey, privateKey } = pem(2048);
const pkcs1 = createPublicKey(publicKey).export({ type: 'pkcs1', format: 'pem' });
const UUID = '0a1b2c3d-0000-0000-0000-000000000000';

const site: Site = {
  domain: 'compliance.example.com',
  certificate: `arn:aws:acm:us-east-1:${CENTRAL}:certificate/${UUID}`,
  signingKey: `arn:aws:kms:${HOME}:${CENTRAL}:key/${UUID}`,
  ...{ publicKey, issuer: 'https://login.example.com/tenant/v2.0', clientId: 'dashboard' },
  clientSecret: `arn:aws:secretsmanager:${HOME}:${CENTRAL}:secret:dashboard-AbCdEf`,
  groups: { claim: 'groups', values: ['readers'] },
};
const delivery = { bucket: 'examplehealth-config' };
const withSite: Deployment = { ...example, rules: 'both', delivery, dashboard: { site } };
const code = { ...someCode, judge: 'exports.handler = 1;', signIn: 'exports.handler = 2;' };
const resources = resourcesOf(synthesize(withSite));
// biome-ignore lint/suspicious/noExplicitAny: each test reads the properties of the type that it asks for.
const properties = (id: string) => deployed(resources[id]?.Properties) as any;
const ofType = (type: string) =>
  Object.keys(resources).filter((id) => resources[id]?.Type === `AWS::${type}`);

describe('the dashboard in CloudFront', () => {
  it('passes every validation', () => {
    const all = synthesized({ rules: 'both', delivery, dashboard: { site } }, code, addValidations);
    expect(Object.keys(all.central.Resources)).toContain('Site');
  });

  it('is not there unless it is asked for', () => {
    const without = resourcesOf(synthesize({ ...withSite, dashboard: {} }));
    const types = Object.values(without).map(({ Type }) => Type);
    expect(types.filter((type) => /CloudFront|Lambda::Url/.test(type))).toEqual([]);
    expect(JSON.stringify(without['DataKey'])).not.toContain('cloudfront');
  });

  it('shows nothing without a signature that CloudFront verifies, but for the sign-in', () => {
    const { DistributionConfig: config } = properties('Site');
    expect(config.DefaultCacheBehavior.TrustedKeyGroups).toEqual(['sitekeygroup']);
    expect(config.DefaultCacheBehavior.TargetOriginId).toBe('files');
    expect(config.CacheBehaviors.length).toBe(2);
    const [signIn, please] = config.CacheBehaviors;
    expect(signIn).toMatchObject({ TargetOriginId: 'sign-in', PathPattern: '/sign-in*' });
    expect(signIn.ResponseHeadersPolicyId).toBeUndefined();
    expect(please).toMatchObject({ TargetOriginId: 'files', PathPattern: '/please/*' });
    expect(please.ResponseHeadersPolicyId).toBe('siteheaders');
    for (const behavior of [config.DefaultCacheBehavior, signIn, please]) {
      expect(behavior.ViewerProtocolPolicy).toBe('redirect-to-https');
      expect(behavior.AllowedMethods).toEqual(['GET', 'HEAD']);
    }
    expect(properties('SiteKeyGroup').KeyGroupConfig.Items).toHaveLength(1);
  });

  it('takes TLS 1.2 and newer only, under its own name', () => {
    const { DistributionConfig: config } = properties('Site');
    expect(config.ViewerCertificate).toEqual({
      AcmCertificateArn: site.certificate,
      MinimumProtocolVersion: 'TLSv1.2_2021',
      SslSupportMethod: 'sni-only',
    });
    expect(config.Aliases).toEqual([site.domain]);
  });

  it('reads the bucket as this distribution, and only the dashboard in it', () => {
    const { Statement } = properties('DataBucketPolicy').PolicyDocument;
    const granted = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(granted).toEqual([
      {
        ...{ Sid: 'ThroughCloudFront', Effect: 'Allow', Action: ['s3:GetObject'] },
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Resource: 'arn:aws:s3:::databucket/dashboard/*',
        Condition: {
          StringEquals: { 'aws:SourceArn': `arn:aws:cloudfront::${CENTRAL}:distribution/Site` },
        },
      },
    ]);
    expect(properties('DataBucket').PublicAccessBlockConfiguration).toEqual({
      ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
      ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
    });
    for (const id of ofType('CloudFront::OriginAccessControl')) {
      expect(properties(id).OriginAccessControlConfig).toMatchObject({
        ...{ SigningBehavior: 'always', SigningProtocol: 'sigv4' },
      });
    }
    const [use] = properties('DataKey').KeyPolicy.Statement.filter(({ Principal }: never) =>
      JSON.stringify(Principal).includes('cloudfront'),
    );
    expect(use.Action).toBe('kms:Decrypt');
    expect(Object.keys(use.Condition)).toEqual(['ArnLike']);
  });

  it('has the policy of the page as header, which also keeps it out of frames', () => {
    const { SecurityHeadersConfig: headers } =
      properties('SiteHeaders').ResponseHeadersPolicyConfig;
    const policy = headers.ContentSecurityPolicy.ContentSecurityPolicy;
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/);
    expect(policy).not.toContain('unsafe');
    for (const each of Object.values<{ Override: boolean }>(headers)) {
      expect(each.Override).toBe(true);
    }
  });

  it('keeps no error for the next person, whatever the query of the first was', () => {
    const { DistributionConfig: config } = properties('Site');
    const kept = config.CustomErrorResponses.filter(
      ({ ErrorCachingMinTTL }: { ErrorCachingMinTTL: number }) => ErrorCachingMinTTL === 0,
    ).map(({ ErrorCode }: { ErrorCode: number }) => ErrorCode);
    expect(kept).toEqual([403, 404, 405, 414, 500, 501, 502, 503, 504]);
    const [refused, ...without] = config.CustomErrorResponses;
    // CloudFront fetches an error page with origin access control from S3 only.
    expect(refused).toMatchObject({ ResponseCode: 403, ResponsePagePath: '/please/index.html' });
    expect(Object.keys(pleaseFiles)).toContain('index.html');
    for (const { ResponsePagePath } of without) expect(ResponsePagePath).toBeUndefined();
  });

  it('lets the distribution alone call the sign-in, which can sign and read its secret', () => {
    expect(properties('SignInUrl').AuthType).toBe('AWS_IAM');
    const permissions = ofType('Lambda::Permission')
      .map(properties)
      .filter(({ FunctionName }) => FunctionName === 'signinfunction');
    expect(permissions).toHaveLength(2);
    for (const { Principal, SourceArn } of permissions) {
      expect(Principal).toBe('cloudfront.amazonaws.com');
      expect(SourceArn).toMatch(/distribution\/Site$/);
    }
    const [{ PolicyDocument: policy }] = properties('SignInRole').Policies;
    const actions = policy.Statement.flatMap(({ Action }: { Action: string[] }) => Action);
    expect(actions).toEqual([
      ...['logs:CreateLogStream', 'logs:PutLogEvents'],
      ...['kms:Sign', 'secretsmanager:GetSecretValue'],
    ]);
    expect(properties('SignInFunction').ReservedConcurrentExecutions).toBe(10);
  });

  it('gets another public key as another resource, because CloudFront changes none', () => {
    const dashboard = { site: { ...site, publicKey: pem(2048).publicKey } };
    const other = resourcesOf(synthesize({ ...withSite, dashboard }), 'AWS::CloudFront::PublicKey');
    expect(Object.keys(other)).not.toEqual(ofType('CloudFront::PublicKey'));
  });
});

describe('the settings of the site', () => {
  const base = { ...example, notification: undefined, rules: 'both', delivery };
  const parsed = (change: object, rest: object = {}) => {
    const { assetBucketPrefix: _, ...file } = {
      ...base,
      dashboard: { site: { ...site, ...change } },
      ...rest,
    };
    return parseDeployment(stringify(JSON.parse(JSON.stringify(file))), 'deployment.yaml');
  };

  it('are read as they are written', () => {
    expect(parsed({}).dashboard?.site).toEqual(site);
  });

  it.each<readonly [string, object, object, RegExp]>([
    ['no dashboard to show', {}, { rules: 'members' }, /site: only the central account/],
    ['a private key', { publicKey: privateKey }, {}, /publicKey: it is a private key/],
    ['a key that is too small', { publicKey: pem(1024).publicKey }, {}, /RSA key of 2048 bits/],
    ['a key of another form', { publicKey: pkcs1 }, {}, /as PEM/],
    ['a key that is none', { publicKey: '-----BEGIN PUBLIC KEY-----\nabc\n' }, {}, /as PEM/],
    [
      'a key elsewhere',
      { signingKey: site.signingKey.replace(HOME, 'us-east-1') },
      {},
      /signingKey: expected a key of/,
    ],
    [
      'a secret elsewhere',
      { clientSecret: site.clientSecret?.replace(HOME, 'us-east-1') },
      {},
      /clientSecret: expected/,
    ],
    [
      'a certificate elsewhere',
      { certificate: site.certificate.replace('us-east-1', HOME) },
      {},
      /certificate/,
    ],
    ['an issuer without TLS', { issuer: 'http://login.example.com' }, {}, /issuer/],
    ['an issuer with a query', { issuer: 'https://login.example.com/?a' }, {}, /issuer/],
    ['a domain with a path', { domain: 'example.com/x' }, {}, /domain/],
    ['no group', { groups: { claim: 'groups', values: [] } }, {}, /values/],
    ['no groups', { groups: undefined }, {}, /groups/],
    ['a sign-in for ever', { minutes: 100_000 }, {}, /minutes/],
  ])('refuse %s', (_, change, rest, problem) => {
    expect(() => parsed(change, rest)).toThrow(problem);
  });
});
