import { parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';
import { unscopedGrants, type Witness } from '../../src/policy/questions/grants.ts';
import { openUse } from '../../src/policy/questions/key-policy.ts';
import { publicStatements } from '../../src/policy/questions/public.ts';
import { approved, plainTrusts, trusts } from './approvals.ts';
import type { Case, Statement } from './arbitraries.ts';
import { applies, compile } from './evaluator.ts';
import { replays } from './replay.ts';
import { callers, circumstances, findRequest, places, reachOf, requestOf } from './requests.ts';
import { type Kind, placeOf, statementOf, subjects } from './subjects.ts';
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
  [...trusts, ...plainTrusts].map((trust) => [
    trust,
    grid((...at) => !approved(trust, requestOf(...at))),
  ]),
);
const isHttp = grid(
  (c, a, p) => requestOf(c, a, p).keys.get('aws:securetransport')?.[0] === 'false',
);
// Through an access point, what is said of the access point is fixed for everyone.
const isStrangerThere = grid((c, a, p) => {
  const { kind, caller, user, keys } = requestOf(c, a, p);
  const isNobody = kind === 'anonymous' || (caller === '999988887777' && user === 'feed');
  return (
    isNobody &&
    (keys.get('aws:principalorgid')?.[0] ?? 'o-exampleorg2') === 'o-exampleorg2' &&
    keys.get('aws:sourceip')?.[0] === '198.51.100.9' &&
    keys.get('aws:sourcevpce')?.[0] === 'vpce-9'
  );
});
// Nothing in these requests is a fixed value of any policy made here: whoever serves them is public.
const isStranger = grid((c, a, p) => {
  const { kind, caller, user, keys } = requestOf(c, a, p);
  return (
    (kind === 'anonymous' || (caller === '999988887777' && user === 'feed')) &&
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

/** Which requests can be made of the subject at all. */
const isPossible: Readonly<Record<Kind, (c: number, a: number, p: number) => boolean>> = {
  bucket: () => true,
  accessPoint: grid(
    (...at) => requestOf(...at).keys.get('s3:dataaccesspointaccount')?.[0] === bucket.account,
  ),
  // Services and anonymous callers are left out by the question.
  key: grid((...at) => requestOf(...at).kind === 'account'),
};
const placesOf = (kind: Kind) => places.map((place) => placeOf(kind, place));
const there = { bucket: places, accessPoint: placesOf('accessPoint'), key: placesOf('key') };

/** The policy of a key: is a use of it called open whenever somebody who is not approved may use it? */
function examineKey({ statements, trust }: Case): Outcome {
  const own = statements.map((statement) => statementOf('key', statement));
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: own }));
  const isUntrusted = untrusted.get(trust) ?? (() => false);
  const read = own.map((statement) => {
    const compiled = compile(statement);
    return { compiled, reach: reachOf(compiled, there.key) };
  });
  const denied = read.filter(({ compiled }) => !compiled.allows).map(({ reach }) => reach);
  const missed = read
    .filter(({ compiled }) => compiled.allows)
    .map(({ reach }) =>
      findRequest(reach, denied, (...at) => isPossible.key(...at) && isUntrusted(...at)),
    )
    .find((request) => request !== null);
  const open = openUse(policy, subjects.key, trust);
  const unsound =
    open === null && missed
      ? [`the key lets in ${JSON.stringify([missed, [...missed.keys]])}`]
      : [];
  return {
    counts: { policies: 1, [`keys called ${open === null ? 'scoped' : 'open'}`]: 1 },
    unsound,
  };
}

export function examine(one: Case): Outcome {
  if (one.kind === 'key') return examineKey(one);
  const { kind, trust } = one;
  const statements = one.statements.map((statement) => statementOf(kind, statement));
  const subject = subjects[kind];
  const unsound: string[] = [];
  const counts: Record<string, number> = { policies: 1 };
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const policy = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  const read = statements.map((statement) => {
    const compiled = compile(statement);
    return { statement, compiled, reach: reachOf(compiled, there[kind]) };
  });
  const otherwise = read.map(({ statement }) => reachOf(compile(statement, false), there[kind]));
  const denies = read.filter(({ compiled }) => !compiled.allows);
  const denied = denies.map(({ reach }) => reach);
  const listed = untrusted.get(trust) ?? (() => false);
  const isUntrusted: typeof listed = (...at) => isPossible[kind](...at) && listed(...at);
  const isPublic: typeof listed = (...at) =>
    isPossible[kind](...at) && (kind === 'bucket' ? isStranger : isStrangerThere)(...at);
  const deniedOtherwise = otherwise.filter((_, index) => !read[index]?.compiled.allows);
  const witnesses = new Map(
    unscopedGrants(policy, subject, trust).map((witness) => [witness.statement, witness]),
  );
  const open = new Set(publicStatements(policy, subject).map(({ statement }) => statement));

  for (const [index, { statement, compiled, reach }] of read.entries()) {
    if (!compiled.allows) continue;
    count('grants');
    const witness = witnesses.get(index);
    const missed =
      findRequest(reach, denied, isUntrusted) ??
      findRequest(otherwise[index] ?? null, deniedOtherwise, isUntrusted);
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
    const served = findRequest(reach, [], isPublic) !== null;
    if (open.has(index))
      count(served ? 'public, a stranger is served' : 'public, no stranger tried is served');
    else if (served) unsound.push(`statement ${index} is public`);
  }

  if (kind === 'accessPoint') return { counts, unsound };
  const gap = undenied(policy, subject, { keys: { 'aws:SecureTransport': 'false' } });
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
