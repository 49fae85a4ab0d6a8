import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';
import { unscopedGrants } from '../../src/policy/questions/grants.ts';
import { publicStatements } from '../../src/policy/questions/public.ts';
import type { Trust } from '../../src/policy/requests/trust.ts';
import { allow, deny, type Statement, statements } from './arbitraries.ts';
import { trust } from './trust.ts';
import { bucket } from './words.ts';

const secure = { keys: { 'aws:SecureTransport': 'false' } };
// One seed for everyone: a red run can be repeated, and the time is known.
const run = (numRuns: number) => ({ seed: 20_260_826, numRuns });

const parse = (list: readonly Statement[]) =>
  parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: list }));
/** The open statements, by their text, so that order does not matter. */
const openIn = (list: readonly Statement[]): string[] =>
  unscopedGrants(parse(list), bucket, trust)
    .map((witness) => JSON.stringify(list[witness.statement]))
    .sort();

describe('whatever the policy', () => {
  it('the order of statements does not matter', () => {
    fc.assert(
      fc.property(statements, (list) => {
        expect(openIn(list.toReversed())).toEqual(openIn(list));
      }),
      run(200),
    );
  });

  it('the case of keys and actions does not matter', () => {
    fc.assert(
      fc.property(statements, (list) => {
        const upper = list.map((one) => {
          const blocks = Object.entries((one['Condition'] ?? {}) as Record<string, object>);
          const Condition = Object.fromEntries(
            blocks.map(([operator, block]) => [
              operator,
              Object.fromEntries(
                Object.entries(block).map(([key, values]) => [key.toUpperCase(), values]),
              ),
            ]),
          );
          const Action = [one['Action']].flat().map((action) => String(action).toUpperCase());
          return {
            ...one,
            ...(one['Action'] ? { Action } : {}),
            ...(blocks.length > 0 ? { Condition } : {}),
          };
        });
        const indexes = (all: readonly Statement[]) =>
          unscopedGrants(parse(all), bucket, trust).map((w) => [w.statement, w.reason]);
        expect(indexes(upper)).toEqual(indexes(list));
        expect(undenied(parse(upper), bucket, secure)?.missing).toEqual(
          undenied(parse(list), bucket, secure)?.missing,
        );
      }),
      run(200),
    );
  });

  it('a scalar is a list of one', () => {
    const listed = (value: unknown): unknown =>
      typeof value === 'string'
        ? [value]
        : Array.isArray(value)
          ? value
          : Object.fromEntries(
              Object.entries(value as object).map(([key, inner]) => [key, listed(inner)]),
            );
    fc.assert(
      fc.property(statements, (list) => {
        const all = list.map((one) =>
          Object.fromEntries(
            Object.entries(one).map(([name, value]) => [
              name,
              name === 'Effect' || value === '*' ? value : listed(value),
            ]),
          ),
        );
        expect(unscopedGrants(parse(all), bucket, trust)).toEqual(
          unscopedGrants(parse(list), bucket, trust),
        );
      }),
      run(200),
    );
  });

  it('another Deny never opens a statement, nor a gap', () => {
    fc.assert(
      fc.property(statements, deny, (list, more) => {
        const before = openIn(list);
        for (const open of openIn([...list, more])) expect(before).toContain(open);
        if (undenied(parse(list), bucket, secure) === null) {
          expect(undenied(parse([...list, more]), bucket, secure)).toBeNull();
        }
      }),
      run(200),
    );
  });

  it('another Allow never closes one', () => {
    fc.assert(
      fc.property(statements, allow, (list, more) => {
        const after = openIn([...list, more]);
        for (const open of openIn(list)) expect(after).toContain(open);
      }),
      run(200),
    );
  });

  it('an account renamed everywhere is renamed in the answer and nothing else changes', () => {
    // The beginning stays, as policies here also say 1111*.
    const names: readonly (readonly [string, string])[] = [
      ['111122223333', '111188887777'],
      ['444455556666', '444499990000'],
    ];
    const renamed = <T>(value: T): T => {
      let text = JSON.stringify(value);
      for (const [from, to] of names) text = text.replaceAll(from, to);
      return JSON.parse(text);
    };
    const limited: Trust = {
      ...trust,
      grants: [{ principal: '111122223333', actions: ['s3:Get*'], prefixes: ['private/'] }],
      forbiddenActions: ['s3:PutObject*'],
    };
    const ask = (list: readonly Statement[], whom: Trust) => ({
      scoped: unscopedGrants(parse(list), bucket, whom),
      tls: undenied(parse(list), bucket, secure),
      public: publicStatements(parse(list), bucket),
    });
    fc.assert(
      fc.property(statements, fc.constantFrom(trust, limited), (list, whom) => {
        expect(ask(renamed(list), renamed(whom))).toEqual(renamed(ask(list, whom)));
      }),
      run(200),
    );
  });

  it('limits never close a statement', () => {
    const limited: Trust = {
      ...trust,
      grants: [
        { principal: '111122223333', actions: ['s3:Get*'] },
        { principal: 'o-exampleorg', prefixes: ['private/'] },
      ],
      forbiddenActions: ['s3:ListBucket'],
    };
    fc.assert(
      fc.property(statements, (list) => {
        const after = unscopedGrants(parse(list), bucket, limited).map((w) => w.statement);
        for (const { statement, reason } of unscopedGrants(parse(list), bucket, trust)) {
          expect(after).toContain(statement);
          expect(reason).not.toMatch(/beyondGrant|forbiddenAction/);
        }
      }),
      run(200),
    );
  });

  it('trusting more never opens a statement', () => {
    fc.assert(
      fc.property(statements, (list) => {
        const wider = {
          ...trust,
          accounts: [...trust.accounts, '444455556666'],
          organizations: [...trust.organizations, 'o-strangers1'],
        };
        const before = unscopedGrants(parse(list), bucket, trust).map(({ statement }) => statement);
        for (const { statement } of unscopedGrants(parse(list), bucket, wider))
          expect(before).toContain(statement);
      }),
      run(200),
    );
  });
});
