import { expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { underWaivers } from '../../src/engine/evaluate.ts';
import { annotationOf, type Finding, verdictForConfig } from '../../src/engine/finding.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { requirementsOf } from '../../src/engine/requirement.ts';
import { type RuleWords, underSettings } from '../../src/engine/words.ts';
import { asffOf } from '../../src/formats/asff.ts';
import { DIGEST_FIELD } from '../../src/formats/asff-fields.ts';
import { changeOf, findingFrom } from '../../src/security-hub/change.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import type { AccountPaths, Waiver } from '../../src/settings/waiver.ts';
import { ruleTexts } from '../../src/settings-file/rule-texts.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import { findingsIn, run } from '../cli/run.ts';
import { ACCOUNT, eventOf, REGION, waiver } from './world.ts';

const NOW = '2026-11-23T00:00:00Z';
it('reads every finding of the example organization back from what AWS Config is told of it', async () => {
  const settings = await loadSettings('examples/settings.yaml');
  const { waivers, organization } = settings;
  const texts = ruleTexts.map((words) => underSettings(words, settings));
  const exceptions = { waivers, accounts: organization.accounts, now: NOW };
  const { stdout } = await run([
    ...['evaluate', 'examples/organization', '--settings', 'examples/settings.yaml'],
    ...['--now', NOW, '--format', 'ndjson'],
  ]);
  const findings = findingsIn(stdout);
  expect(findings.length).toBeGreaterThan(1500);
  for (const finding of findings) {
    const { change, read } = readBack(finding, texts, exceptions);
    const { state, messageId, severity, requirements } = finding;
    expect(read).toMatchObject({ state, severity, requirements, messageId });
    expect(digestOf(read, change.rule)).toBe(digestOf(finding, wordsOfRule(finding)));
  }
});

const SUBJECT = {
  ...{ type: 'AWS::S3::Bucket', id: 'b', name: 'b', arn: 'arn:aws:s3:::b' },
  ...{ account: ACCOUNT, region: REGION },
};

/** Sentences as no rule should write them, and how missing evidence is told of. */
const SENTENCES = [
  'There is no bucket policy.',
  `${'A long sentence on many grants, '.repeat(12)}and so on.`,
  `A grant to "${'\u{1f600}'.repeat(150)}".`,
  `Signs \u202e that \u0007 act on ${'\u200b'.repeat(70)} screens.`,
  'One: two: three, waived x, y: z.',
  ' ',
];
const UNSEEN = 'The bucket policy could not be assessed: access was denied.';

it.each([
  ['no waiver', []],
  ['a waiver in force', [waiver({ rule: '*', id: 'a-waiver-with-a-name-of-some-length_2026.1' })]],
  ['an expired waiver', [waiver({ rule: '*', expires: '2026-02-01' })]],
])('makes one finding of one judgement, on the command line and in the function, under %s', (_, given) => {
  const now = '2026-03-01T00:00:00.000Z';
  const texts = ruleTexts.map((words) => underSettings(words, emptySettings));
  let compared = 0;
  for (const rule of rules) {
    const waivers = given.map((each) => ({ ...each, rule: rule.id }));
    const exceptions = { waivers, accounts: {}, now };
    const params = parametersOf(rule, emptySettings);
    const told = Object.entries(rule.messages).map(([id, { verdict }]) => [id, verdict] as const);
    for (const [messageId, verdict] of [
      ...told,
      ['evidenceUnavailable', 'NON_COMPLIANT'] as const,
    ]) {
      const isUnseen = messageId === 'evidenceUnavailable';
      const [failed, skipped] = [isUnseen ? 'UNKNOWN' : 'FAIL', 'NOT_APPLICABLE'] as const;
      const state =
        verdict === 'COMPLIANT' ? 'PASS' : verdict === 'NON_COMPLIANT' ? failed : skipped;
      for (const message of isUnseen ? [UNSEEN] : SENTENCES) {
        const judged: Finding = {
          ...{ rule: rule.id, severity: rule.severity, subject: SUBJECT, capturedAt: now },
          ...{ verdict, state, messageId, message },
          requirements: requirementsOf(rule, messageId, params),
        };
        const finding = underWaivers(judged, exceptions);
        const { change, read } = readBack(finding, texts, exceptions);
        expect(read.state).toBe(finding.state);
        expect(read.requirements).toEqual(judged.requirements);
        expect(digestOf(read, change.rule)).toBe(digestOf(finding, wordsOfRule(finding)));
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(1000);
});

/** What the publisher makes of what AWS Config was told of a finding. */
function readBack(finding: Finding, texts: readonly RuleWords[], exceptions: Exceptions) {
  const { rule, subject } = finding;
  const [verdict, annotation] = [verdictForConfig(finding), annotationOf(finding)];
  const { type, id } = subject;
  const change = changeOf(eventOf({ rule, type, id, verdict, annotation, at: 0 }), texts);
  if (change === undefined) throw new Error(`${rule} is not known`);
  return { change, read: findingFrom(change, subject, exceptions, exceptions.now) };
}

function digestOf(finding: Finding, rule: RuleWords): string | undefined {
  const times = { createdAt: NOW, updatedAt: NOW };
  const context = { ...times, rule, partition: 'aws', region: finding.subject.region };
  const fields: Readonly<Record<string, string>> = asffOf(finding, context).ProductFields;
  return fields[DIGEST_FIELD];
}

/** As the command line has them: whatever the parameters of the settings. */
function wordsOfRule({ rule }: Finding): RuleWords {
  const words = ruleTexts.find(({ id }) => id === rule);
  if (words === undefined) throw new Error(`${rule} is not known`);
  return words;
}

interface Exceptions {
  readonly waivers: readonly Waiver[];
  readonly accounts: AccountPaths;
  readonly now: string;
}
