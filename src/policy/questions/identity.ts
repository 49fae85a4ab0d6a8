import { isReading } from '../language/action-levels.ts';
import { s3Actions, spellingOf } from '../language/actions.ts';
import { cached } from '../language/cache.ts';
import type { Condition } from '../language/conditions.ts';
import type { Element, Policy, Statement } from '../language/document.ts';
import { covers, hasWildcard, matches, mayIntersect } from '../language/glob.ts';
import { isDenial } from '../requests/vocabulary.ts';
import { Everywhere, type Place, scopeOf, spelledOut } from './everywhere.ts';

/** What an identity policy grants on every bucket. */
export interface BroadGrant {
  readonly statement: Statement;
  /** As the policy has it, or "every action except …". */
  readonly action: string;
  /** As the policy has it, or "everything except …". */
  readonly resource: string;
}

/**
 * The first Allow of a pattern of actions on every bucket that no Deny of the same policy takes away. The pattern `s3:*`
 * stands for that wildcard, and then for all that it grants beyond reading; any other one for each action that matches it,
 * but a wildcard for none on jobs and Storage Lens.
 * A condition on a tag of the resource makes it a grant on the resources with that tag; other conditions leave it as it is.
 * @param partition of the policy, such as aws.
 */
export function broadGrant(
  policy: Policy,
  forbidden: readonly string[],
  partition: string,
): BroadGrant | null {
  const everywhere = new Everywhere(partition);
  const allows = policy.statements.filter(
    ({ effect, conditions }) => effect === 'Allow' && !conditions.some(isOnTag),
  );
  const denials = policy.statements.filter(isUnconditional);
  const denialsOf = new Map<string, readonly Statement[]>();
  const isDenied = (action: string, place: Place) =>
    cached(denialsOf, action, () =>
      denials.filter(({ actions }) => deniesAction(actions, action)),
    ).some(({ resources }) => everywhere.denied(resources, scopeOf(action), place));
  const granted = new Map(allows.map((each) => [each, grantedActions(each.actions)]));
  for (const pattern of forbidden) {
    for (const statement of allows) {
      for (const action of (granted.get(statement) ?? []).filter(named(pattern, statement))) {
        const places = everywhere.granted(statement.resources, scopeOf(action));
        const place = places.find((each) => !isDenied(action, each));
        if (place !== undefined) return grantOf(statement, action, place, pattern);
      }
    }
  }
  return null;
}

/** Do these policies together let their holder do anything in S3? What a Deny without condition takes away does not count. */
export function grantsS3(policies: readonly Policy[], partition: string): boolean {
  const statements = policies.flatMap((policy) => policy.statements);
  const denials = statements.filter(isUnconditional);
  const isDenied = (action: string, resource: string) =>
    denials.some(
      ({ actions, resources }) =>
        deniesAction(actions, action) && deniesResource(resources, resource),
    );
  return statements.some(({ effect, actions, resources }) => {
    if (effect === 'Deny') return false;
    const granted = grantedActions(actions);
    const places = granted.length === 0 ? [] : grantedResources(resources, partition);
    return places.some((place) => granted.some((action) => !isDenied(action, place)));
  });
}

const isUnconditional = (statement: Statement) =>
  isDenial(statement) && statement.conditions.length === 0;

const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase());
const known = lower([...s3Actions.object, ...s3Actions.bucket, ...s3Actions.other]);

/** No action has another character in its name, or an invisible one. */
const ASCII = /^[!-~]+$/;

/** The S3 actions that an Allow grants; of those newer than the table, the entries that name them. */
function grantedActions({ not, entries, complete }: Element<string>): readonly string[] {
  if (not) return known.filter((action) => !entries.some((entry) => matches(entry, action)));
  // What cannot be read may be anything.
  if (!complete) return known;
  const ours = entries.filter((entry) => mayIntersect(entry, 's3:*'));
  if (ours.length === 0) return [];
  return [
    ...known.filter((action) => ours.some((entry) => matches(entry, action))),
    ...ours.filter((entry) => ASCII.test(entry) && !known.some((action) => matches(entry, action))),
  ];
}

/** What `s3:*` covers: the name of an action is longer than this. */
const EVERY_ACTION = 's3:???*';
const isWhole = (entry: string) => covers(entry, EVERY_ACTION);

/** Jobs and Storage Lens hold no data of a bucket, and some of their actions can only be granted on everything. */
const ASIDE = /^s3:[a-z]*(job|storagelens)/;

/** Is an action that the statement grants one of those that the pattern stands for? */
function named(pattern: string, { actions }: Statement): (action: string) => boolean {
  const wanted = pattern.toLowerCase();
  const isExact = !hasWildcard(wanted);
  if (!isWhole(wanted))
    return (action) => mayIntersect(wanted, action) && (isExact || !ASIDE.test(action));
  const isGranted = actions.not || !actions.complete || actions.entries.some(isWhole);
  return (action) => isGranted && !isReading(action);
}

const deniesAction = ({ not, entries, complete }: Element<string>, action: string) =>
  not
    ? complete && !entries.some((entry) => mayIntersect(entry, action))
    : entries.some((entry) => covers(entry, action));

function grantedResources(
  { not, entries, complete }: Element<string>,
  partition: string,
): readonly string[] {
  const everything = `arn:${partition}:s3:*`;
  if (not) return entries.some((entry) => covers(entry, everything)) ? [] : [everything];
  if (!complete) return [everything];
  return entries
    .map(asAnything)
    .filter((entry) => mayIntersect(entry, everything))
    .map((entry) => (covers(everything, entry) ? entry : everything));
}

const deniesResource = ({ not, entries, complete }: Element<string>, resource: string) =>
  not
    ? complete && !entries.some((entry) => mayIntersect(asAnything(entry), resource))
    : entries.some((entry) => covers(spelledOut(entry), resource));

/** Someone else decides what a variable stands for. */
function asAnything(entry: string): string {
  const at = entry.indexOf('${');
  return at < 0 ? entry : `${entry.slice(0, at)}*`;
}

const TAG_KEYS = ['aws:resourcetag/', 's3:buckettag/', 's3:existingobjecttag/'];

/** Is it true only of resources with some tag? Where a resource has no such tag, a plain operator is false. */
function isOnTag({ key, operator, values }: Condition): boolean {
  if (operator === null || operator.negated || operator.ifExists) return false;
  if (operator.set === 'ForAllValues' || !TAG_TESTS.includes(operator.test)) return false;
  const isAny = (value: string | null) => value === null || !/[^*?]/.test(value);
  return TAG_KEYS.some((prefix) => key.startsWith(prefix)) && !values.some(isAny);
}
const TAG_TESTS: readonly string[] = ['equals', 'equalsIgnoreCase', 'like'];

/** How the policy writes it. Action names are kept in lower case: spelled as in the documentation, or as in the pattern. */
function grantOf(statement: Statement, action: string, place: Place, pattern: string): BroadGrant {
  const { actions, resources } = statement;
  const entries = actions.entries.filter((entry) => covers(entry, action));
  const entry = entries.find(isWhole) ?? entries[0] ?? action;
  const written = entry === pattern.toLowerCase() ? pattern : spellingOf(entry);
  return {
    statement,
    action: actions.not ? `every action except ${but(actions)}` : written,
    resource: resources.not ? `everything except ${but(resources)}` : (place.entry ?? place.arns),
  };
}

function but({ entries }: Element<string>): string {
  const [first = 'entries that cannot be read', ...more] = entries;
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}
