import type { Change, Statement } from './change.ts';
import { number, policyOf, type Situation, statementIn, texts } from './situation.ts';
import {
  deny,
  everywhere,
  objects,
  statementsOf,
  withStatement,
  withStatements,
} from './statements.ts';

/** Adds denials to the policy of the bucket. */
const adding =
  (statements: (situation: Situation) => readonly Statement[]) =>
  (situation: Situation): Change | null => {
    const more = statements(situation);
    if (more.length === 0) return null;
    return { kind: 'policy', document: withStatements(policyOf(situation.item), more) };
  };

const arnOf = ({ finding }: Situation) => finding.subject.arn;

export const denyPlainHttp = adding((situation) => [
  deny('DenyRequestsWithoutTLS', 's3:*', everywhere(arnOf(situation)), {
    Bool: { 'aws:SecureTransport': 'false' },
  }),
]);

export const denyOldTls = adding((situation) => [
  deny('DenyOldTLS', 's3:*', everywhere(arnOf(situation)), {
    NumericLessThan: { 's3:TlsVersion': String(situation.params['minimumTlsVersion']) },
  }),
]);

export const denyOldUrls = adding((situation) => {
  const isForbidden = situation.params['mode'] === 'forbid';
  const limit = String(number(situation, 'maximumSignatureAgeSeconds') * 1000);
  return [
    deny('DenyPresignedURLs', 's3:*', objects(arnOf(situation)), {
      ...(isForbidden
        ? { StringEquals: { 's3:authType': 'REST-QUERY-STRING' } }
        : { NumericGreaterThan: { 's3:signatureAge': limit } }),
    }),
  ];
});

export const denyCustomerKeys = adding((situation) => [
  deny('DenyCustomerProvidedKeys', 's3:PutObject', objects(arnOf(situation)), {
    Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' },
  }),
]);

const HEADER = 's3:x-amz-server-side-encryption';
const KEY_HEADER = `${HEADER}-aws-kms-key-id`;

export const denyOtherEncryption = adding((situation) => {
  const where = objects(arnOf(situation));
  const keys = texts(situation, 'approvedKeys').filter((key) =>
    /^arn:[^*?]+:key\/[^*?]+$/.test(key),
  );
  const isStrict = situation.params['requireKey'] === true;
  if (isStrict && keys.length === 0) return [];
  return [
    deny('DenySSES3', 's3:PutObject', where, { StringEquals: { [HEADER]: 'AES256' } }),
    ...(isStrict
      ? [
          deny('DenyOtherKeys', 's3:PutObject', where, {
            Null: { [HEADER]: 'false' },
            StringNotEquals: { [KEY_HEADER]: keys },
          }),
        ]
      : []),
    ...(situation.params['acceptDefaultEncryption'] === false
      ? [
          deny('DenyUploadsWithoutEncryption', 's3:PutObject', where, {
            Null: { [HEADER]: 'true' },
          }),
        ]
      : []),
  ];
});

export const denyOutsidePerimeter = adding((situation) => {
  const list = (name: string) => texts(situation, name);
  const [endpoints, vpcs] = [list('vpcEndpoints'), list('vpcs')];
  const [cidrs, organizations] = [list('cidrs'), list('organizations')];
  const equals = {
    ...(endpoints.length > 0 ? { 'aws:SourceVpce': endpoints } : {}),
    ...(vpcs.length > 0 ? { 'aws:SourceVpc': vpcs } : {}),
    ...(organizations.length > 0 ? { 'aws:PrincipalOrgID': organizations } : {}),
  };
  const condition = {
    ...(Object.keys(equals).length > 0 ? { StringNotEqualsIfExists: equals } : {}),
    ...(cidrs.length > 0 ? { NotIpAddressIfExists: { 'aws:SourceIp': cidrs } } : {}),
    ...(situation.params['allowAwsServices'] === true
      ? { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' } }
      : {}),
  };
  return [deny('DenyOutsidePerimeter', 's3:*', everywhere(arnOf(situation)), condition)];
});

export const denyErasure = adding((situation) => [
  deny('DenyDeletingVersions', 's3:DeleteObjectVersion', objects(arnOf(situation)), {}),
  deny('DenyChangingTheLifecycle', 's3:PutLifecycleConfiguration', arnOf(situation), {}),
]);

/** Takes the statement away that the finding is about. */
export function dropStatement(situation: Situation): Change | null {
  const policy = policyOf(situation.item);
  const index = statementIn(situation);
  if (policy === null || index === null) return null;
  return { kind: 'policy', document: withStatement(policy, index, null) };
}

/** Has a service act for this account only, or takes away what is granted to anyone else. */
export function bindStatement(situation: Situation): Change | null {
  const policy = policyOf(situation.item);
  const index = statementIn(situation);
  const statement = index === null ? undefined : statementsOf(policy)[index];
  if (policy === null || index === null || statement === undefined) return null;
  const principal = statement['Principal'];
  const isService =
    typeof principal === 'object' &&
    principal !== null &&
    Object.keys(principal).join() === 'Service';
  if (!isService) return dropStatement(situation);
  const condition = (statement['Condition'] ?? {}) as Readonly<Record<string, object>>;
  const equals = {
    ...condition['StringEquals'],
    'aws:SourceAccount': situation.finding.subject.account,
  };
  const bound = { ...statement, Condition: { ...condition, StringEquals: equals } };
  return { kind: 'policy', document: withStatement(policy, index, bound) };
}

/** Takes one action out of a statement that lists it. */
export function dropAction(situation: Situation): Change | null {
  const policy = policyOf(situation.item);
  const index = statementIn(situation);
  const action = (situation.finding.evidence as { readonly action?: unknown } | undefined)?.action;
  const statement = index === null ? undefined : statementsOf(policy)[index];
  if (policy === null || index === null || statement === undefined || typeof action !== 'string')
    return null;
  const given = statement['Action'];
  const all = (Array.isArray(given) ? given : [given]).map(String);
  const left = all.filter((each) => each.toLowerCase() !== action.toLowerCase());
  if (left.length === all.length) return null;
  const document = withStatement(
    policy,
    index,
    left.length === 0 ? null : { ...statement, Action: left },
  );
  return { kind: 'policy', document };
}
