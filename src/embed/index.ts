/** What a program that embeds the rules may import: the entry of the package. docs/versioning.md says what is stable. */

export { rules } from '../../rules/index.ts';
export type { Finding, State } from '../engine/finding.ts';
export type { Rule, Severity, Verdict } from '../engine/rule.ts';
export { emptySettings, type Settings } from '../settings/settings.ts';
export type { Waiver } from '../settings/waiver.ts';
export { parseSettings, SettingsError } from '../settings-file/settings-file.ts';
export { Malformed } from '../values/json.ts';
export { type EvaluateOptions, evaluate } from './evaluate.ts';
