/** How long the policy engine takes for a typical policy and for hostile ones: `npx tsx bench/policy.ts`. */
import { performance } from 'node:perf_hooks';
import { parsePolicy } from '../src/policy/language/document.ts';
import { undenied } from '../src/policy/questions/denials.ts';
import { unscopedGrants } from '../src/policy/questions/grants.ts';
import { publicStatements } from '../src/policy/questions/public.ts';
import { trust } from '../test/policy/trust.ts';
import { bucket } from '../test/policy/words.ts';
import { policies } from './policies.ts';

// With limits every grant is judged for each of the partners as well, as in an organization that writes them all down.
const partners = Array.from({ length: 40 }, (_, n) => String(200_000_000_000 + n));
const limited = {
  ...trust,
  accounts: [...trust.accounts, ...partners],
  grants: [
    { principal: '111122223333', actions: ['s3:Get*'], prefixes: ['out/'] },
    ...partners.map((principal, n) => ({ principal, prefixes: [`teams/team-${n}/`] })),
  ],
  forbiddenActions: ['s3:PutBucketPolicy'],
};

const questions: readonly (readonly [string, (text: string) => unknown])[] = [
  ['scoped', (text) => unscopedGrants(parsePolicy(text), bucket, trust)],
  ['limits', (text) => unscopedGrants(parsePolicy(text), bucket, limited)],
  [
    'tls',
    (text) => undenied(parsePolicy(text), bucket, { keys: { 'aws:SecureTransport': 'false' } }),
  ],
  ['public', (text) => publicStatements(parsePolicy(text), bucket)],
];

function measure(run: () => unknown): { readonly median: number; readonly p95: number } {
  const times: number[] = [];
  // The first runs, before the code is compiled, are not counted.
  for (let n = -5; n < 40; n++) {
    const start = performance.now();
    run();
    if (n >= 0) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { median: times[20] ?? 0, p95: times[38] ?? 0 };
}

const only = process.argv[2] ?? '';
let worst = 0;
for (const [name, text] of policies.filter(([policy]) => policy.includes(only))) {
  const cells = questions.map(([question, ask]) => {
    const { median, p95 } = measure(() => ask(text));
    if (name !== 'typical') worst = Math.max(worst, median);
    return `${question} ${median.toFixed(2)} / ${p95.toFixed(2)}`.padEnd(24);
  });
  process.stdout.write(
    `${name.padEnd(48)} ${String(text.length).padStart(6)} B  ${cells.join('')}\n`,
  );
}
process.stdout.write(
  `milliseconds, median / p95, parsing included; worst median ${worst.toFixed(1)}\n`,
);
