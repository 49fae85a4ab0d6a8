import {
  type ConfigServiceClient,
  paginateGetComplianceDetailsByConfigRule,
} from '@aws-sdk/client-config-service';
import type { RuleWords } from '../../engine/words.ts';
import { type Change, changeIn, decisive, findingFrom, keyOf } from '../change.ts';
import { idOf, type Wanted } from '../settle.ts';
import type { Settler } from '../settler.ts';
import { subjectsOf } from '../subjects.ts';
import { OutOfTime } from './held.ts';

/** Who reads, and for how long. */
export interface Reader {
  readonly settler: Settler;
  readonly config: ConfigServiceClient;
  /** The time that waivers are judged at (ISO). */
  readonly at: string;
  readonly isOver: () => boolean;
}

/** What AWS Config holds of a rule. */
export interface Readings {
  /** The current state of its findings, by their ids. */
  readonly wanted: Map<string, Wanted>;
  /** Why a result that is there could not be made a finding of, by the id of the finding, which must stay as it is. */
  readonly unread: ReadonlyMap<string, string>;
  /** When the oldest result was recorded (ISO); undefined where the rule lists none. */
  readonly oldest: string | undefined;
}

/** @param names what the rule is called here. @throws OutOfTime */
export async function readings(
  { settler, config, at, isOver }: Reader,
  rule: RuleWords,
  names: readonly string[],
): Promise<Readings> {
  const { place, wait } = settler;
  const changes = new Map<string, Change>();
  for await (const change of resultsOf(settler, config, rule, names)) {
    if (isOver()) throw new OutOfTime();
    const other = changes.get(keyOf(change));
    // A rule deployed twice has one finding: that of the later result, as with events.
    changes.set(keyOf(change), other ? decisive(other, change) : change);
  }
  const { subjects, unread: failures } = await subjectsOf(config, [...changes.values()], wait);
  const wanted = new Map<string, Wanted>();
  const unread = new Map<string, string>();
  let oldest: string | undefined;
  for (const [key, change] of changes) {
    const { type, id, account, region, recordedAt } = change;
    if (oldest === undefined || recordedAt < oldest) oldest = recordedAt;
    const subject = subjects.get(key);
    if (subject === undefined) {
      const nameless = { type, id, account, region, name: id, arn: '' };
      const finding = findingFrom(change, nameless, settler, at);
      const each: Wanted = { finding, rule, at, from: 'reading', replaces: false };
      unread.set(idOf(each, place), failures.get(key) ?? 'The resource is not known.');
      continue;
    }
    const finding = findingFrom(change, subject, settler, at);
    const each: Wanted = { finding, rule, at, from: 'reading', replaces: false };
    wanted.set(idOf(each, place), each);
  }
  return { wanted, unread, oldest };
}

async function* resultsOf(
  { place: { account, region } }: Settler,
  config: ConfigServiceClient,
  rule: RuleWords,
  names: readonly string[],
): AsyncGenerator<Change> {
  for (const configRuleName of names) {
    const pages = paginateGetComplianceDetailsByConfigRule(
      { client: config, pageSize: 100 },
      {
        ConfigRuleName: configRuleName,
        ComplianceTypes: ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'],
      },
    );
    for await (const { EvaluationResults = [] } of pages) {
      for (const result of EvaluationResults) {
        yield changeIn(result, { configRuleName, rule, account, region });
      }
    }
  }
}
