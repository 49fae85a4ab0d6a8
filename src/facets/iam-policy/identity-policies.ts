import type { IdentityPolicy } from '../../facts/iam.ts';
import type { Policy } from '../../policy/language/document.ts';
import { PolicySyntaxError, parseIdentityPolicy } from '../../policy/language/document.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import {
  array,
  type Json,
  Malformed,
  object,
  optionalFlag,
  text,
  wrong,
} from '../../values/json.ts';
import { type ItemFacet, reading } from '../facet.ts';

/**
 * In the configuration of AWS::IAM::Policy (policyVersionList) and of AWS::IAM::User, Role and Group (userPolicyList and so
 * on: the inline policies, null when there are none). Recorded documents are JSON as the only entry of a list, or the text of the IAM
 * API, URL-encoded (items in awslabs/aws-config-rdk, rdk/template/example_ci; IAM API reference, PolicyVersion). No recorded
 * group was at hand: its key is the one of GroupDetail in the IAM API, spelled as the others are.
 */
export const identityPolicies: ItemFacet<readonly IdentityPolicy[]> = {
  from: 'item',
  read: (item) => reading(() => policiesOf(item)),
};

const INLINE: Readonly<Record<string, string>> = {
  'AWS::IAM::User': 'userPolicyList',
  'AWS::IAM::Group': 'groupPolicyList',
  'AWS::IAM::Role': 'rolePolicyList',
};

function policiesOf({ resourceType, configuration }: ConfigurationItem): readonly IdentityPolicy[] {
  const holder = object(configuration, 'configuration');
  const key = INLINE[resourceType];
  if (key === undefined) return [managedPolicy(holder)];
  // A record without the key does not say whether there are inline policies.
  if (holder[key] === undefined) throw wrong(key, 'a list', undefined);
  return array(holder[key], key).map((entry, index) => {
    const { policyName, policyDocument } = object(entry, `${key}[${index}]`);
    const name = text(policyName, `${key}[${index}].policyName`);
    return { name, policy: identityPolicyFrom(policyDocument, name) };
  });
}

function managedPolicy(policy: Json): IdentityPolicy {
  const name = text(policy['policyName'], 'policyName');
  const versions = array(policy['policyVersionList'], 'policyVersionList').map((each) =>
    object(each, 'policyVersionList[]'),
  );
  const current = versions.filter((each) =>
    optionalFlag(each['isDefaultVersion'], 'isDefaultVersion'),
  );
  // Two defaults would leave open which of them counts.
  if (current.length !== 1) throw wrong('policyVersionList', 'one default version', versions);
  return { name, policy: identityPolicyFrom(current[0]?.['document'], name) };
}

/** An IAM policy document in any of its forms. @throws Malformed if it is not one. */
export function identityPolicyFrom(document: unknown, name: string): Policy {
  const [only, ...others] = Array.isArray(document) ? document : [document];
  if (others.length > 0) throw wrong(`the document of ${name}`, 'one document', document);
  try {
    return parseIdentityPolicy(typeof only === 'string' ? decoded(only) : jsonOf(only, name));
  } catch (error) {
    if (!(error instanceof PolicySyntaxError || error instanceof URIError)) throw error;
    throw new Malformed(`policy ${name} does not parse (${error.message})`);
  }
}

const jsonOf = (document: unknown, name: string) =>
  JSON.stringify(object(document, `the document of ${name}`));

/** URL-encoded as RFC 3986 says, unless it is plain JSON, which begins with a brace. @throws URIError */
const decoded = (document: string) =>
  document.trimStart().startsWith('{') ? document : decodeURIComponent(document);
