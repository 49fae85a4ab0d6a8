import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../../rules/index.ts';
import { runDataOf } from '../../src/dashboard/from-results.ts';
import { pageCode } from '../../src/dashboard/page-code.ts';
import type { RunData } from '../../src/dashboard/run-data.ts';
import { writeDashboard } from '../../src/dashboard/write.ts';
import { judgeInto, openDataSet } from '../../src/results/index.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import { HOSTILE } from '../dashboard/make/hostile.ts';
import { organization } from '../dashboard/make/organization.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 's3-config-rules-browser-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true }));

const code = await pageCode();

export async function write(name: string, data: RunData, isSingle: boolean): Promise<string> {
  const output = join(place, name);
  await writeDashboard(data, { output, title: 'Example Health', isSingle, code, rules });
  return output;
}

/** The embedded example organization, judged twice: first without waivers, so that there is something to compare with. */
async function example(): Promise<RunData> {
  const folder = join(place, 'results');
  const settings = await loadSettings(join(root, 'examples/settings.yaml'));
  const sources = [join(root, 'examples/organization')];
  const before = { ...settings, waivers: [], reviews: [] };
  await judgeInto(folder, sources, { settings: before, rules, now: '2026-10-19T12:00:00.000Z' });
  await judgeInto(folder, sources, { settings, rules, now: '2026-11-02T12:00:00.000Z' });
  const dataSet = await openDataSet(folder);
  const run = dataSet.runs.at(-1);
  if (run === undefined) throw new Error('There is no run.');
  return await runDataOf(dataSet, run);
}

export const exampleData = await example();
export const hostileData = organization({
  accounts: 12,
  buckets: HOSTILE.length,
  hostile: HOSTILE,
});

/** The example as a role would see it that may read nothing. */
const unreadable: RunData = {
  ...exampleData,
  findings: async function* () {
    for await (const row of exampleData.findings()) {
      yield row.state === 'NOT_APPLICABLE'
        ? row
        : { ...row, state: 'UNKNOWN', verdict: 'NON_COMPLIANT', messageId: 'evidenceUnavailable' };
    }
  },
  run: {
    ...exampleData.run,
    states: { ...exampleData.run.states, FAIL: 0, PASS: 0, WAIVED: 0, UNKNOWN: 2030 },
  },
};

/** Folders of dashboards: in one file, and as a folder of files. */
export const single = await write('single', exampleData, true);
export const folder = await write('folder', exampleData, false);
export const unknown = await write('unknown', unreadable, true);
export const hostile = await write('hostile', hostileData, true);
