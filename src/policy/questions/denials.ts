import { isFutureAction } from '../language/actions.ts';
import { keyName } from '../language/conditions.ts';
import { Coverage, namesAction, type Request } from '../language/coverage.ts';
import type { Element, Policy, Statement } from '../language/document.ts';
import { Budget } from '../reach/budget.ts';
import type { Caller } from '../requests/callers.ts';
import { findWorld } from '../requests/search.ts';
import { isDenial } from '../requests/vocabulary.ts';
import { arnIn, type Bucket, Worlds } from '../requests/worlds.ts';
import { denialAnswer } from './answers.ts';

/** What the denials leave open. */
export type Missing =
  | 'principals'
  | 'actions'
  | 'bucket'
  | 'objects'
  | 'condition'
  | 'nothing denies';

export interface Gap {
  /** Each part that is a hole by itself, in a fixed order; never empty. */
  readonly missing: readonly Missing[];
  /** Completes "HTTP requests are denied, but not for ...". */
  readonly text: string;
}

export interface ForbiddenRequest {
  /** Condition keys whose value is given: `{ 'aws:SecureTransport': 'false' }`. */
  readonly keys?: Readonly<Record<string, string>>;
  /** The actions asked about; all S3 actions on buckets and objects when left out. */
  readonly actions?: readonly string[] | undefined;
  /** Globs of the keys of the objects asked about; every object when left out. */
  readonly objects?: readonly string[] | undefined;
}

// The parts of a Deny that can be read as unlimited, one by one, to learn where the hole is.
const parts = ['resources', 'actions', 'principals', 'condition'] as const;
type Part = (typeof parts)[number];

const all = <T>(entry: T): Element<T> => ({ not: false, entries: [entry], complete: true });

function unlimited(denial: Statement, relaxed: readonly Part[]): Statement {
  return {
    ...denial,
    principals: relaxed.includes('principals')
      ? all({ kind: 'everyone', text: '*' })
      : denial.principals,
    actions: relaxed.includes('actions') ? all('*') : denial.actions,
    resources: relaxed.includes('resources') ? all('*') : denial.resources,
    conditions: relaxed.includes('condition') ? [] : denial.conditions,
  };
}

function* allCallers({ callers }: Worlds): Generator<Caller> {
  yield* callers.anonymous;
  for (const id of callers.accounts) yield* callers.account(id);
  for (const id of callers.services) yield* callers.service(id);
}

/** Is the Deny about the forbidden request at all? Others help, but are not what to fix. */
function isAbout(
  denial: Statement,
  worlds: Worlds,
  fixed: ReadonlyMap<string, string>,
  request: ForbiddenRequest,
): boolean {
  if (request.actions && !request.actions.some((action) => namesAction(denial, action)))
    return false;
  const asks = denial.conditions.filter(({ key }) => fixed.has(key));
  if (fixed.size > 0 && asks.length === 0) return false;
  return worlds.callers.anonymous.some((caller) =>
    asks.every((condition) => worlds.truth(condition, caller, new Map()) !== -1),
  );
}

function describe(
  part: Part,
  open: readonly Request[],
  relevant: readonly Statement[],
  arn: string,
): readonly (readonly [Missing, string])[] {
  switch (part) {
    case 'resources': {
      const partly = relevant.some(({ resources }) =>
        resources.entries.some((entry) => entry.startsWith(`${arn}/`)),
      );
      const bucket = ['bucket', 'the bucket itself'] as const;
      const objects = [
        'objects',
        partly ? 'some objects in the bucket' : 'objects in the bucket',
      ] as const;
      const named = new Set(open.map(({ keys }) => (keys === null ? bucket : objects)));
      return [bucket, objects].filter((hole) => named.has(hole));
    }
    case 'actions': {
      // An action that the table does not have may act on the bucket and on objects.
      const once = new Set(open.flatMap(({ actions }) => actions));
      const names = [...once].filter((name) => !isFutureAction(name));
      const left = names.length - 3;
      const more = left > 0 ? ` and ${left} more ${left === 1 ? 'action' : 'actions'}` : '';
      const text = `${names.slice(0, 3).join(', ')}${more}`;
      return [['actions', names.length === 0 ? 'actions that S3 may add' : text]];
    }
    case 'principals':
      return [['principals', 'callers that the Deny does not name']];
    case 'condition':
      return [['condition', 'requests that another condition exempts']];
  }
}

/**
 * Is every such request certainly denied by the policy, for any caller? Null if so, else what is
 * missing. Several statements may share the work. Here `{"AWS":"*"}` counts as everyone, because the
 * CDK writes enforceSSL so.
 *
 * A part is named when it leaves a hole although the denials are read as unlimited in all others.
 *
 * Source: IAM "Policy evaluation logic", S3 "Bucket policy examples: requiring HTTPS".
 */
export const undenied = (
  policy: Policy,
  bucket: Bucket,
  request: ForbiddenRequest,
  budget = new Budget(),
): Gap | null =>
  denialAnswer(policy, bucket, request, (of) => gapIn(policy, of, request, budget), budget);

function gapIn(
  policy: Policy,
  bucket: Bucket,
  request: ForbiddenRequest,
  budget: Budget,
): Gap | null {
  const fixed = new Map(
    Object.entries(request.keys ?? {}).map(([key, text]) => [keyName(key), text]),
  );
  const worlds = new Worlds(policy, bucket, null, budget, fixed);
  const denials = policy.statements.filter(isDenial);
  const relevant = denials.filter((denial) => isAbout(denial, worlds, fixed, request));

  let before: Coverage | undefined;
  const open = (...relaxed: readonly Part[]): readonly Request[] => {
    const read = denials.map((denial) =>
      relevant.includes(denial) ? unlimited(denial, relaxed) : denial,
    );
    const coverage = new Coverage(arnIn(bucket), read, budget, before);
    before = coverage;
    return coverage.asked(request.actions ?? null, request.objects).filter((one) => {
      const applying = coverage.statements(one.denials);
      for (const caller of allCallers(worlds)) {
        if (findWorld(worlds, caller, [], applying, true) !== null) return true;
      }
      return false;
    });
  };

  if (open().length === 0) return null;
  if (relevant.length === 0) {
    return { missing: ['nothing denies'], text: 'any caller, because no statement denies them' };
  }
  budget.renew();
  const found = parts.map((part) => ({
    part,
    open: open(...parts.filter((other) => other !== part)),
  }));
  const single = found.filter((hole) => hole.open.length > 0);
  // Holes may lie only where two of them cross: then each part by itself would close them.
  const crossing = parts.filter((part) => open(part).length === 0);
  const named =
    single.length > 0
      ? single
      : (crossing.length > 0 ? crossing : parts).map((part) => ({ part, open: open() }));
  const holes = named.flatMap((hole) => describe(hole.part, hole.open, relevant, arnIn(bucket)));
  return {
    missing: holes.map(([missing]) => missing),
    text: holes.map(([, text]) => text).join(' and '),
  };
}
