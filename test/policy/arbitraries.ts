import fc from 'fast-check';
import type { Trust } from '../../src/policy/requests/trust.ts';
import { plainTrusts, trusts } from './approvals.ts';
import type { Kind } from './subjects.ts';
import {
  actions,
  arn,
  booleans,
  conditions,
  principals,
  resources,
  services,
  text,
  users,
} from './words.ts';

export type Statement = Readonly<Record<string, unknown>>;

/** A policy, and the trust that it is judged by. */
export interface Case {
  readonly statements: readonly Statement[];
  readonly kind: Kind;
  readonly trust: Trust;
}

const one = <T>(list: readonly T[]) => fc.constantFrom(...list);
const some = <T>(list: readonly T[]) =>
  fc.oneof(
    { weight: 6, arbitrary: one(list) },
    { weight: 4, arbitrary: fc.array(one(list), { minLength: 1, maxLength: 2 }) },
  );

const principal: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 40, arbitrary: fc.constant('*') },
  { weight: 36, arbitrary: some(principals).map((AWS) => ({ AWS })) },
  { weight: 17, arbitrary: some(services).map((Service) => ({ Service })) },
  { weight: 5, arbitrary: some(users).map((CanonicalUser) => ({ CanonicalUser })) },
  {
    weight: 7,
    arbitrary: fc.record(
      { AWS: some(principals), Service: one(services), CanonicalUser: some(users) },
      { requiredKeys: ['AWS'] },
    ),
  },
);

// Nobody writes "all but everyone".
const namesSome = (value: unknown) => !JSON.stringify(value).includes('"*"');
const element = (name: string, value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 92, arbitrary: value.map((plain) => ({ [name]: plain })) },
    { weight: 8, arbitrary: value.filter(namesSome).map((not) => ({ [`Not${name}`]: not })) },
  );

// To these the engine answers open by design, so the long run would learn little from them.
const more = new Map<readonly string[], readonly string[]>([
  [text, ['ForAllValues:StringNotLike']],
  [arn, ['ArnNotEquals', 'StringEquals']],
  [booleans, ['StringNotEquals']],
]);
const condition = one(conditions).chain(([key, operators, values]) =>
  fc.tuple(one([...operators, ...(more.get(operators) ?? [])]), fc.constant(key), some(values)),
);
const block = fc.array(condition, { maxLength: 3 }).map((entries) => {
  const operators: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, values] of entries) {
    operators[operator] = { ...operators[operator], [key]: values };
  }
  return entries.length === 0 ? {} : { Condition: operators };
});

const statement = (Effect: string): fc.Arbitrary<Statement> =>
  fc
    .tuple(
      element('Principal', principal),
      element('Action', some(actions)),
      element('Resource', some(resources)),
      block,
    )
    .map((parts) => Object.assign({ Effect }, ...parts));

export const allow = statement('Allow');
export const deny = statement('Deny');
export const statements = fc
  .tuple(fc.array(allow, { minLength: 1, maxLength: 2 }), fc.array(deny, { maxLength: 3 }))
  .map(([allows, denies]) => [...allows, ...denies]);
export const cases: fc.Arbitrary<Case> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({ statements, kind: fc.constant('bucket' as const), trust: one(trusts) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      statements,
      kind: one(['accessPoint', 'accessPoint', 'key'] as const),
      trust: one(plainTrusts),
    }),
  },
);
