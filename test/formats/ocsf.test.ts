import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../cli/run.ts';
import schema from './ocsf-1.6.0.json' with { type: 'json' };

/** What an object of the schema may hold (ocsf-1.6.0.json: attributes of the tag 1.6.0 of github.com/ocsf/ocsf-schema). */
interface Attribute {
  readonly type: string;
  readonly list?: boolean;
  readonly required?: boolean;
  readonly deprecated?: boolean;
  readonly enum?: readonly (number | string)[];
}
const objects = schema as unknown as Readonly<Record<string, Readonly<Record<string, Attribute>>>>;

interface Shown {
  readonly class_uid: number;
  readonly type_uid: number;
  readonly status: string;
  readonly metadata: { readonly version: string };
  readonly compliance: { readonly status: string };
  readonly unmapped: { readonly state: string };
  readonly finding_info: object;
}

function problemsOf(type: string, value: object, at = type): readonly string[] {
  const attributes = objects[type] ?? {};
  const missing = Object.entries(attributes)
    .filter(([name, { required }]) => required && !Object.hasOwn(value, name))
    .map(([name]) => `${at}.${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, held]) => {
    const known = attributes[name];
    if (known === undefined) return [`${at}.${name} is not in the schema`];
    if (known.deprecated) return [`${at}.${name} is deprecated`];
    if (known.list !== Array.isArray(held) && (known.list || Array.isArray(held))) {
      return [`${at}.${name} is ${known.list ? 'no' : 'a'} list`];
    }
    return (known.list ? (held as unknown[]) : [held]).flatMap((one) =>
      problemOf(known, one, `${at}.${name}`),
    );
  });
  return [...missing, ...wrong];
}

function problemOf(attribute: Attribute, value: unknown, at: string): readonly string[] {
  const { type } = attribute;
  if (attribute.enum && !attribute.enum.includes(value as number)) return [`${at}: ${value}`];
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
    const common = [2003, 200301, '1.6.0'];
    expect(Object.fromEntries(states)).toEqual({
      PASS: [...common, 'Resolved', 'Pass'],
      FAIL: [...common, 'New', 'Fail'],
      UNKNOWN: [...common, 'New', 'Warning'],
      WAIVED: [...common, 'Suppressed', 'Fail'],
      NOT_APPLICABLE: [...common, 'Archived', 'Not applicable'],
    });
  });

  it('would be told of a fault', () => {
    const [first] = findings as [Shown];
    expect(problemsOf('compliance_finding', { ...first, colour: 1 })).toEqual([
      'compliance_finding.colour is not in the schema',
    ]);
    expect(problemsOf('compliance_finding', { ...first, severity_id: 9 })).toHaveLength(1);
    const { finding_info: _, ...rest } = first;
    expect(problemsOf('compliance_finding', rest)).toEqual([
      'compliance_finding.finding_info is missing',
    ]);
  });
});
