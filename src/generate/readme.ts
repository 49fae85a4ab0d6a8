import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { main } from '../cli/main.ts';

const BLOCK = /(```text\n)[\s\S]*?(\n```)/g;

/** The README with what `npm start` prints: first two of its findings, then its tables. */
export async function readmeOf(current: string, root: string): Promise<string> {
  const output = await exampleOutput(root);
  const tables = output.slice(output.indexOf('\nrule ') + 1).trimEnd();
  const findings = output.split('\n\n').slice(0, 2).join('\n\n');
  const blocks = [findings, tables];
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
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  // What follows builds the dashboard.
  const [evaluation = ''] = scripts.start.split(' && ');
  const [, words = ''] = evaluation.split('src/generate/launch/built.mjs ');
  const args = words
    .split(' ')
    .map((word: string) => word.replace(/^examples\//, `${root}examples/`));
  // The script says which time waivers are judged at, so that its output stays what it is; no clock is asked.
  const now = () => new Date(Number.NaN);
  await main(args, { stdin: process.stdin, stdout: sink, stderr: silent, now });
  return text;
}
