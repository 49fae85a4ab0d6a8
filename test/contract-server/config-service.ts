import type { Fields, Signer } from './asked.ts';
import { getComplianceDetailsByConfigRule, putEvaluations } from './evaluations.ts';
import { ServiceError } from './faults.ts';
import {
  batchGetResourceConfig,
  getResourceConfigHistory,
  listDiscoveredResources,
} from './inventory.ts';
import { type Operation, operation, pageSize, type World } from './operation.ts';
import { list, pageLimit, structure, text } from './validate.ts';

interface SelectInput {
  readonly Expression: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

const selectFields = (expression: string): { Name: string }[] => {
  const [, fields = ''] =
    /^\s*select\s+(.*?)(?:\s+(?:where|group|order)\s.*)?$/is.exec(expression) ?? [];
  return fields.split(',').map((field) => ({ Name: field.trim() }));
};

const select =
  (name: string) =>
  (input: SelectInput, { state, pages }: World) => {
    const query = state.queries.find(({ matches }) => matches(input.Expression));
    if (query === undefined) {
      const message = 'The test registered no query that matches this expression';
      throw new ServiceError('InvalidExpressionException', message);
    }
    const { results } = query;
    const rows = () =>
      (typeof results === 'function' ? results(input.Expression) : results).map((row) =>
        typeof row === 'string' ? row : JSON.stringify(row),
      );
    const size = pageSize(state, name, input.Limit, 25);
    const page = pages.cut(input, input.NextToken, rows, () => size);
    return {
      Results: page.items,
      QueryInfo: { SelectFields: selectFields(input.Expression) },
      NextToken: page.nextToken,
    };
  };

const selecting = { Expression: text(1, 4096), Limit: pageLimit, NextToken: text() };

/** Default page of 25 rows for a plain query: AWS Config API Reference, SelectResourceConfig, Limit. */
const selectResourceConfig = operation(
  structure(selecting, ['Expression']),
  select('SelectResourceConfig'),
);

/** AWS Config API Reference, SelectAggregateResourceConfig. */
const selectAggregateResourceConfig = operation(
  structure({ ...selecting, ConfigurationAggregatorName: text(1, 256) }, [
    ...['Expression', 'ConfigurationAggregatorName'],
  ]),
  select('SelectAggregateResourceConfig'),
);

const describeDeliveryChannels = operation(
  structure({ DeliveryChannelNames: list(text(1, 256)) }),
  (
    { DeliveryChannelNames: names = [] }: { DeliveryChannelNames?: readonly string[] },
    { state },
  ) => {
    const missing = names.find((name) => state.deliveryChannels.every((one) => one.name !== name));
    if (missing !== undefined) {
      const message = `Cannot find delivery channel with specified name '${missing}'.`;
      throw new ServiceError('NoSuchDeliveryChannelException', message);
    }
    const chosen = state.deliveryChannels.filter(({ name }) => names.includes(name));
    return { DeliveryChannels: names.length === 0 ? state.deliveryChannels : chosen };
  },
);

const operations: Readonly<Record<string, Operation>> = {
  BatchGetResourceConfig: batchGetResourceConfig,
  DescribeDeliveryChannels: describeDeliveryChannels,
  GetComplianceDetailsByConfigRule: getComplianceDetailsByConfigRule,
  GetResourceConfigHistory: getResourceConfigHistory,
  ListDiscoveredResources: listDiscoveredResources,
  PutEvaluations: putEvaluations,
  SelectAggregateResourceConfig: selectAggregateResourceConfig,
  SelectResourceConfig: selectResourceConfig,
};

export const configOperations: readonly string[] = Object.keys(operations);

export function answerConfig(name: string, input: unknown, world: World, signer: Signer): object {
  const handle = Object.hasOwn(operations, name) ? operations[name] : undefined;
  // What only facets ask is the test's own.
  const answer = Object.hasOwn(world.state.answers, name) ? world.state.answers[name] : undefined;
  if (handle === undefined && answer !== undefined) {
    return typeof answer === 'function' ? answer(input as Fields, signer) : answer;
  }
  if (handle === undefined) {
    throw new ServiceError('UnknownOperationException', `Unknown operation ${name}`);
  }
  return handle(input, world);
}
