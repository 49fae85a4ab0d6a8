import { cached } from '../language/cache.ts';
import type { Condition } from '../language/conditions.ts';
import type { Policy, Statement } from '../language/document.ts';
import { Budget } from '../reach/budget.ts';
import { isDenial } from '../requests/vocabulary.ts';
import { arnIn, type Bucket } from '../requests/worlds.ts';
import { isReduced, MOST_NAMES, namesIn } from './parts.ts';

/** Answers about denials, by what decides them. The bounds are for policies that strangers write. */
interface Profile {
  readonly answers: Map<string, unknown>;
  /** How many names stand in the statements that are no denials. */
  readonly names: number;
  /** Whether the account of the bucket may make a difference. */
  readonly isOfAccount: boolean;
}

const MOST_PROFILES = 2000;
const MOST_ANSWERS = 200;
/** After more work a policy with other names, at most {@link MOST_NAMES}, might reach the limit on work. */
const MOST_WORK = 1000;

/** Stands for any account where none makes a difference. */
const NOBODY = '000000000000';

const profiles = new Map<string, Map<string, unknown>>();
const known = new WeakMap<Policy, Profile>();

/**
 * The answer to a question about what the denials of a policy leave open, kept for all policies with the same denials.
 *
 * What an Allow names and no denial does is, to the denials, like any name that is not written out: the caller or value that stands
 * for these is let through wherever one of them is. So an Allow makes a difference only by its conditions on the keys that denials
 * ask for, which are part of what the answer is kept by.
 * @param bucket with another name in its policy than its own (`writtenAs`), without which policies share nothing.
 */
export function denialAnswer<T>(
  policy: Policy,
  bucket: Bucket,
  question: unknown,
  answer: (of: Bucket) => T,
  budget: Budget,
): T {
  if (bucket.writtenAs === undefined) return answer(bucket);
  const { answers, names, isOfAccount } = profileOf(policy);
  if (names > MOST_NAMES) return answer(bucket);
  // Whose bucket it is, is not asked for where it makes no difference, whether the answer is known or not.
  const of = { arn: arnIn(bucket), account: isOfAccount ? bucket.account : NOBODY };
  const key = `${of.account} ${of.arn} ${JSON.stringify(question)}`;
  if (answers.has(key)) return answers.get(key) as T;
  const found = answer(of);
  if (budget.spent > MOST_WORK) {
    // The whole policy might come to another answer, which whoever asked has to find out.
    if (isReduced(policy)) Budget.exhausted++;
    return found;
  }
  if (answers.size >= MOST_ANSWERS) answers.clear();
  answers.set(key, found);
  return found;
}

function profileOf(policy: Policy): Profile {
  const before = known.get(policy);
  if (before !== undefined) return before;
  const denials = policy.statements.filter(isDenial);
  const others = policy.statements.filter((statement) => !isDenial(statement));
  const keys = new Set(denials.flatMap(({ conditions }) => conditions.map(({ key }) => key)));
  const asked = others.flatMap(({ conditions }) => conditions.filter(({ key }) => keys.has(key)));
  const text = JSON.stringify([denials.map(partsOf), asked]);
  if (profiles.size >= MOST_PROFILES) profiles.clear();
  const answers = cached(profiles, text, () => new Map<string, unknown>());
  const names = others.reduce((sum, statement) => sum + namesIn(statement), 0);
  const isOfAccount = !denials.every(isForEveryAccount) || asked.some(isAboutAccounts);
  const made = { answers, names, isOfAccount };
  known.set(policy, made);
  return made;
}

/** Does it say the same whatever account has the bucket? */
const isForEveryAccount = ({ principals, conditions }: Statement) =>
  !conditions.some(isAboutAccounts) &&
  principals.entries.every(({ kind }) => ['everyone', 'everyAccount', 'service'].includes(kind));

/** An account may stand in an account id, an ARN or the id of a user, and behind a variable. */
const isAboutAccounts = ({ key, values }: Condition) =>
  /account|arn|userid|^$/.test(key) ||
  values.some((value) => value === null || /\d{12}|\$\{/.test(value));

/** What an answer can depend on: not where the statement stands, and not what it is called. */
const partsOf = ({ principals, actions, resources, conditions }: Statement) => [
  ...[principals, actions, resources],
  conditions,
];
