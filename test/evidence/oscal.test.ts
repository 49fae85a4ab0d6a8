import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BundleWriter } from '../../src/evidence/bundle/writer.ts';
import { dossierOf } from '../../src/evidence/dossier.ts';
import { makeBundle } from '../../src/evidence/export.ts';
import { faultsInDocuments } from '../../src/evidence/oscal/check.ts';
import { controlId, markup, objectiveId, oneLine } from '../../src/evidence/oscal/ids.ts';
import { frameworks } from '../../src/frameworks/index.ts';
import { account, bucket, judged, scratch, settingsOf, snapshot } from './given.ts';

const SCHEMAS = '../shared/real-data/oscal-schemas';
const { folder, remove } = scratch();
afterAll(remove);

async function documentsOf(items: readonly object[], name: string) {
  const place = join(folder, name);
  snapshot(place, 1, items);
  const waivers = [
    {
      ...{
        id: 'w *1*',
        rule: 's3-block-public-access-bucket',
        subject: { account },
        owner: 'a@example.com',
      },
      ...{
        approver: 'b@example.com',
        reason: 'A move.',
        created: '2026-09-04',
        expires: '2026-12-08',
      },
    },
  ];
  const runs = await judged(place, settingsOf({ waivers }));
  const period = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' };
  const dossier = await dossierOf(runs, { period, organization: 'Example <b>' });
  const bundle = join(place, 'bundle');
  await makeBundle(dossier, {
    writer: await BundleWriter.open(bundle),
    signer: null,
    previous: null,
    madeAt: period.to,
  });
  const files = readdirSync(join(bundle, 'oscal'));
  const documents = new Map(
    files.map((file) => [file, JSON.parse(readFileSync(join(bundle, 'oscal', file), 'utf8'))]),
  );
  const others = readdirSync(bundle, { recursive: true, encoding: 'utf8' }).map(
    (file) => `../${file}`,
  );
  return { documents, others: new Set(others) };
}

describe('the documents of OSCAL', () => {
  let open: Awaited<ReturnType<typeof documentsOf>>;
  let clean: Awaited<ReturnType<typeof documentsOf>>;
  const secure = {
    policyText: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: ['arn:aws:s3:::data', 'arn:aws:s3:::data/*'],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    }),
  };
  beforeAll(async () => {
    open = await documentsOf([bucket('data', false), bucket('other', true)], 'open');
    clean = await documentsOf([bucket('data', true, {}, { BucketPolicy: secure })], 'clean');
  });

  it('have unique ids, and what they refer to is there', () => {
    expect(faultsInDocuments(open.documents, open.others)).toEqual([]);
    expect(faultsInDocuments(clean.documents, clean.others)).toEqual([]);
  });

  it('would be refused with an id that stands twice, and with a reference to nothing', () => {
    const broken = new Map([
      [
        'a.json',
        { uuid: 'x', parts: [{ uuid: 'x' }, { 'control-id': 'none' }, { href: '#none' }] },
      ],
    ]);
    expect(faultsInDocuments(broken, new Set())).toEqual([
      'a.json: uuid x stands twice.',
      'a.json: control-id none refers to nothing.',
      'a.json: href #none refers to nothing.',
    ]);
  });

  it('have no plan of action where nothing is open', () => {
    expect([...open.documents.keys()]).toContain('plan-of-action-and-milestones.json');
    expect([...clean.documents.keys()]).not.toContain('plan-of-action-and-milestones.json');
  });

  it('say of objectives, and never of a paragraph of the law, that they are satisfied', () => {
    const { results } = clean.documents.get('assessment-results.json')['assessment-results'];
    const targets = results[0].findings.map(
      ({ target }: { target: { type: string; 'target-id': string } }) => target,
    );
    expect(targets.length).toBeGreaterThan(3);
    for (const target of targets) {
      expect(target.type).toBe('objective-id');
      expect(target['target-id']).toMatch(/_obj\.s3-/);
    }
  });

  it('show a waiver as a deviation that was approved until its end', () => {
    const { results } = open.documents.get('assessment-results.json')['assessment-results'];
    const waived = results[0].risks.find(
      ({ status }: { status: string }) => status === 'deviation-approved',
    );
    expect(waived).toMatchObject({ deadline: '2026-12-08T23:59:59Z' });
  });

  const schemaOf = (file: string) => {
    const name = file
      .replace('.json', '')
      .replace('component-definition', 'component')
      .replace('mapping-collection', 'mapping')
      .replace('plan-of-action-and-milestones', 'poam');
    return JSON.parse(readFileSync(`${SCHEMAS}/oscal_${name}_schema.json`, 'utf8'));
  };

  it.runIf(existsSync(SCHEMAS))(
    'are valid under the schemas of NIST (skipped without ../shared)',
    { timeout: 60_000 },
    () => {
      for (const { documents } of [open, clean]) {
        for (const [file, document] of documents) {
          const validate = new Ajv({ strict: false, validateFormats: false }).compile(
            schemaOf(file),
          );
          expect(validate(document), `${file}: ${JSON.stringify(validate.errors)}`).toBe(true);
        }
      }
    },
  );
});

describe('the ids of OSCAL', () => {
  const ids = frameworks.flatMap(({ id, requirements }) =>
    Object.keys(requirements).map((each) => `${id} ${each}`),
  );

  it('are tokens, and differ for every requirement', () => {
    const tokens = ids.map(controlId);
    expect(new Set(tokens).size).toBe(ids.length);
    for (const token of tokens) expect(token).toMatch(/^[\p{L}_][\p{L}\p{N}._-]*$/u);
    expect(objectiveId('hipaa 164.312(a)(2)(iv)', 's3-tls-only')).toBe(
      'hipaa-164.312.a.2.iv_obj.s3-tls-only',
    );
  });

  it('show text of strangers as it stands', () => {
    expect(markup('<img src=x> [a](javascript:b) *c*\n')).toBe(
      '\\<img src=x\\> \\[a\\](javascript:b) \\*c\\*\\u{a}'.replace('\\u{a}', '\\\\u\\{a\\}'),
    );
    expect(oneLine('  ')).toBe('(empty)');
  });
});
