import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';
import { unscopedGrants } from '../../src/policy/questions/grants.ts';
import { admitted, publicStatements } from '../../src/policy/questions/public.ts';
import type { Trust } from '../../src/policy/requests/trust.ts';

interface KnownAnswer {
  readonly id: string;
  readonly description: string;
  readonly bucketAccount: string;
  readonly policy: object | null;
  readonly acl?: object;
  readonly params: {
    readonly allowedAccounts: readonly string[];
    readonly allowedOrgs: readonly string[];
    readonly allowedServices: readonly string[];
    readonly requireSourceGuard: boolean;
  };
  readonly publicAccessBlock?: { readonly RestrictPublicBuckets?: boolean };
  readonly expect: {
    /** Null where the documentation of S3 does not say. */
    readonly public: boolean | null;
    readonly crossAccountScoped: boolean;
    readonly tlsEnforced: boolean;
  };
  readonly expectEffective?: {
    readonly public?: boolean | null;
    readonly crossAccountScoped?: boolean;
  };
}

const file = new URL('../../../shared/known-answers/bucket-policies.json', import.meta.url);
const answers: readonly KnownAnswer[] = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8'))
  : [];

function trustOf({ params }: KnownAnswer): Trust {
  return {
    accounts: params.allowedAccounts,
    organizations: params.allowedOrgs,
    organizationPaths: [],
    services: params.allowedServices,
    canonicalUsers: [],
    requireSourceGuard: params.requireSourceGuard,
  };
}

describe('known answers', () => {
  if (answers.length === 0) it.skip('skipped: ../shared/known-answers is not there', () => {});

  for (const answer of answers) {
    it(`${answer.id}: ${answer.description}`, () => {
      const bucket = { arn: 'arn:aws:s3:::example-bucket', account: answer.bucketAccount };
      const policy = parsePolicy(JSON.stringify(answer.policy ?? { Statement: [] }));
      const grants = unscopedGrants(policy, bucket, trustOf(answer));
      const gap = undenied(policy, bucket, { keys: { 'aws:SecureTransport': 'false' } });
      // What an ACL grants is the work of a rule, not of the policy engine.
      if (answer.acl === undefined) {
        expect(grants.length === 0, JSON.stringify(grants)).toBe(answer.expect.crossAccountScoped);
        const open = publicStatements(policy, bucket);
        if (answer.expect.public !== null)
          expect(open.length > 0, JSON.stringify(open)).toBe(answer.expect.public);
        const restricted = answer.publicAccessBlock?.RestrictPublicBuckets ?? false;
        const who = admitted(policy, bucket, restricted);
        const left = unscopedGrants(policy, bucket, trustOf(answer), who);
        const after = answer.expectEffective;
        if (after?.crossAccountScoped !== undefined)
          expect(left.length === 0, JSON.stringify(left)).toBe(after.crossAccountScoped);
        if (typeof after?.public === 'boolean')
          expect(open.length > 0 && who === 'everyone').toBe(after.public);
      }
      expect(gap === null, JSON.stringify(gap)).toBe(answer.expect.tlsEnforced);
    });
  }
});
