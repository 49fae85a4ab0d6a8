import { type Counts, type Index, type Rule, STATES, type Strength } from './shape.ts';

/** A rule as far as it is evidence for one requirement. */
export interface Service {
  readonly rule: Rule;
  readonly strength: Strength;
  readonly reason: string;
  /** Only of the messages that support the requirement. */
  readonly counts: Counts;
}

/** The rules that are linked to a requirement, primary ones first. */
export function servicesOf({ rules }: Index, requirement: number): Service[] {
  const services = rules.flatMap((rule): Service[] => {
    const link = rule.links.find((each) => each.requirement === requirement);
    if (!link) return [];
    const counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
    for (const { state, supports, count } of rule.outcomes) {
      if (supports.includes(requirement)) counts[STATES.indexOf(state) as 0] += count;
    }
    return [{ rule, strength: link.strength, reason: link.reason, counts }];
  });
  return services.sort((one, other) =>
    one.strength < other.strength ? -1 : one.strength > other.strength ? 1 : 0,
  );
}
