import { isDeepStrictEqual } from 'node:util';
import { awsLogs, LogPrefixes, trailPrefix } from '../facets/bucket/context/log-prefixes.ts';
import { namedBuckets, neighbourOf } from '../facets/bucket/context/neighbours.ts';
import { logging } from '../facets/bucket/recorded/logging.ts';
import type { Inventory, Neighbour, Place } from '../facets/inventory.ts';
import type { BucketRole, PublicAccessBlock } from '../facts/bucket-settings.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { Reading, Unread } from '../records/reading.ts';
import { isKnown } from '../records/reading.ts';
import { AccountFlags, flagsIn } from './account-flags.ts';
import { aliasIn, configured } from './configured.ts';
import { Contested } from './contested.ts';
import { latestOf } from './latest-neighbour.ts';

const NO_SOURCES: Reading<readonly BucketRole[]> = { value: [] };
const NO_ALIASES: ReadonlyMap<string, string> = new Map();

/** `from` is the account and Region that the logs come from, where they cannot come from another. */
interface LogSource extends Omit<BucketRole, 'prefixes' | 'because'> {
  because: string;
  readonly from?: string;
  readonly prefixes: LogPrefixes;
}

/** An inventory gathered item by item. It grows with the log targets and aliases met, not with the items. */
export class RecordedInventory implements Inventory {
  readonly #sources = new Map<string, LogSource[]>();
  readonly #aliases = new Map<string, Map<string, string>>();
  readonly #blocks = new AccountFlags();
  readonly #contested = new Contested();

  readonly #withoutChannels = new Map<string, Unread>();
  readonly #neighbours = new Map<string, Neighbour | null>();

  logSources({ resourceName, account, region }: Place): Reading<readonly BucketRole[]> {
    const from = `${account} ${region}`;
    const unread = this.#withoutChannels.get(account) ?? this.#contested.logsTo(resourceName, from);
    if (unread !== undefined) return unread;
    const sources = this.#sources.get(resourceName);
    if (sources === undefined) return NO_SOURCES;
    const fitting = sources.filter((source) => (source.from ?? from) === from);
    return {
      value: fitting.map(({ from: _, prefixes, ...role }) => ({ ...role, prefixes: prefixes.all })),
    };
  }

  kmsAliases(account: string, region: string): Reading<ReadonlyMap<string, string>> {
    return { value: this.#aliases.get(`${account} ${region}`) ?? NO_ALIASES };
  }

  contestedAliases(account: string, region: string): ReadonlySet<string> {
    return this.#contested.aliasesOf(`${account} ${region}`);
  }

  accountPublicAccessBlock(account: string): Reading<PublicAccessBlock | null> {
    return this.#blocks.of(account);
  }

  /** Items in files carry their tags themselves; keeping them would let the inventory grow with the items. */
  tags(): Reading<never> {
    return { unavailable: 'the record carries no tags' };
  }

  neighbour(name: string): Neighbour | null {
    return this.#neighbours.get(name) ?? null;
  }

  get namesAny(): boolean {
    return this.#neighbours.size > 0;
  }
  /** The buckets that other items name. */
  named(): Iterable<string> {
    return this.#neighbours.keys();
  }

  /** Notes which buckets an item names, so that {@link meet} keeps what is needed of those and of no others. */
  name(names: readonly string[]): void {
    for (const name of names) {
      if (!this.#neighbours.has(name)) this.#neighbours.set(name, null);
    }
  }

  /** Keeps the latest record of a bucket that was named. @param rivals records that may be as new. */
  meet(item: ConfigurationItem, rivals: readonly ConfigurationItem[] = []): void {
    if (item.resourceType !== 'AWS::S3::Bucket') return;
    const known = this.#neighbours.get(item.resourceName);
    if (known === undefined) return;
    const met = rivals.map(neighbourOf).reduce(latestOf, neighbourOf(item));
    this.#neighbours.set(item.resourceName, known === null ? met : latestOf(known, met));
  }

  /** @param rivals records of the resource that may be as new and say something else. */
  add(item: ConfigurationItem, rivals: readonly ConfigurationItem[] = []): void {
    if (rivals.length > 0 || item.flaw !== undefined) this.#addContested([item, ...rivals]);
    else this.#addSaid(item);
  }

  #addSaid(item: ConfigurationItem): void {
    if (item.resourceType === 'AWS::S3::AccountPublicAccessBlock') this.#blocks.add(item);
    if (item.status !== 'OK' && item.status !== 'ResourceDiscovered') return;
    if (item.resourceType === 'AWS::S3::Bucket') this.#addBucket(item);
    else if (item.resourceType === 'AWS::CloudTrail::Trail') this.#addTrail(item);
    else if (item.resourceType === 'AWS::KMS::Alias') {
      const alias = aliasIn(item);
      if (alias) this.#aliasesIn(`${item.account} ${item.region}`).set(...alias);
    }
  }

  /** Of records that may all be the newest, only that counts which each of them says; of one that does not count, nothing does. */
  #addContested(versions: readonly ConfigurationItem[]): void {
    const isFlawed = versions.some(({ flaw }) => flaw !== undefined);
    const alone = versions.map(({ flaw: _, ...version }) => {
      const inventory = new RecordedInventory();
      inventory.#addSaid(version);
      return inventory;
    });
    const isAgreed = (said: readonly unknown[]) =>
      !isFlawed && said.every((each) => isDeepStrictEqual(each, said[0]));
    for (const version of versions) {
      this.name(namedBuckets(version));
      if (version.resourceType !== 'AWS::S3::AccountPublicAccessBlock') continue;
      this.#blocks.add(version, !isAgreed(versions.map(flagsIn)));
    }
    for (const bucket of new Set(alone.flatMap((each) => [...each.#sources.keys()]))) {
      const said = alone.map((each) => each.#saidOf(bucket));
      if (!isAgreed(said))
        this.#contested.addLogs(
          bucket,
          said.flat().map(({ source }) => source),
        );
      else
        for (const { source, prefixes } of said[0] ?? [])
          for (const prefix of prefixes) this.#addSource(bucket, source, prefix);
    }
    const aliases = alone.map((each) => [...each.#aliases]);
    for (const [scope, names] of aliases.flat()) {
      if (!isAgreed(aliases)) this.#contested.addAlias(scope, [...names].flat());
      else for (const [name, key] of names) this.#aliasesIn(scope).set(name, key);
    }
  }

  #saidOf(bucket: string) {
    const sources = this.#sources.get(bucket) ?? [];
    return sources.map(({ prefixes, ...source }) => ({ source, prefixes: prefixes.all }));
  }

  addDeliveryChannel(bucket: string, name: string, prefix?: string): void {
    const because = `delivery channel ${name} writes to it`;
    this.#addSource(bucket, { role: 'config-delivery', because }, awsLogs(prefix));
  }

  /** It is not known into which buckets AWS Config delivers from this account. */
  lacksChannels(account: string, because: Unread): void {
    this.#withoutChannels.set(account, because);
  }

  #addBucket(item: ConfigurationItem): void {
    this.name(namedBuckets(item));
    const target = logging.read(item);
    if (!isKnown(target) || target.value === null) return;
    // S3 delivers access logs only within the account and Region, so another account that names a bucket does not give it a role.
    const because = `bucket ${item.resourceName} logs to it`;
    const from = `${item.account} ${item.region}`;
    const { bucket, prefix } = target.value;
    // A bucket that logs to itself gets logs, and may not excuse itself so.
    const own = bucket === item.resourceName ? { isOnlyGranted: true as const } : {};
    this.#addSource(bucket, { role: 'access-log-target', because, from, ...own }, prefix);
  }

  #addTrail(item: ConfigurationItem): void {
    const bucket = configured(item, 's3BucketName');
    const because = `trail ${item.resourceName} writes to it`;
    const prefix = trailPrefix(item);
    if (bucket) this.#addSource(bucket, { role: 'trail-target', because }, prefix);
  }

  #aliasesIn(scope: string): Map<string, string> {
    const known = this.#aliases.get(scope) ?? new Map<string, string>();
    this.#aliases.set(scope, known);
    return known;
  }

  /** One reason for each role and origin is enough to explain it, and keeps a target of ten thousand buckets small. */
  #addSource(bucket: string, source: Omit<LogSource, 'prefixes'>, prefix: string): void {
    const sources = this.#sources.get(bucket) ?? [];
    const { role, from } = source;
    const known = sources.find(
      (each) =>
        each.role === role && each.from === from && each.isOnlyGranted === source.isOnlyGranted,
    );
    if (known) {
      known.prefixes.add(prefix);
      // Of all reasons the first by name, so that a finding does not depend on the order of the records.
      if (source.because < known.because) known.because = source.because;
    } else sources.push({ ...source, prefixes: new LogPrefixes(prefix) });
    this.#sources.set(bucket, sources);
  }
}
