import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { type AwsSecurityFinding, SecurityHub } from '@aws-sdk/client-securityhub';
import { onTestFinished, vi } from 'vitest';
import { createPublisher } from '../../src/lambda/publisher.ts';
import type { AccountPaths, Waiver } from '../../src/settings/waiver.ts';
import { ruleTexts } from '../../src/settings-file/rule-texts.ts';
import type { Answers } from '../contract-server/asked.ts';
import { clientSettings } from '../contract-server/clients.ts';
import { bucketItem } from '../contract-server/items.ts';
import { answersOf, createHub, land } from '../contract-server/security-hub.ts';
import { type ContractServer, startContractServer } from '../contract-server/server.ts';
import { createRule, createState, type StoredResult } from '../contract-server/state.ts';
import {
  ACCOUNT,
  configAnswers,
  decorated,
  eventOf,
  findingId,
  REGION,
  type Result,
} from './world.ts';

const RULE = 's3-tls-only';
const WHY = 'noPolicy: There is no bucket policy.';
const DAY = 86_400_000;

const SAYINGS = {
  FAIL: ['NON_COMPLIANT', WHY],
  OTHER_FAIL: ['NON_COMPLIANT', 'notDenied: Requests without TLS are not denied.'],
  UNKNOWN: [
    'NON_COMPLIANT',
    'evidenceUnavailable: The policy could not be assessed: access was denied.',
  ],
  PASS: ['COMPLIANT', 'compliant: Every statement is fine.'],
  WAIVED: ['NOT_APPLICABLE', `waived legacy, ${WHY}`],
  WAIVED_UNKNOWN: [
    'NOT_APPLICABLE',
    'waived legacy, evidenceUnavailable: The policy could not be assessed: access was denied.',
  ],
  GONE: ['NOT_APPLICABLE', 'resourceDeleted: The resource no longer exists.'],
} as const;
export type Saying = keyof typeof SAYINGS;

/** A year with AWS Config, Security Hub and analysts, before the publisher as it is written. Time passes only when it is told to. */
export class Simulation {
  readonly hub = createHub();
  readonly state = createState();
  readonly logs: Readonly<Record<string, unknown>>[] = [];
  waivers: readonly Waiver[] = [];
  accounts: AccountPaths = {};
  /** Whether AWS Config lists results that are not applicable, which nothing promises. */
  lists = true;
  ruleState: string | undefined = 'ACTIVE';
  /** What AWS Config holds, by bucket. */
  readonly results = new Map<string, Result>();
  isDeployed = true;
  readonly #history = new Map<string, Result>();
  #server: ContractServer | undefined;
  #handle: ((event: unknown) => Promise<unknown>) | undefined;

  async start(): Promise<this> {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T12:00:00.000Z') });
    const world = this;
    const server = await startContractServer(this.state);
    this.#server = server;
    const config = new ConfigServiceClient(clientSettings(server.endpoint));
    const hub = new SecurityHub(clientSettings(server.endpoint));
    onTestFinished(async () => {
      vi.useRealTimers();
      config.destroy();
      hub.destroy();
      await server.close();
    });
    this.state.answers = { ...answersOf(this.hub), ...this.#configAnswers() };
    this.#handle = createPublisher({
      ...{ rules: ruleTexts.filter(({ id }) => id === RULE), config, hub },
      ...{ pagesUrl: undefined, contentHash: 'c0de', now: () => new Date() },
      get waivers() {
        return world.waivers;
      },
      get accounts() {
        return world.accounts;
      },
      log: (entry) => this.logs.push(entry),
      wait: async (milliseconds) => void vi.setSystemTime(Date.now() + milliseconds),
    });
    return this;
  }

  get server(): ContractServer {
    if (this.#server === undefined) throw new Error('The simulation was not started.');
    return this.#server;
  }

  #configAnswers(): Answers {
    return {
      GetComplianceDetailsByResource: (input) =>
        configAnswers(
          () => [...this.results.values()],
          [RULE],
          this.lists,
        ).GetComplianceDetailsByResource(input),
      DescribeConfigRules: () => {
        const [ours, others] = configAnswers(() => [], [RULE]).DescribeConfigRules.ConfigRules;
        const rule = { ...ours, ...(this.ruleState ? { ConfigRuleState: this.ruleState } : {}) };
        return { ConfigRules: this.isDeployed ? [rule, others] : [others] };
      },
    };
  }

  /** AWS Config records a result a second later, of bucket b unless another is named. It is told of by {@link event}. */
  judge(
    saying: Saying | readonly [Result['verdict'], string | undefined],
    id = 'b',
    at = Date.now(),
  ): Result {
    const [verdict, annotation] = typeof saying === 'string' ? SAYINGS[saying] : saying;
    const result: Result = {
      ...{ rule: RULE, type: 'AWS::S3::Bucket', id, verdict, annotation, at },
      previous: this.#history.get(id),
    };
    this.#history.set(id, result);
    this.results.set(id, result);
    if (saying !== 'GONE') this.record(id);
    else this.unrecord(id);
    vi.setSystemTime(Date.now() + 1000);
    return result;
  }

  record(id: string): void {
    this.unrecord(id);
    this.state.items.push(bucketItem(id));
  }

  unrecord(id: string): void {
    this.state.items = this.state.items.filter(({ resourceId }) => resourceId !== id);
  }

  async tell(result: Result, told = true): Promise<void> {
    await this.#handle?.(eventOf(result, told));
  }

  /** Judged and told. */
  async event(...given: Parameters<Simulation['judge']>): Promise<Result> {
    const result = this.judge(...given);
    await this.tell(result);
    return result;
  }

  async batch(bodies: readonly unknown[]): Promise<readonly string[]> {
    const Records = bodies.map((body, index) => ({
      ...{ messageId: `m${index}`, body: typeof body === 'string' ? body : JSON.stringify(body) },
    }));
    const answer = (await this.#handle?.({ Records })) as {
      readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
    };
    return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  /** The next day, or after so many days, the daily comparison runs. @returns why it failed. */
  async daily(days = 1, type = 'Scheduled Event'): Promise<string | undefined> {
    vi.setSystemTime(Date.now() + days * DAY);
    this.state.rules = { [decorated(RULE)]: createRule(this.#kept()) };
    const event = { 'detail-type': type, account: ACCOUNT, region: REGION };
    try {
      await this.#handle?.(event);
      return undefined;
    } catch (error) {
      return String(error);
    }
  }

  #kept(): StoredResult[] {
    return [...this.results.values()]
      .filter(({ verdict }) => this.lists || verdict !== 'NOT_APPLICABLE')
      .map(({ type, id, verdict, annotation, at }) => ({
        ...{ resourceType: type, resourceId: id, annotation, orderingTimestamp: at / 1000 },
        complianceType: verdict as StoredResult['complianceType'],
      }));
  }

  /** What an analyst does in the console: BatchUpdateFindings, at once. */
  analyst(
    Status: 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED' | undefined,
    note?: string,
    id = 'b',
  ): void {
    const held = this.found(id);
    if (Status) held.Workflow = { Status };
    if (note) held.Note = { Text: note, UpdatedBy: 'ana', UpdatedAt: new Date().toISOString() };
  }

  wait(milliseconds: number): void {
    vi.setSystemTime(Date.now() + milliseconds);
    land(this.hub);
  }

  found(id = 'b'): AwsSecurityFinding {
    const held = this.hub.findings.get(findingId({ rule: RULE, type: 'AWS::S3::Bucket', id }));
    if (held === undefined) throw new Error(`Security Hub holds nothing of ${id}.`);
    return held;
  }

  /** How a finding stands: "FAILED ACTIVE NEW"; "nothing" if it is not there. */
  stands(id = 'b'): string {
    land(this.hub);
    const held = this.hub.findings.get(findingId({ rule: RULE, type: 'AWS::S3::Bucket', id }));
    return held
      ? `${held.Compliance?.Status} ${held.RecordState} ${held.Workflow?.Status}`
      : 'nothing';
  }

  get note(): string {
    return this.found().Note?.Text ?? '';
  }

  get said(): string {
    const [reason] = this.found().Compliance?.StatusReasons ?? [];
    return `${reason?.ReasonCode}: ${reason?.Description}`;
  }
}

export const simulate = () => new Simulation().start();
