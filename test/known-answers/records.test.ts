import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { evaluate } from '../../src/embed/evaluate.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { parseSettings } from '../../src/settings-file/settings-file.ts';

/** Records with the one right answer: `expect` names a verdict or state by rule, or by rule@resource. */
interface Case {
  readonly id: string;
  readonly why: string;
  readonly now: string;
  readonly settings: object;
  readonly item?: object;
  readonly items?: readonly object[];
  readonly answers?: readonly object[];
  readonly subject?: string;
  readonly expect: Readonly<Record<string, string>>;
}

interface ServiceCase extends Omit<Case, 'now' | 'expect' | 'subject'> {
  readonly rule: string;
  readonly subject: string;
  readonly account: string;
  readonly expect: readonly string[];
}

interface Services {
  readonly now: string;
  readonly base_settings: object;
  readonly configRules: readonly object[];
  readonly cases: readonly ServiceCase[];
}

const folder = new URL('../../../shared/known-answers/', import.meta.url);
const isThere = existsSync(folder);
const read = <T>(file: string): T => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
if (!isThere) it.skip('known answers: skipped, ../shared/known-answers is not there', () => {});

const findingsOf = (
  { item, items = item ? [item] : [], answers = [], settings }: Omit<Case, 'expect' | 'now'>,
  now: string,
) =>
  evaluate([...items, ...answers], {
    rules,
    settings: parseSettings(JSON.stringify(settings), 'settings of the case'),
    now,
  });

const judged = (finding: Finding) => [finding.verdict, finding.state] as readonly string[];

/** Cases that are still answered wrongly. A case that passes has to leave the list. */
const open: readonly string[] = [];

const expectation = (id: string) => (open.includes(id) ? it.fails : it);

describe.runIf(isThere)('the rules on records with a known answer', () => {
  const cases = isThere
    ? ['bucket-settings.json', 'bug-reports.json'].flatMap((file) => read<Case[]>(file))
    : [];

  for (const each of cases) {
    expectation(each.id)(`${each.id}: ${each.why}`, async () => {
      const findings = await findingsOf(each, each.now);
      for (const [key, right] of Object.entries(each.expect)) {
        const [rule, resource = each.subject] = key.split('@');
        const found = findings.filter(
          ({ rule: id, subject }) =>
            id === rule && [undefined, subject.id, subject.name].includes(resource),
        );
        expect(found, key).not.toHaveLength(0);
        for (const finding of found) {
          expect(judged(finding), `${key}: ${finding.message}`).toContain(right);
        }
      }
    });
  }
});

describe.runIf(isThere)('the rules on answers of services with a known answer', () => {
  const services = isThere ? read<Services>('services.json') : undefined;
  const whole = (text: object) =>
    JSON.parse(
      JSON.stringify(text).replaceAll('"$configRules"', JSON.stringify(services?.configRules)),
    );

  for (const each of services?.cases ?? []) {
    expectation(each.id)(`${each.id}: ${each.why}`, async () => {
      const settings = { ...services?.base_settings, ...each.settings };
      const findings = await findingsOf(whole({ ...each, settings }), services?.now ?? '');
      const found = findings.filter(
        ({ rule, subject }) =>
          rule === each.rule && subject.account === each.account && subject.id === each.subject,
      );
      expect(found).toHaveLength(1);
      for (const { state, message } of found) expect(each.expect, message).toContain(state);
    });
  }
});
