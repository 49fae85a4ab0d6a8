import type { Witness } from '../../src/policy/questions/grants.ts';
import type { Caller, ConcreteRequest } from './evaluator.ts';
import { accountKeys, keys } from './requests.ts';

const lower = (given: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [key.toLowerCase(), value]));

/** The caller that a witness speaks of; what it leaves open is filled with what such callers have. */
function callerOf(witness: Witness): Caller {
  const given = lower(witness.keys);
  const account = given['aws:principalaccount'];
  const service = given['aws:principalservicename'];
  const rest = keys(given);
  if (service !== undefined) {
    const own = keys({ 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': service });
    return { kind: 'service', caller: service, arn: '', keys: new Map([...own, ...rest]) };
  }
  if (account === undefined || account === 'anonymous') {
    const own = keys({ 'aws:PrincipalAccount': 'anonymous' });
    return { kind: 'anonymous', caller: '', arn: '', keys: new Map([...own, ...rest]) };
  }
  const named = /^arn:.*:(role|user|assumed-role)\//.test(witness.principal)
    ? witness.principal
    : null;
  const described = witness.caller.startsWith('arn:') ? witness.caller : null;
  const arn =
    given['aws:principalarn'] ?? named ?? described ?? `arn:aws:iam::${account}:role/stranger`;
  const organization = given['aws:principalorgid'] ?? given['aws:principalorgpaths']?.split('/')[0];
  const own = accountKeys(account, arn, organization ?? null);
  const all = new Map([...own, ...rest]);
  return { kind: 'account', caller: account, arn, keys: all, user: witness.principal };
}

/** The requests that a witness stands for: wildcards in the resource and free keys are filled in. */
export function replays(witness: Witness): readonly ConcreteRequest[] {
  const caller = callerOf(witness);
  const { action } = witness;
  const fills = ['x', '', 'public/y', 'private/x', 'other/long'];
  return fills
    .map((fill) => witness.resource.replaceAll('?', 'x').replace(/\*+/, fill).replaceAll('*', ''))
    .flatMap((resource) =>
      ['true', 'false'].map((tls) => ({
        ...caller,
        action,
        resource,
        keys: new Map([...keys({ 'aws:SecureTransport': tls }), ...caller.keys]),
      })),
    );
}
