import { tagsOf } from '../../facets/bucket/context/tags.ts';
import { GROUPINGS, type GroupBy, Groups } from '../../formats/groups.ts';
import type { Reported } from '../../formats/reported.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { didYouMean } from '../../settings-file/nearest.ts';
import { UsageError } from '../io.ts';

/** What --group-by names. @throws UsageError */
export function groupBysOf(given: readonly string[] = []): readonly GroupBy[] {
  return [...new Set(given.flatMap((text) => text.split(',')))].map((word): GroupBy => {
    const text = word.trim();
    const known = GROUPINGS.find((each) => each === text.toLowerCase());
    if (known) return known;
    if (/^tag:./i.test(text)) return `tag:${text.slice(4)}`;
    throw new UsageError(
      `--group-by: there is no ${text || '""'}.${didYouMean(text, GROUPINGS)} Expected ${GROUPINGS.join(', ')} or tag:KEY.`,
    );
  });
}

/** Counts findings by what the user asked for. */
export class Grouping {
  readonly groups: readonly Groups[];

  constructor(groupBys: readonly GroupBy[]) {
    this.groups = groupBys.map((by) => new Groups(by));
  }

  add(finding: Reported, item: ConfigurationItem): void {
    for (const groups of this.groups) groups.add(finding, labelOf(groups.by, finding, item));
  }
}

function labelOf(by: GroupBy, finding: Reported, item: ConfigurationItem): string {
  const { subject, accountName, units } = finding;
  switch (by) {
    case 'account':
      return accountName === undefined ? subject.account : `${subject.account} ${accountName}`;
    case 'ou':
      return units === undefined ? '(not in organization.accounts)' : units.join(' / ') || '(root)';
    case 'region':
      return subject.region;
    case 'rule':
      return finding.rule;
    default:
      return tagOf(item, by.slice('tag:'.length));
  }
}

/** Words in brackets are no value of a tag. */
function tagOf(item: ConfigurationItem, key: string): string {
  const tags = readableTags(item);
  if (tags === null) return '(tags not readable)';
  return tags.get(key)?.replace(/^$/, '(empty)') ?? '(no such tag)';
}

/** The tags of a record; none where it carries none, null where they cannot be read. */
export function readableTags(item: ConfigurationItem): ReadonlyMap<string, string> | null {
  try {
    return item.tags === undefined || item.tags === null ? bucketTags(item) : tagsOf(item);
  } catch {
    return null;
  }
}

const bucketTags = (item: ConfigurationItem) =>
  item.supplementary?.['BucketTaggingConfiguration'] ? tagsOf(item) : new Map<string, string>();
