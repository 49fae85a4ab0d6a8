import type { ParametrisedRule } from '../../assessment/assessment.ts';
import type { Rule } from '../../engine/rule.ts';
import type { Release } from '../../release/release.ts';
import { ruleCode } from '../../release/rule-code.ts';
import type { Settings } from '../../settings/settings.ts';
import { byText, canonicalJson, hashOf, sha256 } from '../canonical.ts';
import { runIdOf } from '../layout.ts';
import { type InputHead, type RuleHead, type RunHead, SCHEMA_VERSION } from '../tables.ts';

/** Everything that a run depends on. */
export interface RunContext {
  /** ISO, UTC. */
  readonly now: string;
  readonly settings: Settings;
  readonly rules: readonly ParametrisedRule[];
  /** Rules of which the results are those that AWS Config holds. */
  readonly held?: readonly ParametrisedRule[] | undefined;
  /** Rules of the release that are left out by choice. */
  readonly leftOut?: readonly string[] | undefined;
  readonly inputs: readonly InputHead[];
  readonly release: Release;
  readonly previousRun: string | null;
}

/** What is known of a run before anything is judged. */
export function headOf({
  now,
  settings,
  rules,
  held = [],
  leftOut = [],
  inputs,
  release,
  previousRun,
}: RunContext): RunHead {
  const head = {
    schemaVersion: SCHEMA_VERSION,
    evaluatedAt: now,
    tool: { name: 's3-config-rules', ...release, rulesHash: rulesHash() },
    settingsHash: hashOf(settings),
    rules: [...rules.map(ruleHead), ...held.map(heldHead)].sort((one, other) =>
      byText(one.rule, other.rule),
    ),
    ...(leftOut.length > 0 ? { leftOut: [...leftOut].sort(byText) } : {}),
    inputs: [...inputs].sort(byName),
    previousRun,
  } as const;
  return { runId: runIdOf(now, hashOf(head)), ...head };
}

/** Rules of this release that are not among these. */
export function othersThan(rules: readonly Pick<Rule, 'id'>[]): readonly string[] {
  const there = new Set(rules.map(({ id }) => id));
  return Object.keys(ruleCode).filter((id) => !there.has(id));
}

/** The hash of the code of all rules of this release. */
export const rulesHash = (): string => hashOf(ruleCode);

/** The hash of the code of each of these rules. A rule that was written a moment ago has none before "npm run generate". */
export const ruleHashes = (rules: readonly Pick<Rule, 'id'>[]): ReadonlyMap<string, string> =>
  new Map(rules.map(({ id }) => [id, codeHashOf(id)]));

const codeHashOf = (id: string) => (Object.hasOwn(ruleCode, id) ? (ruleCode[id] ?? '') : 'unknown');

function ruleHead({ rule, params }: ParametrisedRule): RuleHead {
  const parameters = canonicalJson(params);
  return {
    rule: rule.id,
    codeHash: codeHashOf(rule.id),
    parametersHash: sha256(parameters),
    parameters,
  };
}

const heldHead = (rule: ParametrisedRule): RuleHead => ({
  ...ruleHead(rule),
  judgedBy: 'aws-config',
});

const byName = (one: InputHead, other: InputHead) =>
  byText(one.kind, other.kind) ||
  byText(one.name, other.name) ||
  byText(one.sha256 ?? '', other.sha256 ?? '');
