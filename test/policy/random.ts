import { plainTrusts, trusts } from './approvals.ts';
import type { Case, Statement } from './arbitraries.ts';
import { actions, conditions, principals, resources, services, users } from './words.ts';

// https://github.com/bryc/code/blob/master/jshash/PRNGs.md, mulberry32 (public domain).
export function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The same for the same seed. Quicker than fast-check, for millions; it does not make a fault smaller. */
export function randomCase(seed: number): Case {
  const next = randomNumbers(seed);
  const chance = (p: number): boolean => next() < p;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const some = <T>(list: readonly T[]): T | readonly T[] =>
    chance(0.6) ? pick(list) : chance(0.5) ? [pick(list)] : [pick(list), pick(list)];
  const principal = (): unknown => {
    if (chance(0.35)) return '*';
    if (chance(0.55)) return { AWS: some(principals) };
    if (chance(0.3)) return { CanonicalUser: some(users) };
    if (chance(0.55)) return { Service: some(services) };
    const mixed = {
      AWS: chance(0.4) ? '*' : some(principals),
      Service: pick(services),
      CanonicalUser: some(users),
    };
    const { [pick(['AWS', 'Service', 'CanonicalUser'] as const)]: _, ...two } = mixed;
    return chance(0.3) ? mixed : two;
  };
  const element = (name: string, value: () => unknown) => {
    if (chance(0.92)) return { [name]: value() };
    let spared = value();
    // Nobody writes "all but everyone".
    while (JSON.stringify(spared).includes('"*"')) spared = value();
    return { [`Not${name}`]: spared };
  };
  const condition = (): Record<string, unknown> => {
    const block: Record<string, Record<string, unknown>> = {};
    for (let left = Math.floor(next() * 3.5); left > 0; left--) {
      const [key, operators, values] = pick(conditions);
      const operator = pick(operators);
      block[operator] = { ...block[operator], [key]: some(values) };
    }
    return Object.keys(block).length === 0 ? {} : { Condition: block };
  };
  const statement = (Effect: string): Statement => ({
    Effect,
    ...element('Principal', principal),
    ...element('Action', () => some(actions)),
    ...element('Resource', () => some(resources)),
    ...condition(),
  });
  const allows = Array.from({ length: chance(0.5) ? 1 : 2 }, () => statement('Allow'));
  const denies = Array.from({ length: Math.floor(next() * 4) }, () => statement('Deny'));
  const kind = chance(0.7) ? 'bucket' : chance(0.7) ? 'accessPoint' : 'key';
  return {
    statements: [...allows, ...denies],
    kind,
    trust: pick(kind === 'bucket' ? trusts : plainTrusts),
  };
}
