import type {
  AwsSecurityFinding,
  AwsSecurityFindingFilters,
  BatchImportFindingsCommandInput,
  BatchImportFindingsCommandOutput,
  BatchUpdateFindingsCommandInput,
  BatchUpdateFindingsCommandOutput,
  GetFindingsCommandInput,
  GetFindingsCommandOutput,
} from '@aws-sdk/client-securityhub';
import type { Asff } from '../formats/asff.ts';
import type { Wait } from '../sources/config-api/recorded-items.ts';
import { batches, chunks, FILTER_VALUES, FINDINGS_PER_CALL } from './batches.ts';
import { Pace } from './pace.ts';
import { isRefusal, isUnreadable } from './refusals.ts';

/** The client of the SDK that is called `SecurityHub`, as far as it is needed, so that callers can name it without loading the SDK. */
export interface HubApi {
  getFindings(input: GetFindingsCommandInput): Promise<GetFindingsCommandOutput>;
  batchImportFindings(
    input: BatchImportFindingsCommandInput,
  ): Promise<BatchImportFindingsCommandOutput>;
  batchUpdateFindings(
    input: BatchUpdateFindingsCommandInput,
  ): Promise<BatchUpdateFindingsCommandOutput>;
}

/** Throttle rates: Security Hub API Reference, "Welcome", GetFindings and BatchImportFindings. */
const PER_SECOND = { GetFindings: 3, BatchImportFindings: 10, BatchUpdateFindings: 10 } as const;

const ATTEMPTS = 6;

/**
 * What no other attempt changes: InvalidInput, and InvalidAccess where Security Hub or the integration is off (User Guide,
 * "BatchImportFindings for finding providers").
 */
const FINAL = /^Invalid/;

/** By the id of the finding: why it could not be stored. */
export type Failures = Map<string, string>;

/** What to do to the workflow of some findings. */
export type WorkflowUpdate = Pick<BatchUpdateFindingsCommandInput, 'Workflow' | 'Note'>;

export interface HubOptions {
  readonly now: () => Date;
  readonly wait: Wait;
  /** The part of what the service allows that this caller may use: above 0, at most 1. */
  readonly share: number;
}

/** Findings that a filter lists, a hundred a call: to read many of them again by their ids takes a call for each twenty. */
export interface Listing {
  readonly filters: AwsSecurityFindingFilters;
  /** About how many there are. */
  readonly size: number;
}

/** How many findings are worked on at once. */
export interface Work {
  /** They are all in it. */
  readonly listing?: Listing;
  /** Whether nothing more should be begun, because the time is up. */
  readonly isOver?: () => boolean;
}

/** Security Hub of one account and Region: paced, with retries, and with a report of what was rejected. */
export class SecurityHub {
  readonly #client: HubApi;
  readonly #wait: Wait;
  readonly #paces: Readonly<Record<keyof typeof PER_SECOND, Pace>>;

  /** @param client one that makes a single attempt: a retry has to wait for its turn like any call. */
  constructor(client: HubApi, { now, wait, share }: HubOptions) {
    this.#client = client;
    this.#wait = wait;
    const pace = (perSecond: number) => new Pace(perSecond * share, now, wait);
    this.#paces = {
      GetFindings: pace(PER_SECOND.GetFindings),
      BatchImportFindings: pace(PER_SECOND.BatchImportFindings),
      BatchUpdateFindings: pace(PER_SECOND.BatchUpdateFindings),
    };
  }

  /** Every finding that the filters let through, page by page. */
  async *find(filters: AwsSecurityFindingFilters): AsyncGenerator<AwsSecurityFinding> {
    let token: string | undefined;
    do {
      const input = { Filters: filters, MaxResults: FINDINGS_PER_CALL };
      const asked = token ? { ...input, NextToken: token } : input;
      const page = await this.#send('GetFindings', () => this.#client.getFindings(asked));
      yield* page.Findings ?? [];
      token = page.NextToken;
    } while (token);
  }

  /** The findings with these ids that exist, by id. @param listing all of them are in it: it is read where that is quicker. */
  async named(
    product: string,
    ids: readonly string[],
    listing?: Listing,
  ): Promise<Map<string, AwsSecurityFinding>> {
    const found = new Map<string, AwsSecurityFinding>();
    const wanted = new Set(ids);
    const ofProduct = { ProductArn: [{ Value: product, Comparison: 'EQUALS' as const }] };
    const byId = [...chunks(ids, FILTER_VALUES)].map((some) => ({
      ...ofProduct,
      Id: some.map((Value) => ({ Value, Comparison: 'EQUALS' as const })),
    }));
    const isQuicker = listing && Math.ceil(listing.size / FINDINGS_PER_CALL) < byId.length;
    for (const filters of isQuicker ? [{ ...ofProduct, ...listing.filters }] : byId) {
      for await (const finding of this.find(filters)) {
        if (finding.Id && wanted.has(finding.Id)) found.set(finding.Id, finding);
      }
    }
    return found;
  }

  /** Creates and updates findings. Failed findings are retried by themselves. */
  async import(findings: readonly Asff[]): Promise<Failures> {
    const failures: Failures = new Map();
    for (const batch of batches(findings)) {
      for (const [id, reason] of await this.#importBatch(batch)) failures.set(id, reason);
    }
    return failures;
  }

  async #importBatch(batch: readonly Asff[], attempt = 1): Promise<Failures> {
    try {
      const Findings = batch as unknown as AwsSecurityFinding[];
      const answer = await this.#send('BatchImportFindings', () =>
        this.#client.batchImportFindings({ Findings }),
      );
      const reasons = (answer.FailedFindings ?? []).map(
        ({ Id = '', ErrorCode, ErrorMessage }) => [Id, `${ErrorCode}: ${ErrorMessage}`] as const,
      );
      const failures: Failures = new Map(reasons);
      const again = batch.filter(({ Id }) => !FINAL.test(failures.get(Id) ?? 'Invalid'));
      if (again.length === 0 || attempt === ATTEMPTS) return failures;
      await this.#wait(pause(attempt));
      for (const { Id } of again) failures.delete(Id);
      return new Map([...failures, ...(await this.#importBatch(again, attempt + 1))]);
    } catch (error) {
      // One finding that the service cannot read fails its whole batch, so the batch is halved to find it.
      if (batch.length === 1 || !isUnreadable(error)) return all(batch, String(error));
      const middle = Math.ceil(batch.length / 2);
      return new Map([
        ...(await this.#importBatch(batch.slice(0, middle))),
        ...(await this.#importBatch(batch.slice(middle))),
      ]);
    }
  }

  /** Changes the workflow of findings, which BatchImportFindings must not change. */
  async update(product: string, ids: readonly string[], change: WorkflowUpdate): Promise<Failures> {
    const failures: Failures = new Map();
    for (const some of chunks(ids, FINDINGS_PER_CALL)) {
      const FindingIdentifiers = some.map((Id) => ({ Id, ProductArn: product }));
      try {
        const answer = await this.#send('BatchUpdateFindings', () =>
          this.#client.batchUpdateFindings({ FindingIdentifiers, ...change }),
        );
        for (const { FindingIdentifier, ErrorMessage } of answer.UnprocessedFindings ?? []) {
          failures.set(FindingIdentifier?.Id ?? '', ErrorMessage ?? 'not processed');
        }
      } catch (error) {
        for (const id of some) failures.set(id, String(error));
      }
    }
    return failures;
  }

  async #send<T>(operation: keyof typeof PER_SECOND, send: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      await this.#paces[operation].turn();
      try {
        return await send();
      } catch (error) {
        if (attempt === ATTEMPTS || isRefusal(error)) throw error;
        await this.#wait(pause(attempt));
      }
    }
  }
}

/** In milliseconds, twice as long each time. */
const pause = (attempt: number) => 250 * 2 ** attempt;

const all = (batch: readonly Asff[], reason: string): Failures =>
  new Map(batch.map(({ Id }) => [Id, reason]));
