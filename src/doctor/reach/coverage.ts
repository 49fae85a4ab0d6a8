/**
 * Where the rules of a deployment run, and where not: every account of its units in each of its Regions, compared with what CloudFormation
 * and the functions themselves say.
 */

/** `current`: the release of the deployment judges. `starting`: it may still be on its way. Of all others `reason` says why. */
export type Coverage = 'current' | 'starting' | 'outdated' | 'missing' | 'tampered';

/** One account and Region. The data set may carry it as a part of its tables `accounts` and `regions`. */
export interface CoverageRow {
  readonly account: string;
  readonly region: string;
  readonly coverage: Coverage;
  /** One sentence without a full stop; null where nothing is to be said. */
  readonly reason: string | null;
  /** What judges there, as it says itself; null while it never spoke. */
  readonly contentHash: string | null;
  /** The last time that it spoke (ISO, UTC). */
  readonly heardAt: string | null;
}

/** What CloudFormation says of one stack of a stack set (API reference, StackInstanceSummary). */
export interface StackInstance {
  readonly account: string;
  readonly region: string;
  readonly stackSet: string;
  /** CURRENT, OUTDATED or INOPERABLE. */
  readonly status: string;
  /** PENDING, RUNNING, SUCCEEDED, FAILED, CANCELLED, INOPERABLE and others; null where it does not say. */
  readonly progress: string | null;
  readonly reason: string | null;
}

/** The latest heartbeat of an account and Region. */
export interface Heard {
  readonly account: string;
  readonly region: string;
  /** ISO, UTC. */
  readonly at: string;
  readonly contentHash: string;
  /** Events that failed in the end, and that nothing starts again. */
  readonly waiting: number;
}

export interface CoverageFacts {
  /** Active accounts of the units, without the management account. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly instances: readonly StackInstance[];
  /** null where nobody listens: then only CloudFormation is asked. */
  readonly heard: readonly Heard[] | null;
  /** When the last operation on the stack sets ended (ISO); now, while one runs; null when there was none. */
  readonly rolledOutAt: string | null;
  /** Of the release that is deployed; null where it is not known. */
  readonly contentHash: string | null;
  readonly silenceHours: number;
  /** ISO. */
  readonly now: string;
}

const keyOf = ({ account, region }: { readonly account: string; readonly region: string }) =>
  `${account} ${region}`;

/** A row for each account and Region that should be covered, in their order. */
export function coverageOf(facts: CoverageFacts): readonly CoverageRow[] {
  // Of two in one place, the one that is not well counts: two stacks of one name cannot be.
  const isWell = ({ status }: StackInstance) => Number(status === 'CURRENT');
  const worstLast = facts.instances.toSorted((one, other) => isWell(other) - isWell(one));
  const instances = new Map(worstLast.map((each) => [keyOf(each), each]));
  const heard = new Map(facts.heard?.map((each) => [keyOf(each), each]));
  return facts.accounts.flatMap((account) =>
    facts.regions.map((region) => {
      const voice = heard.get(keyOf({ account, region }));
      const [coverage, reason] = stateOf(instances.get(keyOf({ account, region })), voice, facts);
      const { at: heardAt = null, contentHash = null } = voice ?? {};
      return { account, region, coverage, reason, contentHash, heardAt };
    }),
  );
}

type Judged = readonly [coverage: Coverage, reason: string | null];

function stateOf(
  instance: StackInstance | undefined,
  voice: Heard | undefined,
  facts: CoverageFacts,
): Judged {
  if (instance === undefined) return ['missing', 'no stack set has a stack here'];
  const { status, progress, reason, stackSet } = instance;
  if (progress === 'PENDING' || progress === 'RUNNING') {
    // While an operation runs, the last one ends now; without one, nothing will change this any more.
    const { rolledOutAt, silenceHours, now } = facts;
    if (rolledOutAt === null || hours(rolledOutAt, now) < silenceHours)
      return ['starting', `the stack set ${stackSet} is at work`];
    const since = `though no operation of ${stackSet} has been at work since ${rolledOutAt}`;
    return ['outdated', `the stack is ${progress}, ${since}`];
  }
  if (status !== 'CURRENT') {
    return ['outdated', `the stack of ${stackSet} is ${status}${reason ? `: ${reason}` : ''}`];
  }
  return facts.heard === null ? ['current', null] : voiceOf(voice, facts);
}

/** CloudFormation only knows what it deployed, not whether it still runs. */
function voiceOf(voice: Heard | undefined, facts: CoverageFacts): Judged {
  const { rolledOutAt, contentHash, silenceHours, now } = facts;
  const isFresh = rolledOutAt !== null && hours(rolledOutAt, now) < silenceHours;
  if (voice === undefined) {
    return isFresh
      ? ['starting', 'its functions have not spoken yet']
      : ['missing', 'its functions never spoke: AWS Config may not invoke them'];
  }
  // Who puts an event chooses its time (EventBridge API reference, PutEventsRequestEntry), and one ahead would never get old.
  if (hours(now, voice.at) > 1) {
    return ['tampered', `the last heartbeat of its functions is dated ${voice.at}, later than now`];
  }
  if (hours(voice.at, now) > silenceHours) {
    return ['missing', `its functions have been silent since ${voice.at}`];
  }
  if (contentHash !== null && voice.contentHash !== contentHash) {
    const isOfBefore = rolledOutAt !== null && voice.at < rolledOutAt;
    return isOfBefore && isFresh
      ? ['starting', 'its functions have not spoken since the last roll-out']
      : ['tampered', `its functions say that they run ${voice.contentHash.slice(0, 12)}`];
  }
  const { waiting } = voice;
  const failed =
    waiting === 1 ? 'an event failed, and waits' : `${waiting} events failed, and wait`;
  return ['current', waiting === 0 ? null : `${failed} for a person`];
}

const hours = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 3_600_000;
