import type { Judged } from '../finding.ts';
import { judge } from '../judge.ts';
import type { Rule } from '../rule.ts';
import { type Ask, answerOf, OWN, type Seen } from './asking.ts';
import { Trace, type WatchedClass } from './watched.ts';

/** A question, and what follows from each answer to it that was met. A class, because millions are asked whether they are one. */
class Step {
  readonly ask: Ask;
  readonly next = new Map<unknown, Node>();
  hits = 0;

  constructor(ask: Ask) {
    this.ask = ask;
  }
}
/** The answer is each subject's own, so that each is judged by itself. */
const PLAIN: unique symbol = Symbol('plain');
/** The answer differs nearly always, so that nothing is kept. */
const RARE: unique symbol = Symbol('rare');
type Node = Step | Judged | typeof PLAIN | typeof RARE;

/** Bounds what is kept of one rule, since what is judged comes from strangers. */
const MOST_JUDGEMENTS = 2000;
const MOST_ANSWERS = 1000;
/** Where of so many answers no more than one is met again, nothing more is kept. */
const ANSWERS_FOR_A_HIT = 4;

const isStep = (node: Node): node is Step => node instanceof Step;

/** What may have happened while a rule was watched that its judgement does not show. */
export interface Surroundings {
  /** How often a limit on work was reached so far: whether one is reached may depend on names, which then are not alike. */
  readonly exhaustions: () => number;
  readonly Watched: WatchedClass;
}

/**
 * The judgements of one rule with one set of parameters, each kept by what it was decided from: the questions that the rule asked
 * of its subject, and the answers. A rule is a pure function of these, so that a subject which gives the same answers gets the same
 * judgement, and the rule need not be asked again. In the judgement a name may stand for that of each subject: see writtenAs.
 */
export class Precedents {
  readonly #rule: Rule;
  readonly #params: Readonly<Record<string, unknown>>;
  readonly #around: Surroundings;
  #root: Node | undefined;
  #kept = 0;

  constructor(rule: Rule, params: Readonly<Record<string, unknown>>, around: Surroundings) {
    this.#rule = rule;
    this.#params = params;
    this.#around = around;
  }

  /** The same as to judge the subject by itself, but for the name. @throws what the rule throws on a defect. */
  judge(seen: Seen): Judged {
    let node = this.#root;
    while (node instanceof Step) {
      const answer = answerOf(node.ask, seen);
      if (answer === OWN) return this.#plain(seen);
      const next = node.next.get(answer);
      if (next !== undefined) node.hits++;
      node = next;
    }
    if (node === PLAIN) return this.#plain(seen);
    return node === undefined || node === RARE ? this.#watched(seen, node) : node;
  }

  #plain({ itself }: Seen): Judged {
    return judge(this.#rule, itself, this.#params);
  }

  #watched(seen: Seen, place: typeof RARE | undefined): Judged {
    const trace = new Trace(seen);
    const before = this.#around.exhaustions();
    let judged: Judged;
    try {
      judged = judge(this.#rule, new this.#around.Watched(seen, trace), this.#params);
    } catch {
      // A defect is the subject's own, and is thrown where it is judged by itself.
      return this.#plain(seen);
    }
    if (this.#around.exhaustions() !== before) return this.#plain(seen);
    if (place !== RARE) this.#keep(trace, judged);
    return trace.isOwn ? this.#plain(seen) : judged;
  }

  #keep({ steps }: Trace, end: Node): void {
    if (this.#kept >= MOST_JUDGEMENTS) this.#root = undefined;
    if (this.#root === undefined) this.#kept = 0;
    this.#kept++;
    const place = this.#placeFor(steps, end);
    place?.put(place.node);
  }

  /** Where the end of these steps comes to stand, and what stands there; undefined where nothing is kept. */
  #placeFor(steps: Trace['steps'], end: Node): Place | undefined {
    let node = this.#root;
    let put = (made: Node) => {
      this.#root = made;
    };
    for (const { ask, answer } of steps) {
      // Of an identity the answer is every subject's own; of a facet another subject may share it.
      if (answer === OWN && ask.of === 'identity') return { put, node: PLAIN };
      if (node === undefined) {
        node = new Step(ask);
        put(node);
      }
      // A rule that asks something else after the same answers is no function of them.
      if (!isStep(node) || !isSame(node.ask, ask)) return { put, node: PLAIN };
      if (answer === OWN) return undefined;
      const step: Step = node;
      if (!step.next.has(answer) && step.next.size >= MOST_ANSWERS) {
        if (step.hits * ANSWERS_FOR_A_HIT < step.next.size) return { put, node: RARE };
        step.next.clear();
        step.hits = 0;
      }
      put = (made) => {
        step.next.set(answer, made);
      };
      node = step.next.get(answer);
    }
    return node === undefined ? { put, node: end } : undefined;
  }
}

interface Place {
  readonly put: (node: Node) => void;
  readonly node: Node;
}

function isSame(one: Ask, other: Ask): boolean {
  if (one.of === 'identity') return other.of === 'identity' && one.key === other.key;
  if (one.of === 'question') return other.of === 'question';
  if (one.of === 'facet')
    return other.of === 'facet' && one.name === other.name && one.isWhole === other.isWhole;
  if (one.of === 'part') return other.of === 'part' && one.name === other.name;
  return other.of === 'entry' && one.name === other.name && one.key === other.key;
}
