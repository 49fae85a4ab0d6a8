import {
  type Evaluation,
  InvalidParameterValueException,
  InvalidResultTokenException,
  NoSuchConfigRuleException,
  PutEvaluationsCommand,
  ValidationException,
} from '@aws-sdk/client-config-service';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './clients.ts';
import { createRule } from './state.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench({
    rules: { rule: createRule() },
    resultTokens: { token: 'rule', orphan: 'deleted-rule' },
    now: () => 1772400000,
  });
});
afterEach(() => bench.close());

const evaluation = (parts: Partial<Evaluation> = {}): Evaluation => ({
  ComplianceResourceType: 'AWS::S3::Bucket',
  ComplianceResourceId: 'b',
  ComplianceType: 'NON_COMPLIANT',
  OrderingTimestamp: new Date('2026-03-01T10:00:00Z'),
  ...parts,
});
const put = (Evaluations: Evaluation[], ResultToken = 'token', TestMode = false) =>
  bench.config.send(new PutEvaluationsCommand({ Evaluations, ResultToken, TestMode }));
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => evaluation({ ComplianceResourceId: `b-${n}` }));
const results = () => bench.state.rules['rule']?.results ?? [];

describe('PutEvaluations', () => {
  it('stores what it is sent', async () => {
    const { FailedEvaluations } = await put([evaluation({ Annotation: 'why' })]);
    expect(FailedEvaluations).toEqual([]);
    expect(results()).toEqual([
      {
        ...{ resourceType: 'AWS::S3::Bucket', resourceId: 'b', complianceType: 'NON_COMPLIANT' },
        ...{ annotation: 'why', orderingTimestamp: 1772359200, recordedTime: 1772400000 },
      },
    ]);
  });

  it('takes 0 to 100 evaluations, and the same token again', async () => {
    await put([]);
    await put(many(100));
    await put(many(101).slice(100));
    expect(results()).toHaveLength(101);
    const refusal = await put(many(101)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ValidationException);
    expect(refusal).toMatchObject({
      message:
        "1 validation error detected: Value '[101 members]' at 'evaluations' failed to satisfy " +
        'constraint: Member must have length less than or equal to 100',
    });
  });

  it.each<[string, Partial<Evaluation>, string]>([
    ['an empty annotation', { Annotation: '' }, "'evaluations.1.member.annotation'"],
    ['257 code units', { Annotation: 'x'.repeat(257) }, 'less than or equal to 256'],
    ['129 surrogate pairs', { Annotation: '🪣'.repeat(129) }, 'less than or equal to 256'],
    ['an empty id', { ComplianceResourceId: '' }, 'greater than or equal to 1'],
    ['a long id', { ComplianceResourceId: 'x'.repeat(769) }, 'less than or equal to 768'],
    ['a long type', { ComplianceResourceType: 'x'.repeat(257) }, 'less than or equal to 256'],
    ['no time', { OrderingTimestamp: undefined }, "'evaluations.1.member.orderingTimestamp'"],
    ['no id', { ComplianceResourceId: undefined }, 'Member must not be null'],
    ['another verdict', { ComplianceType: 'FINE' as 'COMPLIANT' }, 'enum value set'],
  ])('refuses %s', async (_, parts, message) => {
    const refusal = await put([evaluation(parts)]).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ValidationException);
    expect(refusal).toMatchObject({ message: expect.stringContaining(message) });
    expect(results()).toEqual([]);
  });

  it('takes an annotation of 256 code units and an id of 768', async () => {
    const parts = { Annotation: '🪣'.repeat(128), ComplianceResourceId: 'x'.repeat(768) };
    await put([evaluation(parts)]);
    expect(results()).toHaveLength(1);
  });

  it.each<[string, Partial<Evaluation>]>([
    ['INSUFFICIENT_DATA', { ComplianceType: 'INSUFFICIENT_DATA' }],
    ['a type that Config does not know', { ComplianceResourceType: 'AWS::S3::Object' }],
  ])('refuses %s', async (_, parts) => {
    await expect(put([evaluation(parts)])).rejects.toBeInstanceOf(InvalidParameterValueException);
  });

  it('takes the account as a resource', async () => {
    await put([evaluation({ ComplianceResourceType: 'AWS::::Account' })]);
    expect(results()).toHaveLength(1);
  });

  it('knows its tokens and their rules', async () => {
    await expect(put([], 'other')).rejects.toBeInstanceOf(InvalidResultTokenException);
    await expect(put([], 'orphan')).rejects.toBeInstanceOf(NoSuchConfigRuleException);
    const without = new PutEvaluationsCommand({ ResultToken: undefined, Evaluations: [] });
    await expect(bench.config.send(without)).rejects.toThrow("Value null at 'resultToken'");
    const nothing = new PutEvaluationsCommand({ ResultToken: 'token' });
    await expect(bench.config.send(nothing)).rejects.toThrow('cannot be null');
  });

  it('stores nothing in test mode, whatever the token, and validates all the same', async () => {
    await put([evaluation()], 'TESTMODE', true);
    expect(results()).toEqual([]);
    const refusal = put([evaluation({ Annotation: '' })], 'TESTMODE', true);
    await expect(refusal).rejects.toBeInstanceOf(ValidationException);
  });

  it('keeps the later ordering time and removes what is not applicable', async () => {
    const at = (second: number) => ({ OrderingTimestamp: new Date(second * 1000) });
    await put([evaluation({ ComplianceType: 'COMPLIANT', ...at(20) })]);
    await put([evaluation({ ComplianceType: 'NON_COMPLIANT', ...at(10) })]);
    expect(results()).toMatchObject([{ complianceType: 'COMPLIANT', orderingTimestamp: 20 }]);
    await put([evaluation({ ComplianceType: 'NOT_APPLICABLE', ...at(30) })]);
    await put([evaluation({ ComplianceType: 'COMPLIANT', ...at(25) })]);
    expect(results()).toEqual([]);
    await put([evaluation({ ComplianceType: 'COMPLIANT', ...at(31) })]);
    expect(results()).toHaveLength(1);
  });

  it('can answer 200 and name evaluations that failed', async () => {
    const failedEvaluations = (e: { ComplianceResourceId: string }) =>
      e.ComplianceResourceId === 'b-1';
    bench.server.fail('PutEvaluations', { failedEvaluations });
    const { FailedEvaluations, $metadata } = await put(many(3));
    expect($metadata.httpStatusCode).toBe(200);
    expect(FailedEvaluations).toEqual([evaluation({ ComplianceResourceId: 'b-1' })]);
    expect(results().map(({ resourceId }) => resourceId)).toEqual(['b-0', 'b-2']);
  });
});
