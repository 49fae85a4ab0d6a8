import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyService, kmsSigner } from '../../src/evidence/aws/kms-signer.ts';
import { fetchBundle, placeOf, storeBundle } from '../../src/evidence/aws/store.ts';
import { envelopeOf, flawInEnvelope, UnusableKey } from '../../src/evidence/bundle/sign.ts';

const folder = mkdtempSync(join(tmpdir(), 'evidence-aws-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What KMS does with a key of ECC_NIST_P256: it signs a short message itself, or the hash that it is given. */
function keys(spec = 'ECC_NIST_P256') {
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  const key = createPrivateKey(pem);
  const types: string[] = [];
  const service: KeyService = {
    publicKey: async () => ({
      der: createPublicKey(key).export({ type: 'spki', format: 'der' }),
      spec,
    }),
    sign: async (_, message, type) => {
      types.push(type);
      if (type === 'RAW' && message.length > 4096) throw new Error('ValidationException');
      if (type === 'RAW') return sign('sha256', message, key);
      expect(message).toHaveLength(32);
      // Node signs no hash that was made elsewhere, so the message itself is looked up.
      return sign('sha256', long.get(message.toString('hex')) ?? Buffer.alloc(0), key);
    },
  };
  return { service, types };
}
const long = new Map<string, Buffer>();

describe('a signature by KMS', () => {
  const bundle = { id: 'i', sequence: 1, previous: null };

  it('is checked like one by a key in a file', async () => {
    const { service, types } = keys();
    const signer = await kmsSigner('arn:aws:kms:eu-central-1:111122223333:key/k', service);
    const signed = { files: { 'manifest.json': 'a'.repeat(64) }, bundle };
    const envelope = await envelopeOf(signed, signer);
    expect(flawInEnvelope(envelope, signed, signer.publicKey)).toBeNull();
    expect(flawInEnvelope(envelope, { ...signed, files: {} }, signer.publicKey)).toMatch(
      /other files/,
    );
    expect(types).toEqual(['RAW']);
  });

  it('is made of the hash where the message is longer than KMS takes', async () => {
    const { service, types } = keys();
    const signer = await kmsSigner('k', service);
    const message = Buffer.alloc(5000, 'x');
    long.set(createHash('sha256').update(message).digest('hex'), message);
    await signer.sign(message);
    expect(types).toEqual(['DIGEST']);
  });

  it('is not made by a key of another kind', async () => {
    await expect(kmsSigner('k', keys('RSA_2048').service)).rejects.toThrow(UnusableKey);
  });
});

describe('a bundle in S3', () => {
  const objects = new Map<
    string,
    { readonly body: Buffer; readonly headers: Record<string, unknown> }
  >();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3');
    const [, , ...rest] = decodeURIComponent(pathname).split('/');
    const key = rest.join('/');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method === 'PUT') {
      if (objects.has(key) && request.headers['if-none-match'] === '*') {
        response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
        return;
      }
      objects.set(key, { body: Buffer.concat(chunks), headers: request.headers });
      response.writeHead(200, { 'x-amz-version-id': `v-${objects.size}` }).end();
    } else if (searchParams.has('list-type')) {
      const prefix = searchParams.get('prefix') ?? '';
      const found = [...objects.keys()].filter((each) => each.startsWith(prefix)).sort();
      const after = Number(searchParams.get('continuation-token') ?? 0);
      const page = found.slice(after, after + 2);
      const more = after + 2 < found.length;
      const next = more ? `<NextContinuationToken>${after + 2}</NextContinuationToken>` : '';
      const list = page.map((each) => `<Contents><Key>${each}</Key></Contents>`).join('');
      response.end(
        `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${list}</ListBucketResult>`,
      );
    } else {
      const object = objects.get(key);
      if (object === undefined)
        response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
      else
        response
          .writeHead(200, {
            'x-amz-checksum-sha256': String(object.headers['x-amz-checksum-sha256']),
          })
          .end(object.body);
    }
  });
  let client: S3Client;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new S3Client({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ...{ forcePathStyle: true, region: 'eu-central-1', maxAttempts: 1 },
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
  });
  afterAll(async () => {
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  const source = join(folder, 'bundle');
  mkdirSync(join(source, 'items/ab'), { recursive: true });
  for (const name of ['manifest.json', 'SHA256SUMS', 'index.html', 'items/ab/c.json'])
    writeFileSync(join(source, name), `content of ${name}`);

  it('is stored whole, locked and with checksums, the manifest last, and comes back as it was', async () => {
    const until = '2033-01-01T00:00:00.000Z';
    const stored = await storeBundle(source, placeOf('s3://evidence/2026/10/'), until, client);
    expect(stored.map(({ key }) => key).at(-1)).toBe('2026/10/manifest.json');
    expect(stored[0]).toMatchObject({
      versionId: expect.stringMatching(/^v-/),
      retainUntil: until,
    });
    const { headers } = objects.get('2026/10/index.html') ?? {};
    expect(headers).toMatchObject({ 'x-amz-object-lock-mode': 'COMPLIANCE' });
    expect(Date.parse(String(headers?.['x-amz-object-lock-retain-until-date']))).toBe(
      Date.parse(until),
    );
    const back = join(folder, 'back');
    expect(await fetchBundle(placeOf('s3://evidence/2026/10'), back, client)).toBe(4);
    for (const name of ['manifest.json', 'items/ab/c.json'])
      expect(readFileSync(join(back, name), 'utf8')).toBe(`content of ${name}`);
  });

  it('overwrites nothing', async () => {
    await expect(
      storeBundle(source, placeOf('s3://evidence/2026/10'), null, client),
    ).rejects.toThrow(/is there already. Nothing is overwritten/);
  });

  it('is not fetched where it is not whole, damaged, or leads out of the folder', async () => {
    const place = placeOf('s3://evidence/2026/10');
    const to = join(folder, 'none');
    await expect(fetchBundle(placeOf('s3://evidence/2026/11'), to, client)).rejects.toThrow(
      /no whole bundle/,
    );
    const whole = objects.get('2026/10/index.html');
    objects.set('2026/10/index.html', {
      body: Buffer.from('other'),
      headers: whole?.headers ?? {},
    });
    await expect(fetchBundle(place, to, client)).rejects.toThrow(/[Cc]hecksum/);
    objects.set('2026/10/../../out', { body: Buffer.from('x'), headers: {} });
    await expect(fetchBundle(place, to, client)).rejects.toThrow();
    expect(existsSync(to)).toBe(false);
    // Nor is a part of it left, or written later.
    expect(readdirSync(folder).sort()).toEqual(['back', 'bundle']);
  });

  it('has a place of the form s3://bucket/prefix', () => {
    expect(placeOf('s3://abc')).toEqual({ bucket: 'abc', prefix: '' });
    expect(() => placeOf('https://abc')).toThrow(/s3:\/\/bucket\/prefix/);
  });
});
