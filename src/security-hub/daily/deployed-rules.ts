import {
  type ConfigServiceClient,
  paginateDescribeConfigRules,
} from '@aws-sdk/client-config-service';
import type { RuleWords } from '../../engine/words.ts';
import { structured } from '../../records/normalise.ts';
import { isObject } from '../../values/json.ts';
import { ruleNamed } from '../change.ts';

/** One rule as it is deployed in an account and Region. */
export interface Deployed {
  /** Empty if it is not deployed, several if packs deploy it more than once. */
  readonly names: readonly string[];
  /** False while AWS Config deletes the rule, or its results (API Reference, ConfigRule, ConfigRuleState). */
  readonly isActive: boolean;
}

interface Named {
  readonly rule: RuleWords;
  readonly isActive: boolean;
}

type ByName = ReadonlyMap<string, Named>;

/** Our rules by the names they have in an account and Region. */
export class DeployedRules {
  readonly #read: () => Promise<ByName>;
  #byName: ByName;

  private constructor(read: () => Promise<ByName>, byName: ByName) {
    this.#read = read;
    this.#byName = byName;
  }

  static async read(
    config: ConfigServiceClient,
    rules: readonly RuleWords[],
  ): Promise<DeployedRules> {
    const read = () => namesOf(config, rules);
    return new DeployedRules(read, await read());
  }

  /** @param isHeld whether it has findings: then AWS Config is asked once more before the rule passes for gone. */
  async of({ id }: RuleWords, isHeld: boolean): Promise<Deployed> {
    const named = () => [...this.#byName].filter(([, { rule }]) => rule.id === id);
    if (named().length === 0 && isHeld) this.#byName = await this.#read();
    return {
      names: named().map(([name]) => name),
      isActive: named().every(([, { isActive }]) => isActive),
    };
  }
}

/** The parameters of a rule identify it; its name is only the second choice. */
async function namesOf(config: ConfigServiceClient, rules: readonly RuleWords[]): Promise<ByName> {
  const deployed = new Map<string, Named>();
  for await (const { ConfigRules = [] } of paginateDescribeConfigRules({ client: config }, {})) {
    for (const { ConfigRuleName: name, ConfigRuleState, InputParameters, Source } of ConfigRules) {
      if (name === undefined || Source?.Owner !== 'CUSTOM_LAMBDA') continue;
      const parameters = structured(InputParameters);
      const id = isObject(parameters) ? parameters['rule'] : undefined;
      const rule = rules.find((each) => each.id === id) ?? ruleNamed(name, rules);
      const isActive = ConfigRuleState !== 'DELETING' && ConfigRuleState !== 'DELETING_RESULTS';
      if (rule) deployed.set(name, { rule, isActive });
    }
  }
  return deployed;
}
