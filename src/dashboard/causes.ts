import type { Cause, Exposure, Gap, Places, Reach } from '../../dashboard/data/summary.ts';
import type { FindingRow } from '../results/rows.ts';

/** Of one rule and message: how many, and what their sentences say. */
interface Group {
  readonly rule: number;
  readonly message: string;
  readonly sentences: Map<string, number>;
  subjects: number;
}

/** Sentences past so many are not counted: each names what it is about, and then none is the most frequent. */
const SENTENCES = 2000;
const GAPS_SHOWN = 50;

/** Gathers what findings have in common: what to fix once, and which evidence is missing. */
export class Causes {
  readonly #groups = new Map<string, Group>();
  readonly #places = new Map<number, Map<number, number>>();
  readonly #gaps = new Map<
    string,
    { findings: number; subjects: Set<number>; rules: Set<number> }
  >();

  add(finding: FindingRow, rule: number, position: number, account: number): void {
    const { state, messageId, message } = finding;
    if (state === 'UNKNOWN') this.#addGap(message, rule, position);
    if (state !== 'FAIL') return;
    const key = `${rule} ${messageId}`;
    const group = this.#groups.get(key) ?? {
      ...{ rule, message: messageId, sentences: new Map(), subjects: 0 },
    };
    this.#groups.set(key, group);
    group.subjects += 1;
    const places = this.#places.get(rule) ?? new Map<number, number>();
    this.#places.set(rule, places.set(account, (places.get(account) ?? 0) + 1));
    const seen = group.sentences.get(message);
    if (seen !== undefined || group.sentences.size < SENTENCES) {
      group.sentences.set(message, (seen ?? 0) + 1);
    }
  }

  /** Most severe first (the rules are in that order within `rank`), then those of the most subjects. */
  causes(rank: (rule: number) => number, judged: (rule: number) => number): Cause[] {
    const groups = [...this.#groups.values()].toSorted(
      (one, other) =>
        rank(one.rule) - rank(other.rule) ||
        other.subjects - one.subjects ||
        one.rule - other.rule ||
        (one.message < other.message ? -1 : 1),
    );
    return groups.map(({ rule, message, sentences, subjects }) => {
      const [example = '', same = 0] = mostOf(sentences) ?? [];
      return { rule, message, subjects, of: judged(rule), example, same };
    });
  }

  /** Where a rule fails, for whichever reason. */
  places(rule: number): Places {
    const accounts = [...(this.#places.get(rule) ?? [])];
    accounts.sort((one, other) => other[1] - one[1] || one[0] - other[0]);
    return { accounts: accounts.slice(0, 2).map(([account]) => account), count: accounts.length };
  }

  /** What most judgements wait for first. */
  get gaps(): Gap[] {
    return [...this.#gaps]
      .map(([sentence, { findings, subjects, rules }]) => ({
        ...{ sentence, findings, subjects: subjects.size },
        rules: [...rules].toSorted((one, other) => one - other),
      }))
      .toSorted(
        (one, other) => other.findings - one.findings || (one.sentence < other.sentence ? -1 : 1),
      )
      .slice(0, GAPS_SHOWN);
  }

  #addGap(sentence: string, rule: number, position: number): void {
    const gap = this.#gaps.get(sentence) ?? { findings: 0, subjects: new Set(), rules: new Set() };
    if (!this.#gaps.has(sentence) && this.#gaps.size >= SENTENCES) return;
    this.#gaps.set(sentence, gap);
    gap.findings += 1;
    gap.subjects.add(position);
    gap.rules.add(rule);
  }
}

const mostOf = (counts: ReadonlyMap<string, number>) =>
  [...counts].toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))[0];

/** The rules whose failures the first sentence of the page is about. */
export const PUBLIC_RULE = 's3-no-public-access';
export const SHARED_RULE = 's3-cross-account-scoped';
/** Of the public rule: Block Public Access still keeps the public out. */
export const HELD_BACK = ['latent', 'blocked'];

/**
 * How many buckets the public, and how many other accounts reach. A waiver accepts that and does not end it, so a waived
 * failure counts; a message under an expired waiver is not known, so it counts, too.
 */
export class Exposed {
  readonly #reached = { [PUBLIC_RULE]: 0, [SHARED_RULE]: 0 };
  readonly #unknown = { [PUBLIC_RULE]: 0, [SHARED_RULE]: 0 };
  readonly #judged = { [PUBLIC_RULE]: 0, [SHARED_RULE]: 0 };

  add({ rule, state, verdict, messageId }: FindingRow): void {
    if (rule !== PUBLIC_RULE && rule !== SHARED_RULE) return;
    if (state !== 'NOT_APPLICABLE') this.#judged[rule] += 1;
    const isMissing = state === 'UNKNOWN' || messageId === 'evidenceUnavailable';
    if (isMissing) this.#unknown[rule] += 1;
    else if (verdict === 'NON_COMPLIANT' && !HELD_BACK.includes(messageId))
      this.#reached[rule] += 1;
  }

  exposure(ran: (rule: string) => boolean): Exposure {
    const reach = (rule: typeof PUBLIC_RULE | typeof SHARED_RULE): Reach | null =>
      ran(rule)
        ? {
            ...{ rule, reached: this.#reached[rule], unknown: this.#unknown[rule] },
            of: this.#judged[rule],
          }
        : null;
    return { public: reach(PUBLIC_RULE), shared: reach(SHARED_RULE) };
  }
}
