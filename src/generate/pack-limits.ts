import {
  CONTENT_HASH,
  ONLY_DAILY,
  OWN_PARAMETERS,
  ownParameters,
  packLists,
  sharedLists,
} from '../engine/pack-parameters.ts';
import type { Parameter } from '../engine/parameters.ts';
import type { Links } from '../engine/requirement.ts';
import type { Rule } from '../engine/rule.ts';
import { placeOf } from '../frameworks/index.ts';

/** Limits of AWS Config (API reference, PutConformancePack and ConfigRule; service quotas of conformance packs). */
export const LIMITS = {
  templateBytes: 51_200,
  parameters: 60,
  rules: 130,
  inputParameters: 1024,
  ruleName: 37,
  description: 256,
} as const;

/** The pack would be refused by AWS Config, so it is not written. */
export class PackTooLarge extends Error {
  override readonly name = 'PackTooLarge';
}

/** Longer than a Region, and than the ids of the frameworks. */
const PACK_FACT = 40;

/** Characters of a content hash in InputParameters: enough to tell any two contents apart. */
export const HASH_LENGTH = 12;

/** What is left for each list of a rule in its InputParameters when every other value is as long as it can be. */
export function roomForList(rule: Rule): number {
  const lists = sharedLists(rule);
  const own = ownParameters(rule);
  const longest = own.map(([name, parameter]) => `${name}=${longestValue(parameter)}`).join('; ');
  const inputs = {
    rule: rule.id,
    ...Object.fromEntries(lists.map(([name]) => [name, ''])),
    ...Object.fromEntries(packLists(rule).map(([name]) => [name, 'x'.repeat(PACK_FACT)])),
    ...(own.length > 0 ? { [OWN_PARAMETERS]: longest } : {}),
    [CONTENT_HASH]: 'x'.repeat(HASH_LENGTH),
    [ONLY_DAILY]: 'true',
  };
  const count = lists.length + own.filter(([, { type }]) => type === 'array').length;
  const left = LIMITS.inputParameters - JSON.stringify(inputs).length;
  return Math.floor(left / Math.max(count, 1));
}

function longestValue(parameter: Parameter): string {
  switch (parameter.type) {
    case 'integer':
      return String(parameter.maximum);
    case 'boolean':
      return 'false';
    case 'string':
      return parameter.enum.reduce((a, b) => (b.length > a.length ? b : a), '');
    case 'array':
    case 'records':
      return '';
  }
}

/** @throws PackTooLarge naming the first limit that the template exceeds. */
export function assertLimits(
  name: string,
  template: string,
  parameters: number,
  rules: readonly Rule[],
  managed: number,
): void {
  const fail = (what: string, size: number, limit: number) => {
    throw new PackTooLarge(`Pack ${name}: ${what} is ${size}, AWS Config allows ${limit}.`);
  };
  const check = (what: string, size: number, limit: number) => {
    if (size > limit) fail(what, size, limit);
  };
  check('the number of parameters', parameters, LIMITS.parameters);
  check('the number of rules', rules.length + managed, LIMITS.rules);
  check('the size of the template in bytes', Buffer.byteLength(template), LIMITS.templateBytes);
  for (const rule of rules) {
    check(`the length of the name ${rule.id}`, rule.id.length, LIMITS.ruleName);
    check(`the length of the title of ${rule.id}`, rule.title.length, LIMITS.description);
    if (roomForList(rule) < 0)
      fail(
        `InputParameters of ${rule.id} at its longest`,
        LIMITS.inputParameters - roomForList(rule),
        LIMITS.inputParameters,
      );
  }
}

/**
 * The description of a rule in a pack: its title, and as many citations of its primary links as fit, framework by framework:
 * "… (GDPR 25(2), 5(1)(f); HIPAA 164.312(a)(1))". Which rule of HIPAA a section is of shows in its number.
 * @param frameworks those of the pack.
 */
export function described(
  { title, requirements }: { readonly title: string; readonly requirements: Links },
  frameworks: readonly string[],
): string {
  const cited = new Map<string, string[]>();
  const cite = () => {
    const groups = [...cited].map(([name, ids]) => `${name} ${ids.join(', ')}`);
    return groups.length === 0 ? title : `${title} (${groups.join('; ')})`;
  };
  for (const [id, { strength }] of Object.entries(requirements)) {
    const { framework, requirement } = placeOf(id);
    if (strength !== 'primary' || !frameworks.includes(framework.id)) continue;
    const before = cited.get(framework.name) ?? [];
    cited.set(framework.name, [...before, requirement]);
    if (cite().length <= LIMITS.description) continue;
    if (before.length > 0) cited.set(framework.name, before);
    else cited.delete(framework.name);
  }
  return cite();
}
