import type { Waiver } from '../../src/settings/waiver.ts';
import { ServiceError } from '../contract-server/faults.ts';

/** Results as AWS Config tells them, and asks to be asked for them. */
export interface Result {
  readonly rule: string;
  readonly type: string;
  readonly id: string;
  readonly verdict: 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';
  readonly annotation?: string | undefined;
  /** Milliseconds. */
  readonly at: number;
  readonly previous?: Result | undefined;
}

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
export const decorated = (rule: string) => `${rule}-conformance-pack-ab12cd34e`;

export const findingId = ({ rule, type, id }: Pick<Result, 'rule' | 'type' | 'id'>) =>
  `aws/${REGION}/${ACCOUNT}/s3-config-rules/${rule}/${type}/${id}`;

export const waiver = (parts: Partial<Waiver> = {}): Waiver => ({
  id: 'legacy',
  rule: 's3-tls-only',
  subject: { account: ACCOUNT },
  owner: 'Team',
  approver: 'Security officer',
  reason: 'An old client.',
  created: '2026-01-01',
  expires: '2026-12-31',
  ...parts,
});

/** Platform-contract §5.5; `told` false leaves out the annotation. */
export function eventOf(result: Result, told = true): object {
  const { rule, type, id, previous } = result;
  return {
    ...{
      version: '0',
      id: 'e',
      'detail-type': 'Config Rules Compliance Change',
      source: 'aws.config',
    },
    ...{ account: ACCOUNT, time: iso(result.at), region: REGION, resources: [] },
    detail: {
      ...{ resourceId: id, resourceType: type, awsRegion: REGION, awsAccountId: ACCOUNT },
      configRuleName: decorated(rule),
      configRuleARN: `arn:aws:config:${REGION}:${ACCOUNT}:config-rule/config-rule-ab12cd`,
      ...{ recordVersion: '1.0', messageType: 'ComplianceChangeNotification' },
      notificationCreationTime: iso(result.at + 500),
      newEvaluationResult: resultOf(result, told),
      ...(previous ? { oldEvaluationResult: resultOf(previous, told) } : {}),
    },
  };
}

function resultOf({ rule, type, id, verdict, annotation, at }: Result, told: boolean): object {
  return {
    evaluationResultIdentifier: {
      evaluationResultQualifier: {
        configRuleName: decorated(rule),
        resourceType: type,
        resourceId: id,
      },
      orderingTimestamp: iso(at - 2000),
    },
    ...{
      complianceType: verdict,
      resultRecordedTime: iso(at),
      configRuleInvokedTime: iso(at - 1000),
    },
    ...(told && annotation ? { annotation } : {}),
  };
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

/** What AWS Config answers about results; `listsNotApplicable` is unverified, so both are tested. */
export function configAnswers(
  results: () => readonly Result[],
  rules: readonly string[],
  listsNotApplicable = true,
) {
  const listed = () =>
    results().filter(({ verdict }) => listsNotApplicable || verdict !== 'NOT_APPLICABLE');
  return {
    DescribeConfigRules: {
      ConfigRules: [
        ...rules.map((rule) => ({
          ConfigRuleName: decorated(rule),
          InputParameters: JSON.stringify({ rule }),
          Source: { Owner: 'CUSTOM_LAMBDA', SourceIdentifier: 'arn:aws:lambda:x' },
        })),
        { ConfigRuleName: 's3-tls-only', Source: { Owner: 'AWS', SourceIdentifier: 'X' } },
      ],
    },
    GetComplianceDetailsByResource: (input: Readonly<Record<string, unknown>>) => {
      const { ResourceType, ResourceId } = input;
      const ours = listed().filter(({ type, id }) => type === ResourceType && id === ResourceId);
      return { EvaluationResults: ours.map(detailsOf) };
    },
    details: (rule: string) =>
      listed()
        .filter((result) => result.rule === rule)
        .map(detailsOf),
  };
}

const detailsOf = ({ rule, type, id, verdict, annotation, at }: Result) => ({
  EvaluationResultIdentifier: {
    EvaluationResultQualifier: {
      ConfigRuleName: decorated(rule),
      ResourceType: type,
      ResourceId: id,
    },
    OrderingTimestamp: (at - 2000) / 1000,
  },
  ...{ ComplianceType: verdict, ResultRecordedTime: at / 1000, Annotation: annotation },
});

/** A queue of SQS with a dead-letter queue, delivering in any order, and some messages twice. */
export class Queue {
  readonly dead: string[] = [];
  readonly #messages: { readonly messageId: string; readonly body: string; received: number }[];

  constructor(bodies: readonly string[]) {
    this.#messages = bodies.map((body, index) => ({ messageId: `m${index}`, body, received: 0 }));
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0;
  }

  take(size: number) {
    const Records = this.#messages.splice(0, size);
    for (const record of Records) record.received++;
    return { Records };
  }

  /** What failed comes back at the end, five times at most. */
  giveBack({ Records }: ReturnType<Queue['take']>, failed: readonly string[]): void {
    for (const record of Records) {
      if (!failed.includes(record.messageId)) continue;
      if (record.received >= 5) this.dead.push(record.body);
      else this.#messages.push(record);
    }
  }
}

export const denied = () => {
  throw new ServiceError('AccessDeniedException', 'denied', 403);
};
export const refused = () => {
  throw new ServiceError('InvalidInputException', 'refused', 400);
};
