import { generateKeyPairSync } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsInChain, notesOnChain } from '../../src/evidence/bundle/chain.ts';
import {
  ENVELOPE,
  MANIFEST,
  type Manifest,
  SCHEMA,
  SUMS,
} from '../../src/evidence/bundle/manifest.ts';
import { collidingNames, flawInName } from '../../src/evidence/bundle/names.ts';
import { fingerprintOf, localSigner, type Signer } from '../../src/evidence/bundle/sign.ts';
import { PUBLIC_KEY, verifyFiles } from '../../src/evidence/bundle/verify.ts';
import { BundleWriter, NotFree } from '../../src/evidence/bundle/writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

const keyOf = (type: 'ec' | 'ed25519') => {
  const pair =
    type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519');
  return pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
};
const signer = localSigner(keyOf('ec'));

/** A small bundle in a folder of its own. */
async function bundle(name: string, by: Signer | null = signer): Promise<string> {
  const place = join(folder, name);
  const writer = await BundleWriter.open(place);
  await writer.add('index.html', '<p>page</p>');
  await writer.add('items/ab/abc.json', '{"a":1}');
  const lines = await writer.stream('results/results.ndjson');
  for (let index = 0; index < 50; index++) await lines.add(`{"id":${index}}\n`);
  await lines.end();
  if (by) await writer.add(PUBLIC_KEY, by.publicKey);
  await writer.seal(about(by), by);
  return place;
}

const about = (by: Signer | null): Omit<Manifest, 'files'> => ({
  schema: SCHEMA,
  id: '6f9619ff-8b86-5011-b42d-00c04fc964ff',
  sequence: 1,
  previous: null,
  period: { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' },
  madeAt: '2026-11-01T00:00:00.000Z',
  tool: { name: 's3-config-rules', version: '0', commit: 'c' },
  scope: { requirements: null, rules: [] },
  runs: ['20261031T000000Z-0123abcd'],
  signer: by ? fingerprintOf(by.publicKey) : null,
});

/** .ci/run asks for a thousand. */
const CHANGES = Number(process.env['BYTE_CHANGES'] ?? 210);

describe('a bundle', () => {
  let sound: string;
  let unsigned: string;
  beforeAll(async () => {
    sound = await bundle('sound');
    unsigned = await bundle('unsigned', null);
  });

  const faultsIn = async (place: string, key: string | null = null) =>
    (await verifyFiles(place, key)).faults;
  let copies = 0;
  const copy = (of = sound) => {
    const place = join(folder, `copy-${copies++}`);
    cpSync(of, place, { recursive: true });
    return place;
  };

  it('is sound as it was written, signed or not', async () => {
    expect(await verifyFiles(sound, null)).toMatchObject({ faults: [], signature: 'own key' });
    expect(await verifyFiles(sound, signer.publicKey)).toMatchObject({
      faults: [],
      signature: 'given key',
    });
    expect(await verifyFiles(unsigned, null)).toMatchObject({ faults: [], signature: 'none' });
    expect(await faultsIn(await bundle('edwards', localSigner(keyOf('ed25519'))))).toEqual([]);
  });

  it(`shows each of ${CHANGES} changes of a single byte`, { timeout: 60_000 }, async () => {
    const files = [
      MANIFEST,
      SUMS,
      ENVELOPE,
      PUBLIC_KEY,
      'index.html',
      'items/ab/abc.json',
      'results/results.ndjson',
    ];
    const place = copy();
    let seed = 1;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const unseen: string[] = [];
    for (let turn = 0; turn < CHANGES; turn++) {
      const name = files[turn % files.length] as string;
      const content = readFileSync(join(place, name));
      const at = random(content.length);
      const changed = Buffer.from(content);
      changed[at] = (content[at] as number) ^ (1 << random(8));
      writeFileSync(join(place, name), changed);
      if ((await faultsIn(place)).length === 0) unseen.push(`${name} at ${at}`);
      writeFileSync(join(place, name), content);
    }
    expect(unseen).toEqual([]);
    expect(await faultsIn(place)).toEqual([]);
  });

  it.each<readonly [string, (place: string) => void, RegExp]>([
    ['a removed file', (place) => rmSync(join(place, 'items/ab/abc.json')), /abc.json" is missing/],
    [
      'an added file',
      (place) => writeFileSync(join(place, 'note.txt'), ''),
      /"note.txt" is not in manifest.json/,
    ],
    [
      'a renamed file',
      (place) => renameSync(join(place, 'index.html'), join(place, 'Index.html')),
      /"index.html" is missing/,
    ],
    [
      'a cut file',
      (place) => writeFileSync(join(place, 'results/results.ndjson'), ''),
      /has 0 bytes/,
    ],
    [
      'swapped files',
      (place) => {
        renameSync(join(place, 'index.html'), join(place, 'x'));
        renameSync(join(place, 'items/ab/abc.json'), join(place, 'index.html'));
        renameSync(join(place, 'x'), join(place, 'items/ab/abc.json'));
      },
      /"index.html" has 7 bytes/,
    ],
    [
      'a name that differs in case only',
      (place) => writeFileSync(join(place, 'INDEX.html'), ''),
      /only in case/,
    ],
    [
      'a link',
      (place) => {
        rmSync(join(place, 'index.html'));
        symlinkSync('items/ab/abc.json', join(place, 'index.html'));
      },
      /neither a file nor a folder/,
    ],
    [
      'a name with marks that reorder text',
      (place) => writeFileSync(join(place, 'a\u202eb'), ''),
      /does not print/,
    ],
    ['an empty folder', (place) => mkdirSync(join(place, 'x')), /empty folder/],
    ['no manifest', (place) => rmSync(join(place, MANIFEST)), /manifest.json is missing/],
    ['no sums', (place) => rmSync(join(place, SUMS)), /SHA256SUMS is missing/],
    ['no signature', (place) => rmSync(join(place, ENVELOPE)), /names a signer/],
    [
      'a key that stands twice',
      (place) => {
        const text = readFileSync(join(place, MANIFEST), 'utf8');
        writeFileSync(join(place, MANIFEST), text.replace('{', '{"sequence":1,'));
      },
      /not canonical JSON/,
    ],
  ])('shows %s', async (_, damage, expected) => {
    const place = copy();
    damage(place);
    expect((await faultsIn(place)).join('\n')).toMatch(expected);
  });

  it('is not sound under the key of somebody else, however it was signed', async () => {
    const other = localSigner(keyOf('ec'));
    expect((await faultsIn(sound, other.publicKey)).join()).toMatch(/signed by the key/);
    expect((await faultsIn(unsigned, other.publicKey)).join()).toMatch(/no signature/);
    const place = copy();
    const envelope = join(await bundle('forged', other), ENVELOPE);
    cpSync(envelope, join(place, ENVELOPE));
    expect((await faultsIn(place, signer.publicKey)).join()).toMatch(/another key/);
  });

  it('is not written where something stands, and leaves nothing when it fails', async () => {
    await expect(BundleWriter.open(sound)).rejects.toThrow(NotFree);
    const writer = await BundleWriter.open(join(folder, 'broken'));
    await expect(writer.add('../out', '')).rejects.toThrow(/empty part/);
    await writer.discard();
    await expect(verifyFiles(join(folder, 'broken'), null)).rejects.toThrow(/ENOENT/);
  });
});

describe('a chain of bundles', () => {
  const linked = (sequence: number, previous: string | null) => ({
    name: `bundle ${sequence}`,
    manifest: { ...about(null), sequence, previous, files: [] },
    manifestSha256: `hash-${sequence}`,
  });

  it.each<readonly [string, ReturnType<typeof linked>[], number | null, RegExp | null]>([
    ['is whole', [linked(1, null), linked(2, 'hash-1'), linked(3, 'hash-2')], 3, null],
    ['in any order', [linked(2, 'hash-1'), linked(1, null)], null, null],
    ['lacks one in the middle', [linked(1, null), linked(3, 'hash-2')], null, /missing or double/],
    [
      'holds one twice',
      [linked(1, null), linked(2, 'hash-1'), linked(2, 'hash-1')],
      null,
      /missing or double/,
    ],
    [
      'was made anew in the middle',
      [linked(1, null), linked(2, 'other')],
      null,
      /another manifest/,
    ],
    [
      'lacks its beginning',
      [linked(2, 'hash-1'), linked(3, 'hash-2')],
      3,
      /first bundle is missing/,
    ],
    ['was cut at its end', [linked(1, null), linked(2, 'hash-1')], 3, /ends with number 2/],
  ])('%s', (_, bundles, count, expected) => {
    const faults = faultsInChain(bundles, count);
    if (expected) expect(faults.join()).toMatch(expected);
    else expect(faults).toEqual([]);
  });
});

describe('a chain that is sound', () => {
  const about = (sequence: number, [from, to]: readonly [string, string], signer = 'key-1') => ({
    name: `bundle-${sequence}`,
    manifest: { sequence, signer, period: { from, to } } as Manifest,
    manifestSha256: `hash-${sequence}`,
  });
  const [a, b, c, d] = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'];
  it.each([
    ['follows', [about(1, [a, b]), about(2, [b, c])], []],
    ['is given in part', [about(2, [a, b]), about(3, [b, c])], [/number 2: those before/]],
    [
      'changes its key',
      [about(1, [a, b]), about(2, [b, c], 'key-2')],
      [/2 signers: key-1 and key-2/],
    ],
    ['leaves out time', [about(1, [a, b]), about(2, [c, d])], [/No bundle is about the time from/]],
    ['repeats time', [about(1, [a, b]), about(2, [a, b])], [/begins at .* before .* ends at/]],
    ['is one bundle', [about(2, [a, b])], []],
  ] as const)('%s', (_, bundles, expected) => {
    const notes = notesOnChain(bundles);
    expect(notes).toHaveLength(expected.length);
    for (const [index, note] of notes.entries()) expect(note).toMatch(expected[index] as RegExp);
  });
});

describe('the name of a file in a bundle', () => {
  it.each([
    '/etc/passwd',
    'C:/x',
    '../x',
    'a//b',
    'a/./b',
    'a\\b',
    'a\u0000b',
    'e\u0301',
    '',
  ])('is refused: %j', (name) => {
    expect(flawInName(name)).not.toBeNull();
  });

  it('is taken when it is plain, and names that differ in case collide', () => {
    expect(flawInName('requirements/hipaa/164.312.a.2.iv/index.html')).toBeNull();
    expect(collidingNames(['a/B', 'a/b', 'c'])).toEqual(['a/B', 'a/b']);
  });
});
