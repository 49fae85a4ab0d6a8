import { beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { Finding } from '../../src/engine/finding.ts';
import type { RuleWords } from '../../src/engine/words.ts';
import { ocsfOf } from '../../src/formats/ocsf.ts';
import { ruleTexts } from '../../src/settings-file/rule-texts.ts';
import { run } from '../cli/run.ts';
import schema from './ocsf-1.6.0.json' with { type: 'json' };

/** What an object of the schema may hold (ocsf-1.6.0.json: attributes of the tag 1.6.0 of github.com/ocsf/ocsf-schema, with the profile cloud). */
interface Attribute {
  readonly type: string;
  readonly list?: boolean;
  readonly required?: boolean;
  readonly deprecated?: boolean;
  /** Captions by their number. */
  readonly enum?: Readonly<Record<string, string>>;
  /** The attribute with the caption; of 99, "Other", it is in the words of the source. */
  readonly sibling?: string;
}
/** At least one of these must be there. */
type OneOf = { readonly $atLeastOne?: readonly string[] };
type Attributes = Readonly<Record<string, Attribute>> & OneOf;
const objects = schema as unknown as Readonly<Record<string, Attributes>>;

interface Shown {
  readonly class_uid: number;
  readonly type_uid: number;
  readonly status: string;
  readonly metadata: { readonly version: string; readonly product: object };
  readonly compliance: { readonly status: string };
  readonly unmapped: { readonly state: string; readonly waiver_terms?: object };
  readonly time: number;
  readonly finding_info: Readonly<
    Record<'created_time' | 'last_seen_time' | 'modified_time', number>
  >;
}

function problemsOf(type: string, value: object, at = type): readonly string[] {
  const { $atLeastOne: needed = [], ...attributes } = objects[type] ?? {};
  const held = value as Readonly<Record<string, unknown>>;
  const bare =
    needed.length > 0 && !needed.some((name) => Object.hasOwn(value, name))
      ? [`${at} has none of ${needed.join(', ')}`]
      : [];
  const unlike = Object.entries(attributes).flatMap(([name, { enum: captions, sibling }]) => {
    const id = held[name];
    if (captions === undefined || sibling === undefined || id === undefined || id === 99) return [];
    const expected = captions[String(id)];
    return held[sibling] === expected ? [] : [`${at}.${sibling} is not ${expected}`];
  });
  const missing = Object.entries(attributes)
    .filter(([name, { required }]) => required && !Object.hasOwn(value, name))
    .map(([name]) => `${at}.${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, one]) => {
    const known = attributes[name];
    if (known === undefined) return [`${at}.${name} is not in the schema`];
    if (known.deprecated) return [`${at}.${name} is deprecated`];
    if (known.list !== Array.isArray(one) && (known.list || Array.isArray(one))) {
      return [`${at}.${name} is ${known.list ? 'no' : 'a'} list`];
    }
    return (known.list ? (one as unknown[]) : [one]).flatMap((each) =>
      problemOf(known, each, `${at}.${name}`),
    );
  });
  return [...bare, ...missing, ...wrong, ...unlike];
}

function problemOf(attribute: Attribute, value: unknown, at: string): readonly string[] {
  const { type } = attribute;
  if (attribute.enum && !Object.hasOwn(attribute.enum, String(value))) return [`${at}: ${value}`];
  if (type === 'integer_t' || type === 'long_t') {
    return Number.isSafeInteger(value) ? [] : [`${at} is no integer`];
  }
  if (type in objects) return problemsOf(type, value as object, at);
  if (type === 'object') return typeof value === 'object' ? [] : [`${at} is no object`];
  return typeof value === 'string' && value !== '' ? [] : [`${at} is no text`];
}

describe('the example organization as Compliance Findings', () => {
  let findings: readonly Shown[] = [];
  beforeAll(async () => {
    const { stdout } = await run([
      ...['evaluate', 'examples/organization', '--settings', 'examples/settings.yaml'],
      ...['--now', '2026-11-23T00:00:00Z', '--format', 'ocsf', '--pages', 'https://docs.example'],
    ]);
    findings = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  });

  it('satisfies the schema', () => {
    expect(findings.length).toBeGreaterThan(1500);
    expect(findings.flatMap((each) => problemsOf('compliance_finding', each))).toEqual([]);
  });

  it('says class, version, and what became of each state', () => {
    const states = new Map(
      findings.map(({ class_uid, type_uid, metadata, compliance, status, unmapped }) => [
        unmapped.state,
        [class_uid, type_uid, metadata.version, status, compliance.status],
      ]),
    );
    const [created, closed] = [200301, 200303].map((type) => [2003, type, '1.6.0']);
    expect(Object.fromEntries(states)).toEqual({
      PASS: [...(closed ?? []), 'Resolved', 'Pass'],
      FAIL: [...(created ?? []), 'New', 'Fail'],
      UNKNOWN: [...(created ?? []), 'New', 'Warning'],
      WAIVED: [...(created ?? []), 'Suppressed', 'Fail'],
      NOT_APPLICABLE: [...(closed ?? []), 'Archived', 'Not applicable'],
    });
  });

  it('has times that do not run backwards, and says by whom and until when it is waived', () => {
    for (const { time, finding_info: info, unmapped } of findings) {
      const { created_time: created, last_seen_time: seen, modified_time: modified } = info;
      expect([created, seen, modified, time].every(Number.isSafeInteger)).toBe(true);
      expect(created <= seen && seen <= modified && modified <= time).toBe(true);
      if (unmapped.state !== 'WAIVED') continue;
      expect(unmapped.waiver_terms).toEqual({
        ...{ owner: expect.any(String), approver: expect.any(String) },
        expires: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
    }
  });

  it('says which release judged', () => {
    for (const { metadata, unmapped } of findings) {
      expect(metadata.product).toMatchObject({ version: manifest.version });
      expect(unmapped).toHaveProperty('commit');
    }
  });

  it('would be told of a fault', () => {
    const [first] = findings as [Shown];
    expect(problemsOf('compliance_finding', { ...first, colour: 1 })).toEqual([
      'compliance_finding.colour is not in the schema',
    ]);
    expect(problemsOf('compliance_finding', { ...first, severity_id: 9 })).toContain(
      'compliance_finding.severity_id: 9',
    );
    expect(problemsOf('compliance_finding', { ...first, status: 'Fine' })).toHaveLength(1);
    expect(problemsOf('resource_details', { type: 'AWS::S3::Bucket' })).toEqual([
      'resource_details has none of name, uid',
    ]);
    const { finding_info: _, ...rest } = first;
    expect(problemsOf('compliance_finding', rest)).toEqual([
      'compliance_finding.finding_info is missing',
    ]);
  });
});

it.each([
  ['a record from after the evaluation', '2027-01-01T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
  ['a record without a time', null, '2026-11-23T00:00:00.000Z'],
  ['an old record', '2024-02-29T12:00:00.000Z', '2024-02-29T12:00:00.000Z'],
])('does not see a finding before it is there: %s', (_, capturedAt, seen) => {
  const [words] = ruleTexts as [RuleWords];
  const subject = { type: 'AWS::S3::Bucket', id: 'b', name: 'b', arn: 'arn:aws:s3:::b' };
  const finding: Finding = {
    ...{ rule: words.id, verdict: 'NON_COMPLIANT', state: 'FAIL', messageId: 'm', message: 'No.' },
    ...{ severity: 'low', requirements: [], capturedAt },
    subject: { ...subject, account: '111122223333', region: 'eu-central-1' },
  };
  const at = '2026-11-23T00:00:00.000Z';
  const made = ocsfOf(finding, { rule: words, partition: 'aws', region: 'eu-central-1', at });
  expect(made.time).toBe(Date.parse(at));
  expect(made.finding_info).toMatchObject({
    ...{ created_time: Date.parse(seen), last_seen_time: Date.parse(seen) },
    modified_time: Date.parse(at),
  });
});
