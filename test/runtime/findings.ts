import { fileURLToPath } from 'node:url';
import type { Finding } from '../../src/engine/finding.ts';
import { findingsIn, run } from '../cli/run.ts';
import { ORGANIZATION } from './organization.ts';

/** The clock of the command line and, where it starts, of the functions. */
export const NOW = '2026-11-02T12:00:00Z';

/** The settings that the functions carry. */
export const SETTINGS = fileURLToPath(new URL('../../examples/settings.yaml', import.meta.url));

/** What the command line says of the example organization at a time (ISO). */
export async function findingsAt(now: string): Promise<readonly Finding[]> {
  const { stdout } = await run([
    ...['evaluate', ORGANIZATION, '--settings', SETTINGS, '--now', now],
    ...['--format', 'ndjson', '--fail-on', 'never'],
  ]);
  return findingsIn(stdout);
}
