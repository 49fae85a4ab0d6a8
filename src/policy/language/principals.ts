import { accountOf, isAccountId } from './arns.ts';
import { isJsonObject, listOf } from './json.ts';

/** One principal of a statement. `text` is what the policy says. */
export type Principal =
  | { readonly kind: 'everyone'; readonly text: string }
  /** `{"AWS":"*"}`: undocumented whether AWS services are among them. */
  | { readonly kind: 'everyAccount'; readonly text: string }
  | { readonly kind: 'account'; readonly account: string; readonly text: string }
  /** A user, role or session of an account. */
  | { readonly kind: 'entity'; readonly account: string; readonly text: string }
  | { readonly kind: 'service'; readonly service: string; readonly text: string }
  | { readonly kind: 'federated'; readonly account: string | null; readonly text: string }
  | { readonly kind: 'canonicalUser' | 'originAccessIdentity'; readonly text: string }
  /** The unique id that is left when a user or role was deleted. */
  | { readonly kind: 'deleted'; readonly text: string }
  /** Anything else: it may be everyone when it is granted, and no one when it is denied. */
  | { readonly kind: 'unresolved'; readonly text: string };

const accountArn = /^arn:aws[a-z-]*:iam::\d{12}:root$/;
const entityArn = /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[a-z-]+\/./;
const identityArn = /^arn:aws[a-z-]*:iam::cloudfront:user\//;
const uniqueId = /^A(?:IDA|ROA)[A-Z0-9]{8,}$/;
const serviceName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;

function awsPrincipal(text: string): Principal {
  if (text === '*') return { kind: 'everyAccount', text };
  if (isAccountId(text)) return { kind: 'account', account: text, text };
  if (uniqueId.test(text)) return { kind: 'deleted', text };
  if (identityArn.test(text)) return { kind: 'originAccessIdentity', text };
  const account = accountOf(text);
  if (account !== null && accountArn.test(text)) return { kind: 'account', account, text };
  if (account !== null && entityArn.test(text)) return { kind: 'entity', account, text };
  return { kind: 'unresolved', text };
}

function principalOf(type: string, value: unknown): Principal {
  if (typeof value !== 'string' || value === '') {
    return { kind: 'unresolved', text: JSON.stringify({ [type]: value }) };
  }
  if (type === 'AWS') return awsPrincipal(value);
  if (type === 'Federated') return { kind: 'federated', account: accountOf(value), text: value };
  if (type === 'CanonicalUser' && /^[0-9A-Za-z]+$/.test(value)) {
    return { kind: 'canonicalUser', text: value };
  }
  if (type === 'Service' && serviceName.test(value)) {
    return { kind: 'service', service: value, text: value };
  }
  return { kind: 'unresolved', text: value };
}

/**
 * Reads a Principal or NotPrincipal element: `"*"`, or a map from AWS, Service, Federated and
 * CanonicalUser to a text or list. What it cannot read becomes one unresolved principal.
 * Source: IAM "AWS JSON policy elements: Principal".
 */
export function parsePrincipals(element: unknown): readonly Principal[] {
  if (element === '*') return [{ kind: 'everyone', text: '*' }];
  const principals = isJsonObject(element)
    ? Object.entries(element).flatMap(([type, value]) =>
        (listOf(value) ?? []).map((entry) => principalOf(type, entry)),
      )
    : [];
  if (principals.length > 0) return principals;
  return [
    { kind: 'unresolved', text: typeof element === 'string' ? element : JSON.stringify(element) },
  ];
}
