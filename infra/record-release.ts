import { mkdirSync, writeFileSync } from 'node:fs';
import {
  baseOf,
  breaks,
  currentRecord,
  FOLDER,
  fileOf,
  mayBreak,
  recordedReleases,
} from './release-record.ts';

/**
 * npm run record-release: keeps what the world relies on of this version, in test/infra/releases/<version>.json, for the next
 * release to be compared with. A version that was released is never recorded again.
 */
const record = await currentRecord();
const others = recordedReleases();
const own = others.find(({ version }) => version === record.version);
const base = baseOf(others.filter(({ version }) => version !== record.version));
const broken = base && !mayBreak(base.version, record.version) ? breaks(base, record) : [];
if (own && own.released !== null) {
  refuse(`${own.version} was released on ${own.released}: set the next version in package.json.`);
} else if (broken.length > 0) {
  refuse(`This breaks what ${base?.version} promised:\n${broken.join('\n')}`);
} else {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(record.version), `${JSON.stringify(record, null, 1)}\n`);
  const state = record.released === null ? 'not released yet' : `released on ${record.released}`;
  process.stdout.write(`Recorded ${record.version}, ${state}.\n`);
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 1;
}
