import { Writable } from 'node:stream';
import { main } from '../cli/main.ts';

/** The time that the waivers of the example are judged at in the README. */
const NOW = '2026-11-23T00:00:00Z';
const BLOCK = /(```text\n)[\s\S]*?(\n```)/g;

/** The README with what `npm start` prints now: first its tables, then two of its findings. */
export async function readmeOf(current: string, root: string): Promise<string> {
  const output = await exampleOutput(root);
  const tables = output.slice(output.indexOf('\nrule ') + 1).trimEnd();
  const findings = output.split('\n\n').slice(0, 2).join('\n\n');
  const blocks = [tables, findings];
  return current.replace(BLOCK, (_, open: string, close: string) => open + blocks.shift() + close);
}

async function exampleOutput(root: string): Promise<string> {
  let text = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const args = [`${root}examples/organization`, '--settings', `${root}examples/settings.yaml`];
  await main(['evaluate', ...args, '--fail-on', 'never', '--now', NOW], {
    stdin: process.stdin,
    stdout: sink,
    stderr: silent,
    now: () => new Date(NOW),
  });
  return text;
}
