import { deploymentOf, expectedRules, FUNCTIONS } from '../../knowledge/accounts/pack-health.ts';
import { isKnown } from '../../records/reading.ts';
import { about, type Diagnosis } from '../diagnosis.ts';
import type { FunctionFacts, PlaceFacts, Plan } from '../facts.ts';

const AGAIN = 'Find out in CloudTrail who changed it, and deploy again.';

/** Whether the rules that are deployed are ours: a name by itself proves nothing, because anyone may use it. */
export function judgeDeployedRules(facts: PlaceFacts, { pack, terms }: Plan): readonly Diagnosis[] {
  const { account, region, deployed } = facts;
  // A pack of this name that has none of our rules is somebody else's: packs-quota tells of it.
  if (deployed === null || (isKnown(deployed.rules) && deployed.rules.value.length === 0))
    return [];
  const { ok, fix, from } = about('deployed-rules', { account, region });
  return [
    from(deployed.rules, { what: 'The deployed rules could not be examined' }, (rules) => {
      const expected = expectedRules(pack, region, terms);
      const { missing, impostors } = deploymentOf(
        expected,
        { deployedRules: rules, account },
        FUNCTIONS,
      );
      const [impostor] = impostors;
      if (impostor)
        return fix(`The rule ${impostor.name} was changed: it ${impostor.because}.`, AGAIN);
      if (missing.length > 0) {
        return fix(`The pack lacks ${missing.length} of its ${expected.length} rules.`, AGAIN);
      }
      return ok('All rules of the pack are there, and invoke the functions of the account.');
    }),
  ];
}

/** Places that must agree before one that does not is an exception. */
const ENOUGH = 3;

/**
 * Whether the functions of all places run the same code. AWS does not say whether CloudFormation makes the same ZIP file of the
 * same template each time: where the places do not agree among themselves, nothing is concluded.
 */
export function judgeDeployedFunctions(places: readonly PlaceFacts[]): readonly Diagnosis[] {
  const usual = usualCode(places);
  return places.flatMap(({ account, region, deployed }) => {
    const { rules, functions } = deployed ?? {};
    const isOurs = rules !== undefined && !(isKnown(rules) && rules.value.length === 0);
    if (functions === undefined || !isOurs) return [];
    const { ok, fix, warn, from } = about('deployed-functions', { account, region });
    return [
      from(functions, { what: 'The functions could not be examined' }, (found) => {
        const names = found.map(({ name }) => name);
        const gone = FUNCTIONS.find((name) => !names.includes(name));
        if (gone !== undefined) return fix(`The function ${gone} is missing.`, AGAIN);
        const other = found.find(({ name, code }) => (usual.get(name) ?? code) !== code);
        if (other === undefined) return ok('The functions are there.');
        return warn(
          `The code of ${other.name} is not that of the other accounts and Regions (${other.release}).`,
          `Compare the stack with its stack set, and if it is CURRENT, treat the function as changed. ${AGAIN}`,
        );
      }),
    ];
  });
}

/** The hash of each function that most places have. */
function usualCode(places: readonly PlaceFacts[]): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { name, code } of places.flatMap(functionsOf)) {
    const codes = counts.get(name) ?? new Map<string, number>();
    counts.set(name, codes.set(code, (codes.get(code) ?? 0) + 1));
  }
  return new Map(
    [...counts].flatMap(([name, codes]) => {
      const [[code, count] = ['', 0]] = [...codes].sort(([, one], [, other]) => other - one);
      const all = [...codes.values()].reduce((sum, each) => sum + each, 0);
      return count >= ENOUGH && count > all / 2 ? [[name, code] as const] : [];
    }),
  );
}

const functionsOf = ({ deployed }: PlaceFacts): readonly FunctionFacts[] =>
  deployed !== null && isKnown(deployed.functions) ? deployed.functions.value : [];
