import { describe, expect, it } from 'vitest';
import { evaluate } from '../src/engine/evaluate.ts';
import { annotationOf } from '../src/engine/finding.ts';
import { parametersOf } from '../src/engine/parameters.ts';
import type { Rule } from '../src/engine/rule.ts';
import { type Subject, subjectClass } from '../src/engine/subject.ts';
import type { AllFacets, FacetName } from '../src/facts/index.ts';
import { kinds } from '../src/records/kinds.ts';
import type { Identity, Reading } from '../src/records/reading.ts';
import { emptySettings } from '../src/settings/settings.ts';
import { ANNOTATION_LIMIT } from '../src/values/text.ts';

type Facets = { readonly [F in FacetName]?: AllFacets[F] };
type Values = Readonly<Record<string, unknown>>;

/** One configuration, and what the rule says of it. */
export interface Case {
  /** What is the case, as the name of the test. */
  readonly when: string;
  /** Facts besides those that every case is given. */
  readonly facts?: Facets;
  /** Parameters other than the defaults. */
  readonly params?: Values;
  /** Another identity than that of the example. */
  readonly subject?: Partial<Identity>;
  /** Facts that cannot be read here, and that the verdict must not need. */
  readonly unreadable?: readonly FacetName[];
  /** The message expected; {@link UNKNOWN} where what is there is no evidence. */
  readonly says: string;
  /** Other tools that answer this case wrongly, and how. */
  readonly peers?: string;
}

export interface Cases {
  /** Facts that every case has unless it says otherwise. */
  readonly given?: Facets;
  readonly cases: readonly Case[];
}

export const bucket = kinds.bucket.example;

/** The message of the engine where a rule cannot judge. */
export const UNKNOWN = 'evidenceUnavailable';

/** The configurations of a table, each with all its facets. */
function configurationsOf(rule: Rule, { given, cases }: Cases) {
  return cases.map(
    ({ when: name, says: messageId, facts = {}, params = {}, subject = {}, unreadable = [] }) => ({
      ...{ name, messageId, facets: { ...given, ...facts }, params, identity: subject, unreadable },
      verdict: rule.messages[messageId]?.verdict,
    }),
  );
}

/**
 * Further configurations, whole kinds of right and wrong answers, in test/rules/tried: each gets its message, and none passes
 * without a facet it looked at.
 */
export function describeConfigurations(rule: Rule, cases: Cases): void {
  const configurations = configurationsOf(rule, cases);
  const all = configurations.filter(({ messageId }) => messageId !== UNKNOWN);
  const unknown = configurations.filter(({ messageId }) => messageId === UNKNOWN);

  describe(rule.id, () => {
    if (unknown.length > 0)
      it('never takes for evidence what is none', () => {
        for (const { name, facets, params, identity, unreadable } of unknown) {
          const values = parametersOf(rule, emptySettings, params);
          const subject = subjectWith(rule, facets, identity, new Set(unreadable));
          expect(evaluate(rule, subject, contextOf(values)), name).toMatchObject({
            state: 'UNKNOWN',
            messageId: UNKNOWN,
          });
        }
      });

    it.each(all)('$messageId: $name', ({ verdict, messageId, ...given }) => {
      const { judgement, subject, values } = observe(rule, given);
      expect(judgement).toMatchObject({ verdict, messageId });
      expect(judgement.message).toMatch(/\.$/);
      const finding = evaluate(rule, subject, contextOf(values));
      expect(finding).toMatchObject({ verdict, messageId, message: judgement.message });
      expect(finding.evidence).toEqual(judgement.evidence);
      if (judgement.evidence)
        expect(JSON.parse(JSON.stringify(judgement.evidence))).toEqual(judgement.evidence);
      expect(`${messageId}: ${judgement.message}`.length).toBeLessThanOrEqual(ANNOTATION_LIMIT);
      expect(annotationOf(finding)).toBe(`${messageId}: ${judgement.message}`);
      expect(observe(rule, given).judgement).toEqual(judgement);
    });

    it('never passes or skips without a facet it looked at', () => {
      for (const { verdict, name, ...given } of all) {
        const { touched, values } = observe(rule, given);
        // Name, account and Region may say that a rule is not for a bucket or fails it, never that it is in order.
        if (verdict === 'COMPLIANT') expect(touched.size, name).toBeGreaterThan(0);
        for (const missing of touched) {
          const subject = subjectWith(rule, given.facets, given.identity, new Set([missing]));
          const finding = evaluate(rule, subject, contextOf(values));
          expect(finding, `${name} without ${missing}`).toMatchObject({
            state: 'UNKNOWN',
            verdict: 'NON_COMPLIANT',
          });
        }
      }
    });
  });
}

/**
 * The one tester of rules. Besides the cases given, it proves for every rule, without a word in its test, that each
 * message is exercised, that the facets touched are the facets declared, that each parameter is read, that inputs are
 * left alone, that the same input gives the same verdict, that missing evidence never passes, and that annotations fit.
 */
export function describeRule(rule: Rule, cases: Cases): void {
  const all = configurationsOf(rule, cases).filter(({ messageId }) => messageId !== UNKNOWN);
  describeConfigurations(rule, cases);

  describe(rule.id, () => {
    it('has a case for each of its messages', () => {
      const exercised = new Set(all.map(({ messageId }) => messageId));
      expect([...exercised].sort()).toEqual(Object.keys(rule.messages).sort());
    });

    it('touches exactly the facets in reads, and every parameter', () => {
      const observed = all.map((given) => observe(rule, given));
      const touched = new Set(observed.flatMap(({ touched }) => [...touched]));
      const read = new Set(observed.flatMap(({ read }) => [...read]));
      expect([...touched].sort()).toEqual([...rule.reads].sort());
      expect([...read].sort()).toEqual(Object.keys(rule.parameters).sort());
    });
  });
}

interface Given {
  readonly facets: Facets;
  readonly params: Values;
  readonly identity: Partial<Identity>;
  readonly unreadable: readonly FacetName[];
}

function observe(rule: Rule, { facets, params, identity, unreadable }: Given) {
  const touched = new Set<FacetName>();
  const read = new Set<string>();
  const values = deepFreeze(parametersOf(rule, emptySettings, params));
  const subject = subjectWith(rule, deepFreeze(facets), identity, new Set(unreadable), touched);
  const watched = new Proxy(values, {
    get(target, name) {
      read.add(String(name));
      return Reflect.get(target, name);
    },
  });
  return { judgement: rule.evaluate(subject, watched), subject, values, touched, read };
}

function subjectWith(
  { subject: kind }: Rule,
  facets: Facets,
  identity: Partial<Identity>,
  missing: ReadonlySet<FacetName>,
  touched = new Set<FacetName>(),
): Subject {
  const who = { ...kinds[kind].example, ...identity };
  const Subject = subjectClass([...new Set([...(Object.keys(facets) as FacetName[]), ...missing])]);
  return new Subject(who, (name): Reading<unknown> => {
    touched.add(name);
    return missing.has(name) ? { unavailable: 'the test withholds it' } : { value: facets[name] };
  });
}

function contextOf(params: Values) {
  return { params, waivers: [], accounts: {}, now: '2026-01-01T00:00:00.000Z', capturedAt: null };
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return value instanceof Map ? value : Object.freeze(value);
}
