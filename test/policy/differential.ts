import { parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';
import { unscopedGrants, type Witness } from '../../src/policy/questions/grants.ts';
import { publicStatements } from '../../src/policy/questions/public.ts';
import { approved, trusts } from './approvals.ts';
import type { Case, Statement } from './arbitraries.ts';
import { applies, compile } from './evaluator.ts';
import { replays } from './replay.ts';
import { callers, circumstances, findRequest, places, reachOf, requestOf } from './requests.ts';
import { bucket } from './words.ts';

/** What one case showed; texts that begin with UNSOUND are errors of the engine. */
export interface Outcome {
  readonly counts: Readonly<Record<string, number>>;
  readonly unsound: readonly string[];
}

const grid = (judge: (c: number, a: number, p: number) => boolean) => {
  const flags = callers.map((_, c) =>
    circumstances.map((_, a) => places.map((_, p) => judge(c, a, p))),
  );
  return (c: number, a: number, p: number): boolean => flags[c]?.[a]?.[p] ?? false;
};
const untrusted = new Map(
  trusts.map((trust) => [trust, grid((...at) => !approved(trust, requestOf(...at)))]),
);
const isHttp = grid(
  (c, a, p) => requestOf(c, a, p).keys.get('aws:securetransport')?.[0] === 'false',
);
// Nothing in these requests is a fixed value of any policy made here: whoever serves them is public.
const isStranger = grid((c, a, p) => {
  const { kind, caller, keys } = requestOf(c, a, p);
  return (
    (kind === 'anonymous' || (caller === '999988887777' && kind === 'account')) &&
    (keys.get('aws:principalorgid')?.[0] ?? 'o-exampleorg2') === 'o-exampleorg2' &&
    keys.get('aws:sourceip')?.[0] === '198.51.100.9' &&
    keys.get('aws:sourcevpce')?.[0] === 'vpce-9' &&
    !keys.has('s3:dataaccesspointaccount')
  );
});

/** Why the engine may be stricter here: the first that applies. */
function category(allow: Statement, denies: readonly Statement[], witness: Witness): string {
  const relevant = JSON.stringify([allow, ...denies]);
  const denied = JSON.stringify(denies);
  const ofAllow = JSON.stringify(allow);
  if (/"(ForAllValues):String\w+":\{(?!"aws:PrincipalOrgPaths)/.test(relevant))
    return 'ForAllValues on a key with one value';
  if (denied.includes('NotPrincipal'))
    return 'Deny with NotPrincipal spares the members of accounts';
  const isService = witness.caller.includes('amazonaws.com') || witness.caller.includes('service');
  if (isService && /"AWS":("|\[[^\]]*")\*"/.test(denied))
    return 'Deny on AWS "*" may not reach services';
  if (/"String\w+":\{[^}]*"s3:signatureAge"/.test(relevant))
    return 'a number that is also compared as text';
  if (/"aws:SourceIp"/.test(relevant)) return 'sets of addresses';
  if (/"(aws:PrincipalArn|aws:SourceArn|s3:DataAccessPointArn)"/.test(relevant))
    return 'patterns on an ARN of which the account is known';
  if (
    /"aws:SourceVpce"|PrincipalOrgID|PrincipalAccount|SourceAccount|OrgPaths|AccessPoint/.test(
      ofAllow,
    )
  )
    return 'wildcards on an unknown value';
  return /private|public/.test(denied) ? 'several denials cover the objects together' : 'other';
}

export function examine({ statements, trust }: Case): Outcome {
  const unsound: string[] = [];
  const counts: Record<string, number> = { policies: 1 };
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  const read = statements.map((statement) => {
    const compiled = compile(statement);
    return { statement, compiled, reach: reachOf(compiled) };
  });
  const denies = read.filter(({ compiled }) => !compiled.allows);
  const denied = denies.map(({ reach }) => reach);
  const isUntrusted = untrusted.get(trust) ?? (() => false);
  const witnesses = new Map(
    unscopedGrants(policy, bucket, trust).map((witness) => [witness.statement, witness]),
  );
  const open = new Set(publicStatements(policy, bucket).map(({ statement }) => statement));

  for (const [index, { statement, compiled, reach }] of read.entries()) {
    if (!compiled.allows) continue;
    count('grants');
    const witness = witnesses.get(index);
    const missed = findRequest(reach, denied, isUntrusted);
    if (witness === undefined) {
      count('grants called scoped');
      if (missed)
        unsound.push(`statement ${index} lets in ${JSON.stringify([missed, [...missed.keys]])}`);
    } else {
      count('grants called open');
      const replayed = replays(witness).some(
        (request) =>
          !approved(trust, request) &&
          applies(compiled, request) &&
          !denies.some((deny) => applies(deny.compiled, request)),
      );
      if (replayed) count('witnesses replayed');
      else if (missed) count('witness not exact: another request gets in');
      else
        count(
          `stricter: ${category(
            statement,
            denies.map((one) => one.statement),
            witness,
          )}`,
        );
    }
    const served = findRequest(reach, [], isStranger) !== null;
    if (open.has(index))
      count(served ? 'public, a stranger is served' : 'public, no stranger tried is served');
    else if (served) unsound.push(`statement ${index} is public`);
  }

  const gap = undenied(policy, bucket, { keys: { 'aws:SecureTransport': 'false' } });
  const passes = findRequest(null, denied, isHttp) !== null;
  if (gap === null) {
    count('HTTP called denied');
    if (passes) unsound.push('an HTTP request is not denied');
  } else if (!passes) count('HTTP stricter');
  return { counts, unsound };
}

export function add(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [what, n] of Object.entries(more)) sum[what] = (sum[what] ?? 0) + n;
}
