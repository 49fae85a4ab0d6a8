import type { RequirementId } from '../frameworks/index.ts';
import { hasStandIn } from '../values/stand-in.ts';
import { type Context, underWaivers } from './evaluate.ts';
import { type Finding, type Judged, type Told, toldBy } from './finding.ts';
import type { Seen } from './precedents/asking.ts';
import { Precedents, type Surroundings } from './precedents/precedents.ts';
import { requirementsOf } from './requirement.ts';
import type { Rule } from './rule.ts';

/** One rule on many subjects, with what it decided of those before. Its findings are those of `evaluate`. */
export class Evaluation {
  readonly #rule: Rule;
  readonly #context: Omit<Context, 'capturedAt'>;
  readonly #precedents: Precedents;
  readonly #told = new WeakMap<Judged, Told>();
  readonly #requirements = new Map<string, readonly RequirementId[]>();

  constructor(rule: Rule, context: Omit<Context, 'capturedAt'>, around: Surroundings) {
    this.#rule = rule;
    this.#context = {
      ...context,
      waivers: context.waivers.filter((each) => each.rule === rule.id),
    };
    this.#precedents = new Precedents(rule, context.params, around);
  }

  /** @throws on a defect. */
  on(seen: Seen, capturedAt: string | null): Finding {
    const judged = this.#precedents.judge(seen);
    let told = this.#told.get(judged);
    if (told === undefined) {
      told = this.#tell(judged);
      this.#told.set(judged, told);
    }
    const finding = toldBy(told, seen.identity, capturedAt);
    return this.#context.waivers.length === 0 ? finding : underWaivers(finding, this.#context);
  }

  #tell(judged: Judged): Told {
    const { id, severity } = this.#rule;
    const { messageId, message, evidence } = judged;
    const requirements =
      this.#requirements.get(messageId) ??
      requirementsOf(this.#rule, messageId, this.#context.params);
    this.#requirements.set(messageId, requirements);
    const isNamed = hasStandIn(message) || (evidence !== undefined && hasStandIn(evidence));
    return { rule: id, severity, judged, requirements, isNamed };
  }
}
