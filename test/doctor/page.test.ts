import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXIT } from '../../src/cli/io.ts';
import { EXAMINATIONS } from '../../src/doctor/diagnosis.ts';
import { BOOTSTRAP_VERSION } from '../../src/doctor/judge/central.ts';
import { CONCURRENCY_WANTED, QUOTAS } from '../../src/doctor/judge/quotas.ts';
import { operations } from '../../src/doctor/operations.ts';
import { operations as asked } from '../../src/services/operations.ts';
import { CENTRAL, world } from './world.ts';

const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `?([\w-]+)`? \| (.+) \|$/gm)].map(([, head, text]) => ({
  head: head ?? '',
  text: text ?? '',
}));
const textOf = (examined: string) => rows.find(({ head }) => head === examined)?.text;

/** How the doctor ends. */
const CODES = [EXIT.clean, EXIT.findings, EXIT.usage, EXIT.failure, EXIT.partial];

it('lists what is examined, and every exit code', () => {
  const heads = rows.map(({ head }) => head).filter((head) => head !== '---');
  expect(heads).toEqual([...EXAMINATIONS, ...CODES.map(String)].sort(byPage));
});

/** The order of the page is its own. */
const byPage = (one: string, other: string) =>
  rows.findIndex(({ head }) => head === one) - rows.findIndex(({ head }) => head === other);

it('tells the numbers as they are', () => {
  expect(textOf('rules-quota')).toContain(QUOTAS.rules.toLocaleString('en'));
  expect(textOf('packs-quota')).toContain(` ${QUOTAS.packs} `);
  expect(textOf('pack-rules-quota')).toContain(` ${QUOTAS.rulesInPacks} `);
  expect(textOf('concurrency')).toContain(` ${CONCURRENCY_WANTED} `);
  expect(textOf('bootstrap')).toContain(`version than ${BOOTSTRAP_VERSION}`);
});

it('names the permissions of the caller and of the role, which are all that a run asks for', async () => {
  const [ofCaller = [], ofRole = []] = [...page.matchAll(/```json\n(.+?)```/gs)].map(
    ([, json]) => JSON.parse(json ?? '').Statement[0].Action as string[],
  );
  const calls: { readonly accessKeyId?: string | undefined; readonly operation: string }[] = [];
  for (const units of [['ou-exa1-workload'], ['r-exa1']]) {
    const { told, server } = await world(
      {},
      {
        deployment: {
          assetBucketPrefix: 'code',
          canary: undefined,
          organization: {
            id: 'o-examplehealth',
            managementAccount: '333344445555',
            units,
          },
        },
        buckets: { 'code-eu-central-1': {}, 'code-us-east-1': { region: 'us-east-1' } },
      },
    );
    expect((await told()).code).toBe(0);
    calls.push(...server.calls);
  }
  const actions = { ...asked, ...operations };
  const used = (isRole: boolean) =>
    [
      ...new Set(
        calls
          .filter(({ accessKeyId }) => (accessKeyId !== CENTRAL) === isRole)
          .map(({ operation }) => actions[operation as keyof typeof actions].action),
      ),
    ].sort();
  expect(used(true)).toEqual(ofRole);
  // Whoever has credentials may ask whose they are (AWS STS API reference, GetCallerIdentity).
  const more = used(false).filter((action) => !ofRole.includes(action));
  expect(more.filter((action) => action !== 'sts:GetCallerIdentity')).toEqual(ofCaller);
});

it('names the packages that it loads', () => {
  const files = ['doctor/operations.ts', 'services/whose-account.ts'];
  const source = files
    .map((file) => readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8'))
    .join('');
  const loaded = [...source.matchAll(/import\('@aws-sdk\/client-([\w-]+)'\)/g)].map(
    ([, name]) => name,
  );
  const [, named] = /@aws-sdk\/client-\{(.+)\}/.exec(page) ?? [];
  expect(named?.split(',')).toEqual(loaded.sort());
});
