import type { Caller } from './callers.ts';
import { Coverage, type Request } from './coverage.ts';
import type { Policy, Statement } from './document.ts';
import { describeWitness, labelOf, type Witness } from './explain.ts';
import type { Principal } from './principals.ts';
import type { Admitted } from './public.ts';
import type { Trust } from './trust.ts';
import { isDenial } from './vocabulary.ts';
import { type Bucket, Worlds } from './worlds.ts';

export type { Reason, Witness } from './explain.ts';
export type { Bucket } from './worlds.ts';

/** A principal that no longer exists: its grant is dead, as unique ids are never used again. */
export interface OrphanedPrincipal {
  readonly statement: number;
  readonly sid: string;
  readonly principal: string;
}

/** A caller to try, and the principal by which the statement lets it in. */
interface Candidate {
  readonly caller: Caller;
  readonly principal: Principal;
}

const isTrustedUser = (text: string, trust: Trust): boolean =>
  trust.canonicalUsers.some(
    (id) =>
      id !== '' && (id === text || text.endsWith(`:user/CloudFront Origin Access Identity ${id}`)),
  );

// The most open caller comes first, so that the witness shows the worst that a statement allows.
function* candidates(allow: Statement, worlds: Worlds, trust: Trust): Generator<Candidate> {
  const { callers } = worlds;
  const { entries, not } = allow.principals;
  // NotPrincipal with Allow lets in whoever is not listed, and the listed are few.
  const open = not
    ? entries[0]
    : (entries.find(({ kind }) => kind === 'everyone') ??
      entries.find(({ kind }) => kind === 'everyAccount') ??
      entries.find(({ kind }) => kind === 'unresolved'));
  if (open !== undefined) {
    yield { caller: callers.anonymous, principal: open };
    for (const id of callers.accounts) yield { caller: callers.account(id), principal: open };
    for (const id of callers.services) yield { caller: callers.service(id), principal: open };
    return;
  }
  for (const principal of entries) {
    switch (principal.kind) {
      case 'account':
        if (callers.accounts.includes(principal.account)) {
          yield { caller: callers.account(principal.account), principal };
        }
        break;
      case 'entity':
        if (callers.accounts.includes(principal.account)) {
          yield { caller: callers.account(principal.account, principal.text), principal };
        }
        break;
      case 'service':
        if (callers.services.includes(principal.service)) {
          yield { caller: callers.service(principal.service), principal };
        }
        break;
      case 'federated':
        for (const id of callers.accounts) {
          if (principal.account !== null && principal.account !== id) continue;
          yield { caller: callers.account(id), principal };
        }
        break;
      case 'canonicalUser':
      case 'originAccessIdentity':
        if (isTrustedUser(principal.text, trust)) break;
        for (const id of callers.accounts) yield { caller: callers.account(id), principal };
        break;
      default:
        break;
    }
  }
}

// Whether `{"AWS":"*"}` includes services is unknown, but one answer holds for the whole policy: where
// it is what grants, it also denies.
function meansServices({ principals }: Statement, { principal }: Candidate): boolean {
  return !principals.not && principal.kind === 'everyAccount';
}

function witnessOf(
  allow: Statement,
  requests: readonly Request[],
  worlds: Worlds,
  bucket: Bucket,
  trust: Trust,
  admitted: Admitted,
): Witness | null {
  const fewestFirst = requests.toSorted((a, b) => a.denials.length - b.denials.length);
  const [fewest, ...others] = fewestFirst;
  if (fewest === undefined) return null;
  const common = fewest.denials.filter((one) =>
    others.every(({ denials }) => denials.includes(one)),
  );
  for (const candidate of candidates(allow, worlds, trust)) {
    if (admitted === 'services' && candidate.caller.kind !== 'service') continue;
    const servicesIncluded = meansServices(allow, candidate);
    // Most often one Deny fences everything; then the many requests need no look of their own.
    if (worlds.find(candidate.caller, allow.conditions, common, servicesIncluded) === null)
      continue;
    const refused: (readonly Statement[])[] = [];
    for (const request of fewestFirst) {
      // What some denials refuse, these and more refuse as well.
      if (refused.some((denials) => denials.every((one) => request.denials.includes(one))))
        continue;
      const { caller } = candidate;
      const world = worlds.find(caller, allow.conditions, request.denials, servicesIncluded);
      if (world !== null) {
        return describeWitness({ allow, request, world, worlds, bucket, trust, ...candidate });
      }
      refused.push(request.denials);
    }
  }
  return null;
}

/**
 * Every Allow statement that lets an untrusted caller in, with one witness each; empty when the
 * policy is scoped. The caller's own side (identity policies) is his to write, so it is ignored.
 *
 * Grants are over-approximated and denials under-approximated: a policy called scoped is scoped. What
 * needs more work than any real policy counts as open. `admitted` tells whom Block Public Access
 * leaves, see public.ts.
 *
 * Source: IAM "Cross-account policy evaluation logic", S3 "Bucket policies".
 */
export function unscopedGrants(
  policy: Policy,
  bucket: Bucket,
  trust: Trust,
  admitted: Admitted = 'everyone',
): readonly Witness[] {
  const worlds = new Worlds(policy, bucket, trust);
  const coverage = new Coverage(bucket.arn);
  const denials = policy.statements.filter(isDenial);
  return policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((allow) => {
      const requests = coverage.granted(allow, denials);
      return witnessOf(allow, requests, worlds, bucket, trust, admitted) ?? [];
    });
}

/**
 * The grants to deleted users and roles, which S3 shows by their unique id (AIDA..., AROA...).
 * Source: IAM "AWS JSON policy elements: Principal", IAM user and role principals.
 */
export function orphanedPrincipals(policy: Policy): readonly OrphanedPrincipal[] {
  return policy.statements
    .filter(({ effect, principals }) => effect === 'Allow' && !principals.not)
    .flatMap((statement) =>
      statement.principals.entries
        .filter(({ kind }) => kind === 'deleted')
        .map(({ text }) => ({
          statement: statement.index,
          sid: labelOf(statement),
          principal: text,
        })),
    );
}
