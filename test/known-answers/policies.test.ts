import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import type { Acl, PublicAccessBlock } from '../../src/facts/bucket-settings.ts';
import { parsePolicy } from '../../src/policy/language/document.ts';
import type { Reading } from '../../src/records/reading.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { bucket } from '../describe-rule.ts';
import { subjectOf } from '../subject-of.ts';

interface Answer {
  readonly id: string;
  readonly description: string;
  readonly bucketAccount: string;
  readonly policy: object | null;
  readonly acl?: {
    readonly owner: string;
    readonly grants: readonly {
      readonly grantee: { readonly type: string; readonly id?: string; readonly uri?: string };
      readonly permission: string;
    }[];
  };
  readonly publicAccessBlock?: Readonly<Record<string, boolean>>;
  readonly params: {
    readonly allowedAccounts: readonly string[];
    readonly allowedOrgs: readonly string[];
    readonly allowedServices: readonly string[];
    readonly requireSourceGuard: boolean;
  };
  readonly expect: {
    readonly public: boolean | null;
    readonly crossAccountScoped: boolean;
    readonly tlsEnforced: boolean;
  };
  readonly expectEffective?: { readonly public: boolean; readonly crossAccountScoped: boolean };
}

const file = new URL('../../../shared/known-answers/bucket-policies.json', import.meta.url);
const isThere = existsSync(file);
const answers: readonly Answer[] = isThere ? JSON.parse(readFileSync(file, 'utf8')) : [];
if (!isThere) it.skip('known answers: skipped, ../shared/known-answers is not there', () => {});

function aclOf({ acl }: Answer): Acl {
  const grants = (acl?.grants ?? []).map(({ grantee, permission }) => ({
    grantee: grantee.id
      ? ({ kind: 'canonicalUser', id: grantee.id } as const)
      : ({ kind: 'group', name: grantee.uri?.split('/').at(-1) ?? '' } as const),
    permission,
  }));
  return { owner: acl?.owner ?? 'owner', grants };
}

function blockOf(flags: Answer['publicAccessBlock'] = {}): PublicAccessBlock {
  const isOn = (name: string) => flags[name] ?? false;
  return {
    blockPublicAcls: isOn('BlockPublicAcls'),
    ignorePublicAcls: isOn('IgnorePublicAcls'),
    blockPublicPolicy: isOn('BlockPublicPolicy'),
    restrictPublicBuckets: isOn('RestrictPublicBuckets'),
  };
}

const noTrust = {
  allowedAccounts: [],
  allowedOrgs: [],
  allowedServices: [],
  requireSourceGuard: true,
};
const noAnswers = { public: null, crossAccountScoped: false, tlsEnforced: false };

/** Does the rule pass, with the flags of Block Public Access given? */
function passes(id: string, answer: Answer, flags: Answer['publicAccessBlock'], params: object) {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Error(`There is no rule ${id}.`);
  const facets: Record<string, unknown> = {
    policy: answer.policy === null ? null : parsePolicy(JSON.stringify(answer.policy)),
    acl: aclOf(answer),
    publicAccessBlock: blockOf(flags),
    accountPublicAccessBlock: null,
    blockedEncryption: [],
  };
  const identity = { ...bucket, account: answer.bucketAccount };
  const read = (name: string): Reading<unknown> => ({ value: facets[name] });
  const subject = subjectOf(identity, [...rule.reads], read);
  return (
    rule.evaluate(subject, parametersOf(rule, emptySettings, { ...params })).verdict === 'COMPLIANT'
  );
}

/** Policies whose answer may be meant for another rule than the three, each with parameters of its own. */
interface FurtherAnswer extends Pick<Answer, 'id' | 'description' | 'bucketAccount' | 'policy'> {
  readonly why: string;
  readonly expect: { readonly [Q in keyof Answer['expect']]: boolean | null };
  readonly expectRules?: Readonly<Record<string, string>>;
  readonly ruleParams?: Readonly<Record<string, object>>;
}

const second = new URL('policies-2.json', file);
const further: readonly FurtherAnswer[] = existsSync(second)
  ? JSON.parse(readFileSync(second, 'utf8'))
  : [];

describe.runIf(existsSync(second))('the rules on further policies with a known answer', () => {
  // The trust that the folder's README names.
  const trust = {
    trustedAccounts: ['111122223333'],
    trustedOrganizations: ['o-exampleorg'],
    trustedServices: ['cloudtrail.amazonaws.com'],
  };
  const shared = {
    public: 's3-no-public-access',
    crossAccountScoped: 's3-cross-account-scoped',
    tlsEnforced: 's3-tls-only',
  } as const;

  for (const answer of further) {
    it(`${answer.id}: ${answer.description}. ${answer.why}`, () => {
      const judge = (id: string) => {
        const params = {
          ...(id === shared.crossAccountScoped ? trust : {}),
          ...answer.ruleParams?.[id],
        };
        return passes(id, { ...answer, params: noTrust, expect: noAnswers }, {}, params);
      };
      for (const question of ['public', 'crossAccountScoped', 'tlsEnforced'] as const) {
        const right = answer.expect[question];
        if (right === null) continue;
        expect(judge(shared[question]), question).toBe(question === 'public' ? !right : right);
      }
      for (const [id, verdict] of Object.entries(answer.expectRules ?? {}))
        expect(judge(id), id).toBe(verdict === 'COMPLIANT');
    });
  }
});

describe.runIf(isThere)(
  'the rules on the known answers, ACLs and Block Public Access included',
  () => {
    it.each(
      answers.map((answer) => [answer.id, answer.description, answer] as const),
    )('%s: %s', (_id, _description, answer) => {
      const trust = {
        trustedAccounts: answer.params.allowedAccounts,
        trustedOrganizations: answer.params.allowedOrgs,
        trustedServices: answer.params.allowedServices,
        requireSourceGuard: answer.params.requireSourceGuard,
      };
      const isScoped = passes('s3-cross-account-scoped', answer, {}, trust);
      expect(isScoped).toBe(answer.expect.crossAccountScoped);
      expect(passes('s3-tls-only', answer, {}, {})).toBe(answer.expect.tlsEnforced);
      if (answer.expect.public !== null) {
        expect(passes('s3-no-public-access', answer, {}, {})).toBe(!answer.expect.public);
      }
      if (!answer.expectEffective) return;
      const effective = passes('s3-no-public-access', answer, answer.publicAccessBlock, {
        latentPublicFails: false,
      });
      expect(effective).toBe(!answer.expectEffective.public);
      expect(isScoped).toBe(answer.expectEffective.crossAccountScoped);
    });

    it('are all there', () => {
      expect(answers.length).toBeGreaterThan(40);
    });
  },
);
