import { expect, it } from 'vitest';
import { annotationOf, type Finding, verdictForConfig } from '../../src/engine/finding.ts';
import { underSettings } from '../../src/engine/words.ts';
import { asffOf } from '../../src/formats/asff.ts';
import { DIGEST_FIELD } from '../../src/formats/asff-fields.ts';
import { changeOf, findingFrom } from '../../src/security-hub/change.ts';
import { ruleTexts } from '../../src/settings-file/rule-texts.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import { run } from '../cli/run.ts';
import { eventOf } from './world.ts';

const NOW = '2026-11-23T00:00:00Z';
const times = { createdAt: NOW, updatedAt: NOW };

it('reads every finding of the example organization back from what AWS Config is told of it', async () => {
  const settings = await loadSettings('examples/settings.yaml');
  const { waivers, organization } = settings;
  const texts = ruleTexts.map((words) => underSettings(words, settings));
  const exceptions = { waivers, accounts: organization.accounts };
  const { stdout } = await run([
    ...['evaluate', 'examples/organization', '--settings', 'examples/settings.yaml'],
    ...['--now', NOW, '--format', 'ndjson'],
  ]);
  const findings = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
  let whole = 0;
  for (const finding of findings) {
    const { rule: id, subject, message } = finding;
    const annotation = annotationOf(finding);
    const verdict = verdictForConfig(finding);
    const event = eventOf({
      rule: id,
      type: subject.type,
      id: subject.id,
      verdict,
      annotation,
      at: 0,
    });
    const change = changeOf(event, texts);
    if (change === undefined) throw new Error(`${id} is not known`);
    const read = findingFrom(change, subject, exceptions, NOW);
    const { state, messageId, severity, requirements } = finding;
    expect(read).toMatchObject({ state, severity, requirements, messageId });
    if (!annotation.endsWith(message)) continue;
    // Told in full, it makes the same finding in Security Hub as the command line does.
    whole++;
    const context = { ...times, rule: change.rule, partition: 'aws', region: subject.region };
    const digests = [read, finding].map(
      (each) => asffOf(each, context).ProductFields[DIGEST_FIELD],
    );
    expect(digests[0]).toBe(digests[1]);
  }
  expect(whole).toBeGreaterThan(findings.length * 0.9);
});
