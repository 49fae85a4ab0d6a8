import type { IdentityPolicy } from '../../facts/iam.ts';
import type { OutputOf } from '../../services/operations.ts';
import {
  array,
  type Json,
  list,
  object,
  optionalAnsweredFlag,
  text,
  wrong,
} from '../../values/json.ts';
import { asked, SubjectGone } from '../asked.ts';
import { identityPolicyFrom } from '../iam-policy/identity-policies.ts';

type Answer = OutputOf<'GetAccountAuthorizationDetails'>;

/** What to list. Roles are left out, because their policies do not apply to users. */
const Filter = ['User', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const;

/**
 * Asked of IAM, because AWS Config does not record AWS managed policies, and most users have S3 access through one. One question
 * serves all users of the account.
 */
export const userPolicies = asked<readonly IdentityPolicy[], 'GetAccountAuthorizationDetails'>(
  ['GetAccountAuthorizationDetails'],
  async (ask, { resourceId }) => {
    const answer = await ask('GetAccountAuthorizationDetails', { Filter: [...Filter] });
    const account = known.get(answer) ?? new Account(answer);
    known.set(answer, account);
    return account.policiesOf(resourceId);
  },
);

/** Of one answer every policy is parsed once, whatever number of users it is attached to. */
const known = new WeakMap<Answer, Account>();

class Account {
  readonly #users: ReadonlyMap<string, Json>;
  readonly #groups: ReadonlyMap<string, Json>;
  readonly #managed: ReadonlyMap<string, Json>;
  readonly #parsed = new Map<string, IdentityPolicy>();

  constructor({ UserDetailList, GroupDetailList, Policies }: Answer) {
    // A missing list of users would make each of them look deleted.
    this.#users = byKey(list(UserDetailList, 'UserDetailList'), 'UserDetailList', 'UserId');
    this.#groups = byKey(GroupDetailList, 'GroupDetailList', 'GroupName');
    this.#managed = byKey(Policies, 'Policies', 'Arn');
  }

  /** @throws SubjectGone when IAM has no such user any more. */
  policiesOf(userId: string): readonly IdentityPolicy[] {
    const user = this.#users.get(userId);
    if (user === undefined) throw new SubjectGone(`IAM has no user ${userId}`);
    const groups = array(user['GroupList'], 'GroupList').map((name) =>
      this.#found(this.#groups, text(name, 'GroupList[]'), 'group'),
    );
    return [
      ...inline(user['UserPolicyList'], 'UserPolicyList'),
      ...groups.flatMap((group) => inline(group['GroupPolicyList'], 'GroupPolicyList')),
      ...[user, ...groups].flatMap((each) => this.#attached(each['AttachedManagedPolicies'])),
    ];
  }

  #attached(value: unknown): readonly IdentityPolicy[] {
    const at = 'AttachedManagedPolicies';
    return array(value, at).map((entry) => {
      const arn = text(object(entry, `${at}[]`)['PolicyArn'], `${at}[].PolicyArn`);
      const policy = this.#parsed.get(arn) ?? managed(this.#found(this.#managed, arn, 'policy'));
      this.#parsed.set(arn, policy);
      return policy;
    });
  }

  /** A policy that is named but missing from the answer may grant anything. */
  #found(among: ReadonlyMap<string, Json>, key: string, kind: string): Json {
    const found = among.get(key);
    if (found === undefined)
      throw wrong(`the ${kind} ${key}`, 'it in the answer of IAM', undefined);
    return found;
  }
}

function byKey(value: unknown, where: string, key: string): ReadonlyMap<string, Json> {
  const entries = array(value, where).map((entry) => object(entry, `${where}[]`));
  return new Map(entries.map((entry) => [text(entry[key], `${where}[].${key}`), entry]));
}

const inline = (value: unknown, where: string): readonly IdentityPolicy[] =>
  array(value, where).map((entry) => {
    const { PolicyName, PolicyDocument } = object(entry, `${where}[]`);
    const name = text(PolicyName, `${where}[].PolicyName`);
    return { name, policy: identityPolicyFrom(PolicyDocument, name) };
  });

function managed({ PolicyName, PolicyVersionList }: Json): IdentityPolicy {
  const name = text(PolicyName, 'Policies[].PolicyName');
  const at = 'PolicyVersionList';
  const current = array(PolicyVersionList, at)
    .map((each) => object(each, `${at}[]`))
    .filter((each) => optionalAnsweredFlag(each['IsDefaultVersion'], `${at}[].IsDefaultVersion`));
  if (current.length !== 1) throw wrong(at, 'one default version', current);
  return { name, policy: identityPolicyFrom(current[0]?.['Document'], name) };
}
