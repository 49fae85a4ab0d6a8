import { rules } from '../../rules/index.ts';
import { type RuleWords, wordsOf } from '../engine/words.ts';

/** Enough to publish findings: a function that judges nothing carries these instead of the rules. */
export const ruleTexts: readonly RuleWords[] = rules.map(wordsOf);
