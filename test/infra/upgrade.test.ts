import { beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Contract, contractOf } from '../../infra/contract.ts';
import {
  baseOf,
  breaks,
  currentRecord,
  firstRecord,
  mayBreak,
  type ReleaseRecord,
  recordedReleases,
} from '../../infra/release-record.ts';
import { rules } from '../../rules/index.ts';

/**
 * Upgrades of a deployment. A rule that is replaced loses its results and with them the history in AWS Config, and a name that
 * changes breaks what others built on it: settings, waivers, queries, automation (docs/versioning.md).
 */

let now: ReleaseRecord;
beforeAll(async () => {
  now = await currentRecord();
});

describe('an upgrade from the last release', () => {
  const base = baseOf(recordedReleases());

  it('takes nothing away from those who rely on it', () => {
    if (base === undefined) throw new Error('There is no record: npm run record-release.');
    const advice =
      base.released === null
        ? `${base.version} is not released: "npm run record-release" accepts the change.`
        : 'Keep the name, or set a version that may break (docs/versioning.md).';
    const broken = mayBreak(base.version, now.version) ? [] : breaks(base, now);
    expect(broken, advice).toEqual([]);
  });

  it('is compared with a record of all that has a name', () => {
    const names = Object.keys(base?.contract ?? {});
    for (const kind of ['rule', 'message', 'setting', 'deployment', 'pack']) {
      expect(
        names.some((name) => name.startsWith(`${kind} `)),
        kind,
      ).toBe(true);
    }
    const missing = rules.filter(({ id, draft }) => !draft && !names.includes(`rule ${id}`));
    expect(
      missing.map(({ id }) => id),
      '"npm run record-release" records new rules',
    ).toEqual([]);
    const kept = Object.keys(base?.centralWithAll?.Resources ?? {});
    expect(kept).toEqual(
      expect.arrayContaining(['DataBucket', 'DataKey', 'Site', 'HistoryBucket']),
    );
    for (const { Resources } of Object.values(base?.stacks ?? {})) {
      expect(Object.keys(Resources).length).toBeGreaterThan(1);
    }
  });
});

/** What changed before anything was released, each once and no more. */
const ACCEPTED: readonly (readonly [RegExp, number])[] = [
  // These packs hold the rules that test what a requirement asks, and no longer those that only help.
  [/^pack s3-(gdpr|hipaa) parameter \w+ is gone\.$/, 28],
  [
    /^rule s3-object-lock-retention message logTarget was NOT_APPLICABLE and is NON_COMPLIANT\.$/,
    1,
  ],
  // A saved query keeps nothing, and is found by its name, which stays.
  [/^central: \w+Query WILL_REPLACE\.$/, 7],
];

describe('an upgrade from the first record', () => {
  const first = firstRecord();

  it('replaces and loses nothing but what was accepted before a release', () => {
    const broken = breaks(first, now);
    const isAccepted = (one: string) => ACCEPTED.some(([pattern]) => pattern.test(one));
    expect(broken.filter((one) => !isAccepted(one))).toEqual([]);
    for (const [pattern, count] of ACCEPTED) {
      expect(broken.filter((one) => pattern.test(one)).length, `${pattern}`).toBe(count);
    }
  });

  it.each([
    ['member', 'RecordedFunction'],
    ['member', 'Pack'],
    ['central', 'Bus'],
    ['organization', 'Members'],
  ] as const)('sees another logical id: %s, %s', (stack, id) => {
    const renamed = structuredClone(now);
    const { Resources } = renamed.stacks[stack];
    expect(first.stacks[stack].Resources).toHaveProperty(id);
    Resources[`${id}2`] = Resources[id];
    if (id !== 'Pack') delete Resources[id];
    else Resources.Pack.Properties.ConformancePackName = 'another';
    expect(breaks(first, renamed).join(' ')).toMatch(
      new RegExp(`${stack}: ${id} WILL_(DESTROY|ORPHAN|REPLACE)\\.`),
    );
  });

  it.each([
    'DataBucket',
    'DataKey',
    'JudgingFunction',
  ])('sees another logical id of what the example leaves out: %s', (id) => {
    const renamed = structuredClone(now);
    const { Resources } = renamed.centralWithAll;
    Resources[`${id}2`] = Resources[id];
    delete Resources[id];
    expect(breaks(now, renamed).join(' ')).toMatch(
      new RegExp(`central with all: ${id} WILL_(DESTROY|ORPHAN)\\.`),
    );
    // A record that does not have it loses nothing.
    expect(breaks(first, now).join(' ')).not.toContain('central with all');
  });
});

describe('the release that an upgrade is compared with', () => {
  const record = (version: string, released: string | null) => ({ ...now, version, released });

  it('is the last one that was released, and before the first its draft', () => {
    expect(baseOf([])).toBeUndefined();
    expect(baseOf([record('0.1.0', null)])?.version).toBe('0.1.0');
    const released = [record('0.1.0', '2026-01-01'), record('0.2.0', '2026-02-01')];
    expect(baseOf([...released, record('0.3.0', null)])?.version).toBe('0.2.0');
  });

  it.each([
    ['1.2.3', '1.2.4', false],
    ['1.2.3', '1.3.0', false],
    ['1.2.3', '2.0.0', true],
    ['0.1.0', '0.1.1', false],
    ['0.1.0', '0.2.0', true],
    ['0.2.0', '0.1.0', false],
  ])('%s to %s may break: %s', (from, to, expected) => {
    expect(mayBreak(from, to)).toBe(expected);
  });
});

describe('the comparison refuses', () => {
  const [rule] = rules.filter(({ id }) => id === 's3-log-retention');
  if (rule === undefined) throw new Error('The rule of this test has another name.');
  const [messageId = ''] = Object.keys(rule.messages);
  const message = rule.messages[messageId];
  const { minimumDays, ...otherParameters } = rule.parameters;
  const replaced = (changed: object): Contract =>
    contractOf(rules.map((each) => (each === rule ? { ...rule, ...changed } : each)));
  const brokenBy = (contract: Contract) => breaks(now, { ...now, contract });
  const without = (name: string) => {
    expect(Object.keys(now.contract)).toContain(name);
    return Object.fromEntries(Object.entries(now.contract).filter(([each]) => each !== name));
  };

  it('a rule with another id', () => {
    expect(brokenBy(replaced({ id: 's3-log-keeping' }))).toContain(`rule ${rule.id} is gone.`);
  });

  it('a message with another id, or with another verdict', () => {
    const { [messageId]: _, ...others } = rule.messages;
    expect(brokenBy(replaced({ messages: { ...others, renamed: message } }))).toEqual([
      `rule ${rule.id} message ${messageId} is gone.`,
    ]);
    const turned = { ...message, verdict: 'NOT_APPLICABLE' };
    expect(brokenBy(replaced({ messages: { ...others, [messageId]: turned } }))).toEqual([
      `rule ${rule.id} message ${messageId} was ${message?.verdict} and is NOT_APPLICABLE.`,
    ]);
  });

  it('a parameter that is gone, or of another type', () => {
    expect(brokenBy(replaced({ parameters: otherParameters }))).toEqual([
      `rule ${rule.id} parameter minimumDays is gone.`,
    ]);
    const text = { ...minimumDays, type: 'string', enum: [] };
    expect(brokenBy(replaced({ parameters: { ...otherParameters, minimumDays: text } }))).toEqual([
      `rule ${rule.id} parameter minimumDays was integer and is string.`,
    ]);
  });

  it.each([
    'setting waivers[].ticket',
    'setting kms.approvedKeys',
    'deployment functions.silenceHours',
    'deployment pack value s3-gdpr',
    'pack s3-gdpr parameter HomeRegion',
    'message waiverExpired',
  ])('the loss of "%s"', (name) => {
    expect(brokenBy(without(name))).toEqual([`${name} is gone.`]);
  });

  it('a key that must be given and was not needed before', () => {
    expect(brokenBy({ ...now.contract, 'setting waivers[].why': 'required' })).toEqual([
      'setting waivers[].why is new and required.',
    ]);
    expect(brokenBy({ ...now.contract, 'deployment owner': 'required' })).toEqual([
      'deployment owner is new and required.',
    ]);
    expect(brokenBy({ ...now.contract, 'setting waivers[].ticket': 'required' })).toEqual([
      'setting waivers[].ticket was optional and is required.',
    ]);
    // Of a section that is new itself, no one has to give anything.
    const section = { 'setting new': 'optional', 'setting new.key': 'required' };
    expect(brokenBy({ ...now.contract, ...section })).toEqual([]);
    expect(brokenBy({ ...now.contract, 'setting waivers[].owner': 'optional' })).toEqual([]);
  });

  type Stacks = ReleaseRecord['stacks'];
  const changed = (change: (stacks: Stacks) => void) => {
    const copy = structuredClone(now.stacks);
    change(copy);
    return breaks(now, { ...now, stacks: copy });
  };
  const moved = (resources: Record<string, unknown>, id: string) => {
    expect(resources).toHaveProperty(id);
    resources[`${id}Other`] = resources[id];
    delete resources[id];
  };

  it.each([
    ['member', 'LiveFunction'],
    ['central', 'HistoryBucket'],
    ['organization', 'Members'],
  ] as const)('another logical id in the %s stack', (stack, id) => {
    const broken = changed((stacks) => moved(stacks[stack].Resources, id));
    expect(broken).toHaveLength(1);
    expect(broken[0]).toMatch(new RegExp(`^${stack}: ${id} (WILL_DESTROY|WILL_ORPHAN)\\.$`));
  });

  it('another name of a function, a stack set or an output', () => {
    expect(
      changed(({ member }) => {
        member.Resources.LiveFunction.Properties.FunctionName = 'other';
      }),
    ).toContain('member: LiveFunction WILL_REPLACE.');
    expect(
      changed(({ organization }) => {
        organization.Resources.Members.Properties.StackSetName = 'other';
      }),
    ).toEqual(['organization: Members WILL_REPLACE.']);
    expect(changed(({ member }) => moved(member.Outputs, 'ContentHash'))).toEqual([
      'member: the output ContentHash is gone.',
    ]);
  });

  // biome-ignore lint/suspicious/noExplicitAny: a pack as YAML has it.
  const withPack = (change: (resources: any) => void) =>
    changed(({ member }) => {
      const { Properties } = member.Resources.Pack;
      const pack = parse(Properties.TemplateBody);
      change(pack.Resources);
      Properties.TemplateBody = stringify(pack);
    });

  it('another name or logical id of a rule in the pack', () => {
    expect(
      withPack(({ S3TlsOnly }) => {
        S3TlsOnly.Properties.ConfigRuleName = 'x';
      }),
    ).toEqual(['pack: S3TlsOnly WILL_REPLACE.']);
    expect(withPack((resources) => moved(resources, 'S3TlsOnly'))).toEqual([
      'pack: S3TlsOnly WILL_DESTROY.',
    ]);
  });

  it('nothing else: code, words, and what is new may change', () => {
    expect(
      changed(({ member }) => {
        member.Resources.LiveFunction.Properties.Code.ZipFile = 'exports.handler = 1;';
        member.Resources.New = structuredClone(member.Resources.FailureQueue);
      }),
    ).toEqual([]);
    expect(
      withPack((resources) => {
        resources.S3TlsOnly.Properties.Description = 'New words.';
        resources.New = structuredClone(resources.S3TlsOnly);
      }),
    ).toEqual([]);
    const grown = { ...rule.messages, another: message };
    expect(brokenBy(replaced({ messages: grown }))).toEqual([]);
  });
});
