import type { Fix, Fixes as FixesOf } from '../../../dashboard/data/tables.ts';
import { packOf } from '../../assessment/pack-of.ts';
import type { Rule } from '../../engine/rule.ts';
import { explanationOf, type Question } from '../../explanation/explained.ts';
import { fixOf, TITLES, TOOLS, type Tool } from '../../explanation/fix.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { ruleHashes } from '../../results/run/head.ts';
import { emptySettings } from '../../settings/settings.ts';
import type { Source } from '../../sources/source.ts';
import type { Column } from '../outcomes.ts';
import type { RunData } from '../run-data.ts';
import { itemIn, recordedSource } from './recorded-source.ts';

/** So many findings are judged again for the change that fixes them: each takes about a millisecond. */
export const FIXED_AT_MOST = 100_000;

const NO_RECORDS =
  'No change is computed, because the data set holds no records. Write it with its evidence.';
const OTHER_RULE =
  'No change is computed, because this release judges by other code of the rule than the run did.';
const TOO_MANY = 'Changes are computed for the most severe findings only. For this one use';
const UNRECORDED = 'No change is computed, because AWS Config has no record of the resource.';
const OTHERWISE =
  'No change is computed: judged again only from its record, the resource gives another finding.';

/** A rule of a run: its column, and how it was judged; null where it cannot be judged so again. */
interface Judged {
  readonly id: string;
  readonly column: Column;
}

const tools = Object.keys(TOOLS) as Tool[];

/** The changes that fix the findings of a run, as the command `explain` computes them. */
export class Fixes {
  /** Why there are no changes for a rule, in a sentence; by position. */
  readonly reasons: readonly (string | null)[];
  readonly #judged: readonly Judged[];
  readonly #questions: readonly (Question | null)[];
  readonly #source: Source;

  private constructor(
    judged: readonly Judged[],
    questions: readonly (Question | null)[],
    reasons: readonly (string | null)[],
    source: Source,
  ) {
    this.#judged = judged;
    this.#questions = questions;
    this.reasons = reasons;
    this.#source = source;
  }

  /** @param judged the rules of the run, most severe first. @param rules all rules of this release. */
  static async open(
    data: RunData,
    judged: readonly Judged[],
    rules: readonly Rule[],
  ): Promise<Fixes> {
    const hashes = ruleHashes(rules);
    const base = {
      settings: { ...emptySettings, ...JSON.parse(data.settings.settings) },
      now: data.run.evaluatedAt,
      pack: packOf(rules),
    };
    const questions: (Question | null)[] = [];
    const reasons: (string | null)[] = [];
    let left = FIXED_AT_MOST;
    for (const { id, column } of judged) {
      const ran = data.run.rules.find(({ rule }) => rule === id);
      const rule = rules.find((each) => each.id === id);
      const isSame = rule !== undefined && ran?.codeHash === hashes.get(id);
      left -= column.open;
      const reason = !data.hasEvidence
        ? NO_RECORDS
        : !isSame
          ? OTHER_RULE
          : left < 0
            ? `${TOO_MANY} s3-config-rules explain ${id} <resource> <records>.`
            : null;
      reasons.push(reason);
      const params = ran && reason === null ? JSON.parse(ran.parameters) : null;
      questions.push(rule && params !== null ? { ...base, rule: { rule, params } } : null);
    }
    const isNeeded = questions.some((question) => question !== null);
    const source = await recordedSource(isNeeded ? () => data.evidence() : () => []);
    return new Fixes(judged, questions, reasons, source);
  }

  /**
   * What fixes the open findings on the subjects of one record, by rule.
   * @param raw the record, or what stands for one; null where there is none.
   */
  async of(
    raw: string | ConfigurationItem | null,
    positions: readonly number[],
  ): Promise<FixesOf | undefined> {
    const fixes: Record<number, Fix> = {};
    for (const [at, { column }] of this.#judged.entries()) {
      const question = this.#questions[at];
      const position = positions.find((each) => column.isOpen(each));
      if (!question || position === undefined) continue;
      if (raw === null) {
        fixes[at] = { result: UNRECORDED };
        continue;
      }
      try {
        const item = typeof raw === 'string' ? itemIn(raw) : raw;
        fixes[at] = await this.#fix(item, question, column, position);
      } catch {
        // A record that cannot be judged again costs no other its fix.
        fixes[at] = { result: OTHERWISE };
      }
    }
    return Object.keys(fixes).length > 0 ? fixes : undefined;
  }

  async #fix(item: ConfigurationItem, question: Question, column: Column, position: number) {
    const explained = await explanationOf(item, this.#source, question);
    const { state, messageId } = explained.finding;
    const said = column.outcomeOf(position);
    if (said?.state !== state || said.message !== messageId) return { result: OTHERWISE };
    const { steps, result } = fixOf(explained, question.rule.rule, tools);
    const shown = steps.map(({ messageId: message, caution, snippets }) => ({
      ...{ message, ...(caution ? { caution } : {}) },
      as: snippets.map(({ tool, text }) => [TITLES[tool], text] as const),
    }));
    return { ...(steps.length > 0 ? { steps: shown } : {}), result };
  }
}
