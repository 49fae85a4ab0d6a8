import type { OperationName } from '../../services/operations.ts';
import type { Services } from '../../services/services.ts';
import type { Source } from '../../sources/source.ts';
import { isObject } from '../../values/json.ts';
import { partitionOf } from '../../values/region.ts';
import { counted, few } from '../../values/text.ts';
import { none } from '../run/counts.ts';
import type { JudgedSubject } from '../run/rows-of.ts';
import type { Problem } from '../tables.ts';

/** An account as Organizations lists it. */
export interface ListedAccount {
  readonly account: string;
  readonly name: string | null;
}

/** What the services themselves say that there is: S3 its buckets, Organizations its accounts. */
export class Listed {
  /** Buckets with their Regions, by account. An account that was not asked has no entry. */
  readonly buckets = new Map<string, Map<string, string | null>>();
  readonly accounts = new Map<string, ListedAccount>();

  /** The services of an account, whose lists are noted. */
  heardFrom(services: Services, account: string): Services {
    return {
      ask: async (operation, input, region) => {
        const output = await services.ask(operation, input, region);
        this.note(operation, account, output);
        return output;
      },
    };
  }

  /** Notes the answers of files. */
  read({ answers }: Source): void {
    for (const operation of ['ListBuckets', 'ListAccounts'] as const) {
      for (const { account, output } of answers?.answered(operation) ?? []) {
        this.note(operation, account, output);
      }
    }
  }

  /** Notes an answer as it is given; those to other questions say nothing here. What has another shape is passed over. */
  note(operation: OperationName, account: string, output: object): void {
    if (operation === 'ListBuckets') this.#noteBuckets(account, output);
    if (operation === 'ListAccounts') this.#noteAccounts(output);
  }

  /** Whether its own service lists a resource; null where it was not asked. */
  holds(account: string, type: string, name: string): boolean | null {
    if (type !== BUCKET) return null;
    return this.buckets.get(account)?.has(name) ?? null;
  }

  #noteBuckets(account: string, output: object): void {
    const known = this.buckets.get(account) ?? new Map<string, string | null>();
    for (const bucket of listIn(output, 'Buckets')) {
      const { Name: name, BucketRegion: region } = bucket;
      if (typeof name === 'string') known.set(name, typeof region === 'string' ? region : null);
    }
    this.buckets.set(account, known);
  }

  /** One that is suspended or being closed has no resources that anybody can reach. */
  #noteAccounts(output: object): void {
    for (const { Id: id, Name: name, Status: status } of listIn(output, 'Accounts')) {
      if (typeof id !== 'string' || !/^\d{12}$/.test(id) || status !== 'ACTIVE') continue;
      this.accounts.set(id, { account: id, name: typeof name === 'string' ? name : null });
    }
  }
}

const BUCKET = 'AWS::S3::Bucket';

function* listIn(output: object, key: string): Generator<Readonly<Record<string, unknown>>> {
  const list = isObject(output) ? output[key] : undefined;
  for (const each of Array.isArray(list) ? list : []) if (isObject(each)) yield each;
}

/** A bucket that S3 lists and AWS Config has no record of. Where S3 does not say its Region, it is one of no Region. */
export const unrecorded = (
  account: string,
  name: string,
  region: string | null,
  ou: string | null,
): JudgedSubject => ({
  subject: {
    ...{ type: BUCKET, id: name, name, arn: `arn:${partitionOf(region ?? '')}:s3:::${name}` },
    ...{ account, region: region ?? 'unknown' },
  },
  ou,
  knownFrom: ['services'],
  ...{
    created: null,
    deleted: false,
    tags: {},
    itemHash: null,
    capturedAt: null,
    observedAt: null,
  },
  ...{ assessed: 'no', reason: 'AWS Config has no record of it.', states: none() },
});

/** What is said of them, one sentence for each account. */
export const unrecordedProblem = (account: string, names: readonly string[]): Problem => ({
  kind: 'subject',
  message:
    `Account ${account}: ${counted(names.length, 'bucket')} that S3 lists ${names.length === 1 ? 'has' : 'have'} no record of ` +
    `AWS Config, and ${names.length === 1 ? 'is' : 'are'} not assessed: ${few(names)}`,
});

/** What is missing in the records of one account. */
export interface Unrecorded {
  readonly rows: readonly JudgedSubject[];
  readonly problem: Problem;
}

/** Buckets that their own service lists and that no record is of. @param recorded as "account name". */
export function unrecordedIn(
  { buckets }: Listed,
  recorded: ReadonlySet<string>,
  ouOf: (account: string) => string | null,
): readonly Unrecorded[] {
  return [...buckets].flatMap(([account, own]) => {
    const missing = [...own].filter(([name]) => !recorded.has(`${account} ${name}`));
    if (missing.length === 0) return [];
    const rows = missing.map(([name, region]) => unrecorded(account, name, region, ouOf(account)));
    const names = missing.map(([name]) => name).sort();
    return [{ rows, problem: unrecordedProblem(account, names) }];
  });
}
