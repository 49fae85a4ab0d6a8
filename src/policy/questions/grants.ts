import { cached } from '../language/cache.ts';
import { Coverage, type Denials, type Request } from '../language/coverage.ts';
import type { Policy, Statement } from '../language/document.ts';
import { Budget } from '../reach/budget.ts';
import type { Audience } from '../requests/audiences.ts';
import { limitedAudiences } from '../requests/audiences.ts';
import type { Caller } from '../requests/callers.ts';
import { findWorld } from '../requests/search.ts';
import type { Trust } from '../requests/trust.ts';
import { isDenial } from '../requests/vocabulary.ts';
import { arnIn, type Bucket, type World, Worlds } from '../requests/worlds.ts';
import { candidates, isApprovedItself, isUser, meansServices } from './candidates.ts';
import { describeWitness, labelOf, type Witness } from './explain.ts';
import { isWithin } from './parts.ts';
import type { Admitted } from './public.ts';

export type { Bucket } from '../requests/worlds.ts';
export type { Reason, Witness } from './explain.ts';

/** A principal that no longer exists: its grant has no effect, because unique ids are never reused. */
export interface OrphanedPrincipal {
  readonly statement: number;
  readonly sid: string;
  readonly principal: string;
}

interface Question {
  readonly worlds: Worlds;
  readonly coverage: Coverage;
  readonly bucket: Bucket;
  readonly trust: Trust;
  readonly admitted: Admitted;
}

/** One request for each set of denials: the others with this set have the same answer. */
function distinct(requests: readonly Request[]): readonly Request[] {
  const byDenials = new Map<Denials, Request>();
  for (const request of requests) cached(byDenials, request.denials, () => request);
  return [...byDenials.values()];
}

const fewActions = 64;
const costOfAction = 4;

/** What a statement grants: the denials that apply to all of it, and how many actions it is made of. */
interface Granted {
  readonly requests: readonly Request[];
  readonly common: Denials;
  readonly size: number;
}

function grantedBy(allow: Statement, coverage: Coverage): Granted | null {
  const requests = coverage.granted(allow);
  const [first, ...more] = requests;
  if (first === undefined) return null;
  const common = more.reduce((both, { denials }) => both & denials, first.denials);
  const size = requests.reduce((sum, { actions }) => sum + actions.length, 0);
  return { requests, common, size };
}

function witnessOf(
  allow: Statement,
  { requests, common, size }: Granted,
  { callers, reason, excess }: Audience,
  { worlds, coverage, bucket, trust, admitted }: Question,
): Witness | null {
  if (candidates(allow, callers).next().done) return null;
  // Beyond the budget all that is granted counts as too much.
  const excessOf = () =>
    worlds.budget.spend(costOfAction * size)
      ? distinct(requests.flatMap((request) => excess(request) ?? []))
      : requests;
  // Where few actions are granted to many callers it is quicker to learn first that none of them is forbidden.
  const isForbidden = reason === 'forbiddenAction';
  let excessive = isForbidden && size <= fewActions ? excessOf() : null;
  if (excessive?.length === 0) return null;
  const tried = new Set<Caller>();
  for (const candidate of candidates(allow, callers)) {
    const { caller, principal } = candidate;
    if (reason === 'beyondGrant' && isApprovedItself(allow, principal, worlds, trust)) continue;
    // Of many users each may be of any account, so each caller is tried once.
    if (tried.has(caller)) continue;
    if (isUser(principal)) tried.add(caller);
    if (admitted === 'services' && caller.kind !== 'service') continue;
    const find = (denials: Denials): World | null => {
      const statements = coverage.statements(denials);
      return findWorld(
        worlds,
        caller,
        allow.conditions,
        statements,
        meansServices(allow, candidate),
      );
    };
    // Most often one Deny fences everything; then the many requests need no look of their own.
    if (find(common) === null) continue;
    excessive ??= excessOf();
    const refused: Denials[] = [];
    for (const request of excessive) {
      // What some denials refuse, these and more refuse as well.
      if (refused.some((denials) => (denials & request.denials) === denials)) continue;
      const world = find(request.denials);
      if (world !== null) {
        const found = { allow, request, world, worlds, bucket, trust, audience: reason };
        return describeWitness({ ...found, ...candidate });
      }
      refused.push(request.denials);
    }
  }
  return null;
}

/**
 * Every Allow statement that lets an untrusted caller in, or a trusted one further than approved, with
 * one witness each; empty when the policy is scoped. Identity policies are ignored, because callers write their own.
 *
 * Grants are over-approximated and denials under-approximated: a policy called scoped is scoped. What
 * needs more work than any real policy counts as open. `admitted` says whom Block Public Access
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
  // Whose bucket it is, is not asked for where nothing is granted.
  const granting = policy.statements.filter(({ effect }) => effect === 'Allow');
  const allows = granting.filter(({ principals }) => !isWithin(bucket.account, principals));
  if (allows.length === 0) return [];
  const { account } = bucket;
  const budget = new Budget();
  const worlds = new Worlds(policy, bucket, trust, budget);
  const coverage = new Coverage(arnIn(bucket), policy.statements.filter(isDenial), budget);
  const question: Question = { worlds, coverage, bucket, trust, admitted };
  const audiences: readonly Audience[] = [
    { reason: 'untrusted', callers: worlds.callers, excess: (request) => request },
    ...limitedAudiences(worlds.vocabulary, account, trust),
  ];
  const first = (allow: Statement): Witness | null => {
    const granted = grantedBy(allow, coverage);
    if (granted === null) return null;
    for (const audience of audiences) {
      const witness = witnessOf(allow, granted, audience, question);
      if (witness !== null) return witness;
    }
    return null;
  };
  return allows.flatMap((allow) => first(allow) ?? []);
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
