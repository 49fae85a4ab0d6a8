import { ResourceType } from '@aws-sdk/client-config-service';
import { ofResource, put, remove } from './by-key.ts';
import { type Evaluation, type Fault, ServiceError } from './faults.ts';
import { operation, pageSize, type World } from './operation.ts';
import { createRule, type RuleState, type State, type StoredResult } from './state.ts';
import { flag, integer, list, oneOf, structure, text, timestamp } from './validate.ts';

/**
 * The two calls that write and read results. Limits and required members are those of botocore 1.43.11,
 * data/config/2014-11-12/service-2.json.
 */

const verdicts = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'INSUFFICIENT_DATA'];

/** The account itself can be reported on although it is not a recorded type. */
const reportable: ReadonlySet<string> = new Set([...Object.values(ResourceType), 'AWS::::Account']);

const invalid = (message: string) => new ServiceError('InvalidParameterValueException', message);

const evaluationCheck = structure(
  {
    ComplianceResourceType: text(1, 256),
    ComplianceResourceId: text(1, 768),
    ComplianceType: oneOf(verdicts),
    Annotation: text(1, 256),
    OrderingTimestamp: timestamp,
  },
  ['ComplianceResourceType', 'ComplianceResourceId', 'ComplianceType', 'OrderingTimestamp'],
);

interface PutEvaluationsInput {
  readonly ResultToken: string;
  readonly Evaluations?: readonly Evaluation[];
  readonly TestMode?: boolean;
}

function refuseUnsupported({ ComplianceType, ComplianceResourceType }: Evaluation): void {
  // Which exception AWS chooses here is unverified.
  if (ComplianceType === 'INSUFFICIENT_DATA') {
    throw invalid('INSUFFICIENT_DATA is not supported as a ComplianceType in PutEvaluations');
  }
  // https://github.com/awslabs/aws-config-rdk/issues/290
  if (!reportable.has(ComplianceResourceType)) {
    throw invalid(`The resource type ${ComplianceResourceType} is not supported`);
  }
}

function ruleOf(state: State, token: string): RuleState {
  const name = state.resultTokens[token];
  if (name === undefined) {
    throw new ServiceError('InvalidResultTokenException', 'The resultToken provided is invalid');
  }
  return ruleNamed(state, name);
}

function ruleNamed(state: State, name: string): RuleState {
  const rule = state.rules[name];
  if (rule !== undefined) return rule;
  const message = `The ConfigRule '${name}' provided in the request is invalid. Please check the configRule name`;
  throw new ServiceError('NoSuchConfigRuleException', message);
}

/** The later ordering time stands; on a tie the newer call does (both unverified). */
function store(rule: RuleState, evaluation: Evaluation, recordedTime: number): void {
  const { ComplianceResourceType: resourceType, ComplianceResourceId: resourceId } = evaluation;
  const { ComplianceType: complianceType, OrderingTimestamp: orderingTimestamp } = evaluation;
  const key = { resourceType, resourceId };
  const [held] = [...ofResource(rule.results, key), ...ofResource(rule.retired, key)];
  if (held !== undefined && held.orderingTimestamp > orderingTimestamp) return;
  if (complianceType === 'COMPLIANT' || complianceType === 'NON_COMPLIANT') {
    const annotation = evaluation.Annotation;
    remove(rule.retired, key);
    put(rule.results, {
      ...{ ...key, complianceType, annotation },
      ...{ orderingTimestamp, recordedTime },
    });
  } else {
    remove(rule.results, key);
    put(rule.retired, { ...key, orderingTimestamp });
  }
}

const failsIn = (fault: Fault | undefined): ((evaluation: Evaluation) => boolean) =>
  typeof fault === 'object' && 'failedEvaluations' in fault ? fault.failedEvaluations : () => false;

export const putEvaluations = operation(
  structure({ ResultToken: text(), Evaluations: list(evaluationCheck, 0, 100), TestMode: flag }, [
    'ResultToken',
  ]),
  (
    { ResultToken, Evaluations, TestMode }: PutEvaluationsInput,
    { state, fault }: World,
  ): { FailedEvaluations: readonly Evaluation[] } => {
    // Text from moto/config/models.py, which refuses an empty list too; the model's minimum is 0.
    if (Evaluations == null) {
      throw invalid('The Evaluations object in your request cannot be null.');
    }
    for (const evaluation of Evaluations) refuseUnsupported(evaluation);
    const rule = TestMode === true ? createRule() : ruleOf(state, ResultToken);
    const fails = failsIn(fault);
    for (const evaluation of Evaluations) {
      if (!fails(evaluation)) store(rule, evaluation, state.now());
    }
    return { FailedEvaluations: Evaluations.filter(fails) };
  },
);

interface ComplianceDetailsInput {
  readonly ConfigRuleName: string;
  readonly ComplianceTypes?: readonly string[];
  readonly Limit?: number;
  readonly NextToken?: string;
}

/**
 * A retired result is in no answer, also when the filter names NOT_APPLICABLE (unverified). The 64
 * characters are the model's, although a rule's name may have 128.
 */
export const getComplianceDetailsByConfigRule = operation(
  structure(
    {
      ConfigRuleName: text(1, 64),
      ComplianceTypes: list(oneOf(verdicts), 0, 3),
      // Unlike the other reads this one declares no InvalidLimitException.
      Limit: integer(0, 100),
      NextToken: text(),
    },
    ['ConfigRuleName'],
  ),
  (input: ComplianceDetailsInput, { state, pages }: World) => {
    const types = input.ComplianceTypes ?? [];
    // Documented as not usable; the exception is unverified.
    if (types.includes('INSUFFICIENT_DATA')) {
      throw invalid('INSUFFICIENT_DATA cannot be used as a ComplianceType for filtering results');
    }
    const rule = ruleNamed(state, input.ConfigRuleName);
    const size = pageSize(state, 'GetComplianceDetailsByConfigRule', input.Limit, 10);
    const wanted = ({ complianceType }: StoredResult) =>
      types.length === 0 || types.includes(complianceType);
    const page = pages.cut(
      input,
      input.NextToken,
      () => rule.results.filter(wanted),
      () => size,
    );
    return {
      EvaluationResults: page.items.map((result) => toResult(input.ConfigRuleName, result)),
      NextToken: page.nextToken,
    };
  },
);

function toResult(rule: string, result: StoredResult): object {
  const { resourceType, resourceId, complianceType, annotation, orderingTimestamp } = result;
  const recorded = result.recordedTime ?? orderingTimestamp;
  return {
    EvaluationResultIdentifier: {
      EvaluationResultQualifier: {
        ConfigRuleName: rule,
        ResourceType: resourceType,
        ResourceId: resourceId,
        EvaluationMode: 'DETECTIVE',
      },
      OrderingTimestamp: orderingTimestamp,
    },
    ComplianceType: complianceType,
    ResultRecordedTime: recorded,
    ConfigRuleInvokedTime: recorded,
    Annotation: annotation,
  };
}
