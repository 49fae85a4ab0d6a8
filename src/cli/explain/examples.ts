import { parametersOf } from '../../engine/parameters.ts';
import type { Rule } from '../../engine/rule.ts';
import { snippetsOf, TITLES, TOOLS, type Tool } from '../../explanation/fix.ts';
import { kinds } from '../../records/kinds.ts';
import { accountItem } from '../../records/normalise.ts';
import { changeFor, remedies } from '../../remedies/table.ts';
import { emptySettings } from '../../settings/settings.ts';

/** Of a bucket without a policy and without settings, each change that the rule asks for, as every tool writes it. */
export function changesToPaste(rule: Rule): string {
  const subject = kinds[rule.subject].example;
  const item = {
    ...accountItem(subject.account, subject.region, '2026-01-01T00:00:00Z'),
    supplementary: {},
  };
  const params = parametersOf(rule, emptySettings);
  const written = new Map<string, string[]>();
  for (const messageId of Object.keys(remedies[rule.id] ?? {})) {
    const change = changeFor({ finding: { rule: rule.id, messageId, subject }, item, params });
    if (change === null) continue;
    const text = snippetsOf(change, { subject }, Object.keys(TOOLS) as Tool[])
      .map((snippet) => `${TITLES[snippet.tool]}\n\n${snippet.text.replace(/^/gm, '    ')}`)
      .join('\n\n');
    written.set(text, [...(written.get(text) ?? []), messageId]);
  }
  return [...written].map(([text, ids]) => `For ${ids.join(', ')}\n\n${text}\n`).join('\n');
}
