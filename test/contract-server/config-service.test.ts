import {
  InvalidExpressionException,
  InvalidLimitException,
  paginateSelectResourceConfig,
  SelectResourceConfigCommand,
  ValidationException,
} from '@aws-sdk/client-config-service';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './clients.ts';
import { toSelectResult } from './encodings.ts';
import { bucketItem } from './items.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

describe('SelectResourceConfig', () => {
  const select = (Expression: string, Limit?: number) =>
    bench.config.send(
      new SelectResourceConfigCommand({ Expression, ...(Limit === undefined ? {} : { Limit }) }),
    );
  const expression = "SELECT resourceId, tags WHERE resourceType = 'AWS::S3::Bucket'";

  beforeEach(() => {
    const matches = (sql: string) => sql.includes('AWS::S3::Bucket');
    const rows = Array.from({ length: 30 }, (_, n) => bucketItem(`n-${n}`));
    const results = rows.map((item) => toSelectResult(item, ['resourceId', 'tags']));
    bench.state.queries.push({ matches, results }, { matches: () => false, results: [] });
  });

  it('answers a query that the test knows, in pages of JSON text', async () => {
    const { Results, QueryInfo } = await select(expression, 2);
    const tags = [{ key: 'team', value: 'a', tag: 'team=a' }];
    expect(Results?.map((row) => JSON.parse(row))).toEqual([
      { resourceId: 'n-0', tags },
      { resourceId: 'n-1', tags },
    ]);
    expect(QueryInfo?.SelectFields).toEqual([{ Name: 'resourceId' }, { Name: 'tags' }]);
    const seen: number[] = [];
    const pages = paginateSelectResourceConfig(
      { client: bench.config },
      { Expression: expression },
    );
    for await (const page of pages) seen.push(page.Results?.length ?? 0);
    expect(seen).toEqual([25, 5]);
  });

  it('refuses other expressions, long ones and limits over 100', async () => {
    await expect(select('SELECT 1')).rejects.toBeInstanceOf(InvalidExpressionException);
    const long = select(expression.padEnd(4097));
    await expect(long).rejects.toBeInstanceOf(ValidationException);
    await expect(select(expression, 101)).rejects.toBeInstanceOf(InvalidLimitException);
  });
});
