import { spellingOf } from './actions.ts';
import type { Condition } from './conditions.ts';
import type { Element, Policy, Statement } from './document.ts';
import { covers, mayIntersect } from './glob.ts';
import { isBucketAction, s3Of } from './s3.ts';
import { isDenial } from './vocabulary.ts';

/** What an identity policy grants on every bucket. */
export interface BroadGrant {
  readonly statement: Statement;
  /** As the policy has it, or "every action but …". */
  readonly action: string;
  /** As the policy has it, or "everything but …". */
  readonly resource: string;
}

/** A granted action, as a glob: the entry that grants it, and the part of it that is asked about. */
interface Part {
  readonly entry: string;
  readonly part: string;
}

/** What `s3:*` covers: every name of an action is longer than this. */
const EVERY_ACTION = 's3:???*';

/**
 * The first Allow of a pattern of actions on every bucket that no Deny of the same policy takes away. The pattern `s3:*`
 * stands for that wildcard itself, any other one for each action that matches it. A condition on a tag of the resource makes
 * it a grant on the resources with that tag; other conditions leave it as broad as it is.
 * @param partition of the policy, such as aws.
 */
export function broadGrant(
  policy: Policy,
  forbidden: readonly string[],
  partition: string,
): BroadGrant | null {
  const allows = policy.statements.filter(
    ({ effect, conditions }) => effect === 'Allow' && !conditions.some(isOnTag),
  );
  const denials = policy.statements.filter(isUnconditional);
  for (const pattern of forbidden) {
    for (const statement of allows) {
      const { actions, resources } = statement;
      for (const part of partsOf(actions, pattern)) {
        const resource = broadResources(resources, part.part, partition).find(
          (each) => !denials.some((denial) => takesAway(denial, part, each, partition)),
        );
        if (resource === undefined) continue;
        return {
          statement,
          action: actions.not ? `every action but ${but(actions)}` : written(part.entry, pattern),
          resource: resources.not ? `everything but ${but(resources)}` : resource,
        };
      }
    }
  }
  return null;
}

/** Do these policies together let their holder do anything in S3? What a Deny without condition takes away does not count. */
export function grantsS3(policies: readonly Policy[], partition: string): boolean {
  const statements = policies.flatMap((policy) => policy.statements);
  const denials = statements.filter(isUnconditional);
  const { everything } = s3Of(partition);
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .some(({ actions, resources }) =>
      s3Actions(actions).some((action) =>
        s3Resources(resources, everything).some(
          (resource) =>
            !denials.some(
              (denial) =>
                deniesAction(denial.actions, action, mayIntersect) &&
                deniesResource(denial.resources, resource),
            ),
        ),
      ),
    );
}

const isUnconditional = (statement: Statement) =>
  isDenial(statement) && statement.conditions.length === 0;

/** What cannot be read may be anything, so that an Allow reaches further. */
const granted = ({ entries, complete, not }: Element<string>) =>
  complete || not ? entries : [...entries, '*'];

/** The entries that grant what a pattern names; what is left out of a NotAction is granted as the pattern itself. */
function partsOf(actions: Element<string>, pattern: string): readonly Part[] {
  const wanted = pattern.toLowerCase();
  const isWhole = covers(wanted, EVERY_ACTION);
  const part = isWhole ? EVERY_ACTION : wanted;
  if (actions.not) {
    const isSpared = actions.entries.some((entry) => covers(entry, part));
    return isSpared ? [] : [{ entry: part, part }];
  }
  const entries = granted(actions);
  if (isWhole) {
    return entries.filter((entry) => covers(entry, part)).map((entry) => ({ entry, part }));
  }
  return entries
    .filter((entry) => mayIntersect(entry, wanted))
    .map((entry) => ({ entry, part: covers(wanted, entry) ? entry : wanted }));
}

const s3Actions = (actions: Element<string>): readonly Part[] =>
  actions.not
    ? partsOf(actions, 's3:*')
    : granted(actions)
        .filter((entry) => mayIntersect(entry, 's3:*'))
        .map((entry) => ({ entry, part: covers('s3:*', entry) ? entry : EVERY_ACTION }));

/** All that an action is on: every bucket, or for what is no action on buckets alone every object. */
function targetOf(action: string, partition: string): string {
  const { buckets, objects } = s3Of(partition);
  return isBucketAction(action) ? buckets : objects;
}

/** The entries that reach every bucket, or for what is no action on buckets every object. */
function broadResources(resources: Element<string>, action: string, partition: string) {
  const { everything } = s3Of(partition);
  const target = targetOf(action, partition);
  const reaching = granted(resources).filter((entry) => covers(entry, target));
  if (resources.not) return reaching.length > 0 ? [] : [everything];
  return reaching;
}

function s3Resources(resources: Element<string>, everything: string): readonly string[] {
  if (resources.not) {
    return resources.entries.some((entry) => covers(entry, everything)) ? [] : [everything];
  }
  return granted(resources)
    .map(anyHolder)
    .filter((entry) => mayIntersect(entry, everything))
    .map((entry) => (covers(everything, entry) ? entry : everything));
}

/** A variable may stand for anything, as far as somebody may have the value. */
function anyHolder(entry: string): string {
  const at = entry.indexOf('${');
  return at < 0 ? entry : `${entry.slice(0, at)}*`;
}

/** @param leaves whether an entry of a NotAction leaves so much of the action that it is not denied. */
function deniesAction(
  { not, entries, complete }: Element<string>,
  { entry, part }: Part,
  leaves: (entry: string, part: string) => boolean,
): boolean {
  if (not) return complete && !entries.some((each) => leaves(each, part));
  return entries.some((each) => covers(each, part) || covers(each, entry));
}

/** Does the Deny take so much from `resource`, which reaches every bucket, that what is left does not? */
function takesAway(denial: Statement, action: Part, resource: string, partition: string): boolean {
  // What a NotAction spares is less than every action; whether that is forbidden itself, its own pattern tells.
  const leaves = action.part === EVERY_ACTION ? covers : mayIntersect;
  if (!deniesAction(denial.actions, action, leaves)) return false;
  const { everything } = s3Of(partition);
  const { not, entries, complete } = denial.resources;
  if (!not) return entries.some((each) => covers(each, resource) || covers(each, everything));
  const target = targetOf(action.part, partition);
  return complete && !entries.some((each) => covers(each, target));
}

const deniesResource = (denied: Element<string>, resource: string) =>
  denied.not
    ? denied.complete && !denied.entries.some((entry) => mayIntersect(anyHolder(entry), resource))
    : denied.entries.some((entry) => covers(entry, resource));

const TAG_KEYS = ['aws:resourcetag/', 's3:buckettag/', 's3:existingobjecttag/'];

/** Is it true of resources with some tag alone? Where a resource has no such tag, a plain operator is false. */
function isOnTag({ key, operator, values }: Condition): boolean {
  if (operator === null || operator.negated || operator.ifExists) return false;
  if (operator.set === 'ForAllValues' || !TAG_TESTS.includes(operator.test)) return false;
  const isAny = (value: string | null) => value === null || !/[^*?]/.test(value);
  return TAG_KEYS.some((prefix) => key.startsWith(prefix)) && !values.some(isAny);
}
const TAG_TESTS: readonly string[] = ['equals', 'equalsIgnoreCase', 'like'];

/** Action names are kept in lower case: shown as the documentation spells them, or as the pattern does. */
const written = (entry: string, pattern: string) =>
  entry === pattern.toLowerCase() ? pattern : spellingOf(entry);

function but({ entries }: Element<string>): string {
  const [first = 'what cannot be read', ...more] = entries;
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}
