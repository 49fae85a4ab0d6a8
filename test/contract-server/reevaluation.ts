import { ServiceError } from './faults.ts';
import { operation, type World } from './operation.ts';
import { list, structure, text } from './validate.ts';

/** In seconds: "if you call the StartConfigRulesEvaluation API more than once per minute" (API reference, LimitExceededException). */
const BETWEEN_CALLS = 60;

/** Limits are those of the API reference, StartConfigRulesEvaluation; that the list is required is not. */
export const startConfigRulesEvaluation = operation(
  structure({ ConfigRuleNames: list(text(1, 128), 1, 25) }, ['ConfigRuleNames']),
  ({ ConfigRuleNames: names }: { ConfigRuleNames: readonly string[] }, { state }: World) => {
    const unknown = names.find((name) => state.rules[name] === undefined);
    if (unknown !== undefined) {
      throw new ServiceError(
        'NoSuchConfigRuleException',
        `The ConfigRule '${unknown}' provided in the request is invalid.`,
      );
    }
    const last = state.evaluationsStarted.at(-1);
    if (last !== undefined && state.now() - last.at < BETWEEN_CALLS) {
      throw new ServiceError('LimitExceededException', 'One call a minute.');
    }
    state.evaluationsStarted.push({ at: state.now(), names });
    return {};
  },
);
