import type { ConfigurationItem } from '../records/configuration-item.ts';
import { kindNames, typesOf } from '../records/kinds.ts';
import type { Source } from '../sources/source.ts';
import { counted, list, printable } from '../values/text.ts';
import { absenceOf } from './subject.ts';

/**
 * Buckets that are not general purpose buckets, by resource type: they have other settings and other policies, and no rule is
 * for them. AWS CloudFormation names the types; not all of them may be recorded by AWS Config.
 */
export const OTHER_BUCKETS: ReadonlyMap<string, string> = new Map([
  ['AWS::S3Express::DirectoryBucket', 'directory bucket'],
  ['AWS::S3Tables::TableBucket', 'table bucket'],
  ['AWS::S3Vectors::VectorBucket', 'vector bucket'],
  ['AWS::S3Outposts::Bucket', 'Outposts bucket'],
]);

/** Types of everything that is judged, or named because it is not. */
export const SUBJECT_TYPES: ReadonlySet<string> = new Set([
  ...kindNames.flatMap(typesOf),
  ...OTHER_BUCKETS.keys(),
]);

/** Names that are kept of each kind, whatever the number of buckets. */
const KEPT = 10;

/** Counts and names the buckets that no rule judges, as they pass by: a run that is silent about them looks complete. */
export class NotJudged {
  readonly #kinds = new Map<string, { count: number; readonly names: string[] }>();
  #others = 0;
  #judged = 0;

  /** Were there buckets, and none that a rule is for? */
  get isBlind(): boolean {
    return this.#others > 0 && this.#judged === 0;
  }

  /** The source, whose records are looked at on their way. */
  heardFrom(source: Source): Source {
    const items = async function* (add: (item: ConfigurationItem) => void) {
      for await (const item of source.items()) {
        add(item);
        yield item;
      }
    };
    return { ...source, items: () => items((item) => this.#add(item)) };
  }

  /** A sentence for standard error; empty when every bucket was of a kind that the rules judge. */
  note(): string {
    const kinds = [...this.#kinds].map(([noun, { count, names }]) => {
      const others = count > names.length ? [`${count - names.length} more`] : [];
      return `${counted(count, noun)} (${list([...names.map(printable), ...others])})`;
    });
    return kinds.length === 0
      ? ''
      : `Not judged, because no rule is for such buckets: ${kinds.join(', ')}.\n`;
  }

  #add(item: ConfigurationItem): void {
    if (typesOf('bucket').includes(item.resourceType)) this.#judged++;
    const noun = OTHER_BUCKETS.get(item.resourceType);
    if (noun === undefined || absenceOf(item) !== null) return;
    const kind = this.#kinds.get(noun) ?? { count: 0, names: [] };
    this.#kinds.set(noun, kind);
    this.#others++;
    kind.count++;
    if (kind.names.length < KEPT) kind.names.push(item.resourceName || item.resourceId);
  }
}
