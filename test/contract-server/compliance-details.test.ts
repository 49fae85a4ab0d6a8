import {
  GetComplianceDetailsByConfigRuleCommand,
  type GetComplianceDetailsByConfigRuleCommandInput,
  InvalidNextTokenException,
  InvalidParameterValueException,
  NoSuchConfigRuleException,
  paginateGetComplianceDetailsByConfigRule,
  ValidationException,
} from '@aws-sdk/client-config-service';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './clients.ts';
import { storedResult } from './items.ts';
import { createRule } from './state.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

describe('GetComplianceDetailsByConfigRule', () => {
  type Input = Partial<GetComplianceDetailsByConfigRuleCommandInput>;
  const details = (input: Input = {}) =>
    bench.config.send(
      new GetComplianceDetailsByConfigRuleCommand({ ConfigRuleName: 'rule', ...input }),
    );

  beforeEach(() => {
    const stored = Array.from({ length: 25 }, (_, n) => storedResult(`b-${n}`, 'COMPLIANT', n));
    bench.state.rules['rule'] = createRule([...stored, storedResult('bad', 'NON_COMPLIANT', 99)]);
  });

  it('gives results in the shape of the API', async () => {
    const { EvaluationResults } = await details({ ComplianceTypes: ['NON_COMPLIANT'] });
    const EvaluationResultQualifier = {
      ...{ ConfigRuleName: 'rule', ResourceType: 'AWS::S3::Bucket', ResourceId: 'bad' },
      EvaluationMode: 'DETECTIVE',
    };
    const OrderingTimestamp = new Date(99_000);
    expect(EvaluationResults).toMatchObject([
      {
        EvaluationResultIdentifier: { EvaluationResultQualifier, OrderingTimestamp },
        ComplianceType: 'NON_COMPLIANT',
      },
    ]);
  });

  it('pages by 10 unless asked, and by less when AWS feels like it', async () => {
    expect((await details()).EvaluationResults).toHaveLength(10);
    expect((await details({ Limit: 0 })).EvaluationResults).toHaveLength(10);
    expect((await details({ Limit: 100 })).EvaluationResults).toHaveLength(26);
    bench.state.pageSizes['GetComplianceDetailsByConfigRule'] = 7;
    const sizes: number[] = [];
    const pages = paginateGetComplianceDetailsByConfigRule(
      { client: bench.config, pageSize: 100 },
      { ConfigRuleName: 'rule' },
    );
    for await (const page of pages) sizes.push(page.EvaluationResults?.length ?? 0);
    expect(sizes).toEqual([7, 7, 7, 5]);
  });

  it('refuses names over 64, limits over 100, unknown rules and filters it cannot apply', async () => {
    const long = details({ ConfigRuleName: 'x'.repeat(65) });
    await expect(long).rejects.toBeInstanceOf(ValidationException);
    await expect(details({ ConfigRuleName: '' })).rejects.toBeInstanceOf(ValidationException);
    await expect(details({ Limit: 101 })).rejects.toBeInstanceOf(ValidationException);
    const other = details({ ConfigRuleName: 'x'.repeat(64) });
    await expect(other).rejects.toBeInstanceOf(NoSuchConfigRuleException);
    const filter = details({ ComplianceTypes: ['INSUFFICIENT_DATA'] });
    await expect(filter).rejects.toBeInstanceOf(InvalidParameterValueException);
  });

  it('refuses a token it did not give, or gave for another question', async () => {
    await expect(details({ NextToken: 'x' })).rejects.toBeInstanceOf(InvalidNextTokenException);
    const { NextToken } = await details();
    const other = details({ NextToken, ComplianceTypes: ['COMPLIANT'] });
    await expect(other).rejects.toBeInstanceOf(InvalidNextTokenException);
    // A retry sends the same token again.
    const [first, again] = [await details({ NextToken }), await details({ NextToken })];
    expect(again.EvaluationResults).toEqual(first.EvaluationResults);
  });
});
