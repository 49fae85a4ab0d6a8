import type {
  AwsSecurityFinding,
  BatchImportFindingsRequest,
  BatchUpdateFindingsRequest,
  DateFilter,
  GetFindingsRequest,
  StringFilter,
} from '@aws-sdk/client-securityhub';
import type { Answers } from './asked.ts';
import { ServiceError } from './faults.ts';
import { problemsOfFinding } from './finding-checks.ts';
import { problemsOf } from './published-model.ts';
import { TokenBucket } from './token-bucket.ts';

/**
 * Security Hub of one account and Region, after its API Reference: BatchImportFindings, BatchUpdateFindings, GetFindings.
 * It keeps what customers own, takes an update only when it is later, and throttles who asks too often.
 */
export interface HubState {
  readonly account: string;
  readonly region: string;
  readonly findings: Map<string, AwsSecurityFinding>;
  /** Every import that changed what is held. */
  readonly accepted: { readonly id: string; readonly updatedAt: string; readonly state: string }[];
  /** Imports that were told again, or too late. */
  ignored: number;
  throttled: number;
  /** How long BatchUpdateFindings takes to be carried out (milliseconds): "it can take several minutes" (API Reference). */
  updateDelay: number;
  /** Whether imports change nothing of a suppressed finding: "The finding is no longer updated" (API Reference, Workflow). */
  ignoresSuppressed: boolean;
  /** Updates that were accepted and are not carried out yet, in their order. */
  readonly pending: { readonly due: number; readonly apply: () => void }[];
  /** What goes wrong at the call of this number, counted from 1 by operation. */
  fault: (operation: string, call: number, input: object) => HubFault | undefined;
  readonly now: () => number;
}

export type HubFault =
  | 'throttle'
  /** The work is done, but nobody learns of it: so a time-out looks. */
  | 'lostAnswer'
  /** A page without the findings that belong on it, which nothing excludes while findings change (API Reference, GetFindings). */
  | 'emptyPage'
  | { readonly fails: (id: string, index: number) => boolean };

export function createHub(parts: Partial<HubState> = {}): HubState {
  return {
    account: '111122223333',
    region: 'eu-central-1',
    findings: new Map(),
    accepted: [],
    ignored: 0,
    throttled: 0,
    updateDelay: 0,
    ignoresSuppressed: false,
    pending: [],
    fault: () => undefined,
    now: () => Date.now(),
    ...parts,
  };
}

/** Carries out the updates that are due by now. */
export function land(hub: HubState): void {
  while (hub.pending[0] && hub.pending[0].due <= hub.now()) hub.pending.shift()?.apply();
}

/** The three operations, to be given to the state of a contract server as answers. */
export function answersOf(hub: HubState): Answers {
  const operation =
    (name: string, type: string, handle: (input: never, fault?: HubFault) => object) =>
    (): ((input: object) => object) => {
      const bucket = new TokenBucket(name, hub.now);
      let calls = 0;
      return (input) => {
        calls++;
        land(hub);
        const fault = hub.fault(name, calls, input);
        if (!bucket.take() || fault === 'throttle') {
          if (fault !== 'throttle') hub.throttled++;
          throw new ServiceError('TooManyRequestsException', 'Rate exceeded', 429);
        }
        const problems = problemsOf(type, input).filter((one) => !one.includes('Findings['));
        if (problems.length > 0) throw invalid(problems);
        const answer = handle(input as never, fault);
        if (fault === 'lostAnswer') throw new ServiceError('InternalException', 'Lost', 500);
        return answer;
      };
    };
  return {
    BatchImportFindings: operation(
      'BatchImportFindings',
      'BatchImportFindingsRequest',
      (input, fault) => importFindings(hub, input, fault),
    )(),
    BatchUpdateFindings: operation('BatchUpdateFindings', 'BatchUpdateFindingsRequest', (input) =>
      updateFindings(hub, input),
    )(),
    GetFindings: operation('GetFindings', 'GetFindingsRequest', (input, fault) => {
      const answer = getFindings(hub, input);
      return fault === 'emptyPage' ? { ...answer, Findings: [] } : answer;
    })(),
  };
}

const invalid = (problems: readonly string[]) =>
  new ServiceError('InvalidInputException', problems.slice(0, 3).join('; '));

/** What only the customer changes once the finding is there (API Reference, BatchImportFindings). */
const CUSTOMERS = ['Note', 'UserDefinedFields', 'VerificationState', 'Workflow'] as const;

function importFindings(
  hub: HubState,
  { Findings = [] }: BatchImportFindingsRequest,
  fault?: HubFault,
): object {
  if (Findings.length < 1 || Findings.length > 100) throw invalid(['Findings: 1 to 100 members']);
  if (Buffer.byteLength(JSON.stringify(Findings)) > 6_000_000) throw invalid(['larger than 6 MB']);
  const FailedFindings: object[] = [];
  const fails = typeof fault === 'object' ? fault.fails : () => false;
  for (const [index, finding] of Findings.entries()) {
    const Id = finding.Id ?? '';
    const problems = problemsOfFinding(hub, finding);
    if (problems.length > 0) {
      FailedFindings.push({ Id, ErrorCode: 'InvalidInput', ErrorMessage: problems.join('; ') });
    } else if (fails(Id, index)) {
      FailedFindings.push({ Id, ErrorCode: 'InternalError', ErrorMessage: 'ordered by the test' });
    } else {
      store(hub, Id, finding);
    }
  }
  const SuccessCount = Findings.length - FailedFindings.length;
  return { FailedCount: FailedFindings.length, SuccessCount, FailedFindings };
}

function store(hub: HubState, id: string, finding: AwsSecurityFinding): void {
  const held = hub.findings.get(id);
  const updatedAt = finding.UpdatedAt ?? '';
  const isClosed = hub.ignoresSuppressed && held?.Workflow?.Status === 'SUPPRESSED';
  if (isClosed || (held?.UpdatedAt && Date.parse(updatedAt) <= Date.parse(held.UpdatedAt))) {
    hub.ignored++;
    return;
  }
  const kept: Partial<AwsSecurityFinding> = Object.fromEntries(
    CUSTOMERS.flatMap((name) => (held?.[name] === undefined ? [] : [[name, held[name]]])),
  );
  const own = held
    ? Object.fromEntries(
        Object.entries(finding).filter(([name]) => !CUSTOMERS.includes(name as 'Note')),
      )
    : finding;
  const Workflow: { Status?: string | undefined } = {
    Status: 'NEW',
    ...finding.Workflow,
    ...kept.Workflow,
  };
  if (held && isReset(held, finding) && RESETTABLE.includes(Workflow.Status ?? '')) {
    Workflow.Status = 'NEW';
  }
  hub.findings.set(id, { ...held, ...own, ...kept, Workflow } as AwsSecurityFinding);
  const state = `${finding.Compliance?.Status} ${finding.RecordState}`;
  hub.accepted.push({ id, updatedAt, state });
}

/**
 * "Security Hub also resets the workflow status from NOTIFIED or RESOLVED to NEW" in these two cases; that of a suppressed finding
 * does not change (API Reference, Workflow; User Guide, "Setting the workflow status of findings").
 */
const isReset = (held: AwsSecurityFinding, next: AwsSecurityFinding): boolean =>
  (held.RecordState === 'ARCHIVED' && next.RecordState === 'ACTIVE') ||
  (held.Compliance?.Status === 'PASSED' && FALLEN.includes(next.Compliance?.Status ?? ''));
const FALLEN = ['FAILED', 'WARNING', 'NOT_AVAILABLE'];
const RESETTABLE = ['NOTIFIED', 'RESOLVED'];

function updateFindings(hub: HubState, input: BatchUpdateFindingsRequest): object {
  const { FindingIdentifiers: identifiers = [], Workflow, Note } = input;
  if (identifiers.length < 1 || identifiers.length > 100) throw invalid(['1 to 100 identifiers']);
  const ProcessedFindings: object[] = [];
  const UnprocessedFindings: object[] = [];
  for (const identifier of identifiers) {
    const id = identifier.Id ?? '';
    if (!hub.findings.has(id)) {
      const ErrorCode = 'FindingNotFound';
      UnprocessedFindings.push({
        FindingIdentifier: identifier,
        ErrorCode,
        ErrorMessage: 'no such',
      });
      continue;
    }
    const apply = () => {
      const held = hub.findings.get(id);
      if (held && Workflow) held.Workflow = { ...held.Workflow, ...Workflow };
      if (held && Note) held.Note = { ...Note, UpdatedAt: new Date(hub.now()).toISOString() };
    };
    hub.pending.push({ due: hub.now() + hub.updateDelay, apply });
    ProcessedFindings.push(identifier);
  }
  land(hub);
  return { ProcessedFindings, UnprocessedFindings };
}

function getFindings(hub: HubState, input: GetFindingsRequest): object {
  const { Filters = {}, MaxResults = 100, NextToken } = input;
  if (MaxResults < 1 || MaxResults > 100) throw invalid(['MaxResults: 1 to 100']);
  const filters = Object.entries(Filters) as [
    keyof AwsSecurityFinding,
    (StringFilter & DateFilter)[],
  ][];
  if (filters.length > 10 || filters.some(([, values]) => values.length > 20)) {
    throw invalid(['at most 10 attributes with 20 values each']);
  }
  const exact = Filters.Id?.every(({ Comparison }) => Comparison === 'EQUALS');
  const candidates = exact
    ? (Filters.Id ?? []).flatMap(({ Value = '' }) => hub.findings.get(Value) ?? [])
    : [...hub.findings.values()];
  const found = candidates.filter((finding) =>
    filters.every(([name, values]) =>
      values.some((filter) => matches(String(finding[name]), filter)),
    ),
  );
  const start = Number(NextToken ?? 0);
  const end = start + MaxResults;
  return {
    Findings: found.slice(start, end),
    ...(end < found.length ? { NextToken: String(end) } : {}),
  };
}

function matches(
  value: string,
  { Value = '', Comparison, Start, End }: StringFilter & DateFilter,
): boolean {
  if (Start && End) {
    const at = Date.parse(value);
    return at >= Date.parse(Start) && at <= Date.parse(End);
  }
  if (Comparison === 'EQUALS') return value === Value;
  if (Comparison === 'PREFIX') return value.startsWith(Value);
  throw invalid([`the test server knows no comparison ${Comparison}`]);
}
