import type { FacetName } from '../../facts/index.ts';
import type { Identity, Reading } from '../../records/reading.ts';
import { isKnown, reasonOf } from '../../records/reading.ts';
import { EvidenceUnavailable, type Subject } from '../subject.ts';

/** What a rule may ask of its subject. The answers, in the order of the questions, decide what it says. */
export type Ask =
  | { readonly of: 'identity'; readonly key: keyof Identity }
  | { readonly of: 'facet'; readonly name: FacetName; readonly isWhole: boolean }
  | { readonly of: 'entry'; readonly name: FacetName; readonly key: unknown }
  | { readonly of: 'part'; readonly name: FacetName; readonly part: Part }
  | { readonly of: 'question'; readonly answer: (subject: Subject) => unknown };

/** Takes of a value what a rule needs of it: one object for all values of which that is the same. */
export type Part<V = unknown> = (value: V & {}, owner: Pick<Identity, 'account'>) => V & {};

/** The answer is this subject's and no other's, so that a judgement which depends on it is worth nothing to others. */
export const OWN: unique symbol = Symbol('own');

/** A subject as precedents see it. */
export interface Seen {
  readonly identity: Identity;
  /** A reading whose value is the same object for all subjects that share it; OWN where it is not shared. */
  shared(facet: FacetName): Reading<unknown> | typeof OWN;
  /** The subject as it is, for everything that is not shared. */
  readonly itself: Subject;
}

/** The names of a subject say which one it is. */
export const NAMES: ReadonlySet<keyof Identity> = new Set<keyof Identity>(['id', 'name', 'arn']);

/** What a subject answers: a plain value, or one object for all answers that are equal; or OWN. */
export function answerOf(ask: Ask, seen: Seen): unknown {
  switch (ask.of) {
    case 'identity':
      return NAMES.has(ask.key) ? OWN : seen.identity[ask.key];
    case 'part': {
      const reading = seen.shared(ask.name);
      if (reading === OWN) return OWN;
      if (!isKnown(reading)) return unread(reasonOf(reading));
      return partIn(reading.value, ask.part, seen.identity);
    }
    case 'facet': {
      const reading = seen.shared(ask.name);
      if (reading === OWN) return OWN;
      if (!isKnown(reading)) return unread(reasonOf(reading));
      // Maps are asked entry by entry: of the tags of a bucket few are looked at.
      return reading.value instanceof Map && !ask.isWhole ? Map : reading.value;
    }
    case 'entry': {
      const reading = seen.shared(ask.name);
      if (reading === OWN || !isKnown(reading)) return OWN;
      return (reading.value as ReadonlyMap<unknown, unknown>).get(ask.key);
    }
    case 'question':
      try {
        return ask.answer(seen.itself);
      } catch (error) {
        if (!(error instanceof EvidenceUnavailable)) throw error;
        return unread(`${error.facet}: ${error.reason}`);
      }
  }
}

const reasons = new Map<string, object>();
const MOST_REASONS = 1000;

/** One object for each reason why something is not known. */
function unread(reason: string): object {
  const known = reasons.get(reason);
  if (known) return known;
  if (reasons.size >= MOST_REASONS) reasons.clear();
  const made = { reason };
  reasons.set(reason, made);
  return made;
}

/** The part of a value; of nothing there is none. */
export const partIn = (value: unknown, part: Part, owner: Pick<Identity, 'account'>): unknown =>
  value === null || value === undefined ? value : part(value, owner);

/** Under this name a subject that is watched has who watches it. */
export const WATCHER: unique symbol = Symbol('watcher');

/** Who watches a subject answers for it. */
export interface Watcher {
  question(answer: (subject: never) => unknown): unknown;
  part(facet: FacetName, part: Part): unknown;
}

/** A subject that may be watched. */
interface Watchable {
  readonly [WATCHER]?: Watcher;
}

/**
 * Puts a question to a subject whose answer is all that a rule needs to know of something that differs from subject to subject,
 * such as whether a list names it. A judgement that rests on the answer then holds for all subjects that answer the same.
 * @param answer depends on the subject that it is given, on parameters and on what the rule has asked before, and on nothing else.
 */
export function asking<S extends object, T extends string | number | boolean | null>(
  subject: S,
  answer: (subject: S) => T,
): T {
  const watcher = (subject as Watchable)[WATCHER];
  return watcher === undefined ? answer(subject) : (watcher.question(answer) as T);
}

/**
 * What a rule needs of a facet that differs from subject to subject in more than that: the judgement then holds for all subjects
 * of which it is the same. A subject that is judged by itself gives the whole facet, so that the rule has to say the same of both.
 * @param part depends on what it is given, on parameters and on what the rule has asked before, and on nothing else.
 */
export function partOf<S extends object, const F extends keyof S & FacetName>(
  subject: S,
  facet: F,
  part: Part<S[F]>,
): S[F] {
  const watcher = (subject as Watchable)[WATCHER];
  return watcher === undefined ? subject[facet] : (watcher.part(facet, part as Part) as S[F]);
}
