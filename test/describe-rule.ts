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
  /** The message expected. */
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

/**
 * The one tester of rules. Besides the cases given, it proves for every rule, without a word in its test, that each
 * message is exercised, that the facets touched are the facets declared, that each parameter is read, that inputs are
 * left alone, that the same input gives the same verdict, that missing evidence never passes, and that annotations fit.
 */
export function describeRule(rule: Rule, cases: Cases): void {
  const all = cases.cases.map(
    ({ when: name, says: messageId, facts = {}, params = {}, subject = {}, unreadable = [] }) => ({
      ...{ name, messageId, facets: facts, params, identity: subject, unreadable },
      verdict: rule.messages[messageId]?.verdict,
    }),
  );
  const run = ({ facets, ...rest }: Given) =>
    observe(rule, { facets: { ...cases.given, ...facets }, ...rest });

  describe(rule.id, () => {
    it.each(all)('$messageId: $name', ({ verdict, messageId, ...given }) => {
      const { judgement, subject, values } = run(given);
      expect(judgement).toMatchObject({ verdict, messageId });
      expect(judgement.message).toMatch(/\.$/);
      const finding = evaluate(rule, subject, contextOf(values));
      expect(finding).toMatchObject({ verdict, messageId, message: judgement.message });
      expect(finding.evidence).toEqual(judgement.evidence);
      if (judgement.evidence)
        expect(JSON.parse(JSON.stringify(judgement.evidence))).toEqual(judgement.evidence);
      expect(`${messageId}: ${judgement.message}`.length).toBeLessThanOrEqual(ANNOTATION_LIMIT);
      expect(annotationOf(finding)).toBe(`${messageId}: ${judgement.message}`);
      expect(run(given).judgement).toEqual(judgement);
    });

    it('has a case for each of its messages', () => {
      const exercised = new Set(all.map(({ messageId }) => messageId));
      expect([...exercised].sort()).toEqual(Object.keys(rule.messages).sort());
    });

    it('touches exactly the facets in reads, and every parameter', () => {
      const observed = all.map(run);
      const touched = new Set(observed.flatMap(({ touched }) => [...touched]));
      const read = new Set(observed.flatMap(({ read }) => [...read]));
      expect([...touched].sort()).toEqual([...rule.reads].sort());
      expect([...read].sort()).toEqual(Object.keys(rule.parameters).sort());
    });

    it('never passes or skips without a facet it looked at', () => {
      for (const { verdict, name, ...rest } of all) {
        const { touched, values } = run(rest);
        // Name, account and Region may say that a rule is not for a bucket or fails it, never that it is in order.
        if (verdict === 'COMPLIANT') expect(touched.size, name).toBeGreaterThan(0);
        for (const missing of touched) {
          const given = { ...cases.given, ...rest.facets };
          const subject = subjectWith(rule, given, rest.identity, new Set([missing]));
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

/** Further cases of a rule whose own test shows the rest: more of a kind that was once answered wrongly. */
export function describeCases(rule: Rule, { given, cases }: Cases): void {
  describe(`${rule.id}, more of a kind`, () => {
    it.each(cases.map((one) => [one.says, one.when, one] as const))('%s: %s', (says, _, one) => {
      const { facts = {}, params = {}, subject = {}, unreadable = [] } = one;
      const { judgement } = observe(rule, {
        facets: { ...given, ...facts },
        params,
        identity: subject,
        unreadable,
      });
      expect(judgement, judgement.message).toMatchObject({ messageId: says });
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
