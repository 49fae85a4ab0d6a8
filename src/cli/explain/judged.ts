import { rules } from '../../../rules/index.ts';
import { packOf } from '../../assessment/pack-of.ts';
import { isJudgedBy } from '../../assessment/subject.ts';
import { type Explained, explanationOf, type Question } from '../../explanation/explained.ts';
import { needsOf } from '../../facets/needs.ts';
import { ConfigSnapshot } from '../../sources/files/config-snapshot.ts';
import type { Complain } from '../../sources/source.ts';

/** Explains one rule on every resource of this ARN, id or name. Several may have one name. */
export async function explained(
  paths: readonly string[],
  resource: string,
  asked: Omit<Question, 'pack'>,
  complain: Complain,
): Promise<readonly Explained[]> {
  const { rule } = asked.rule;
  const question = { ...asked, pack: packOf(rules) };
  const snapshot = new ConfigSnapshot(paths);
  const source = await snapshot.open({ namesBuckets: needsOf(rule).neighbours, complain });
  const found: Explained[] = [];
  for await (const item of source.items()) {
    const isMeant = [item.arn, item.resourceId, item.resourceName].includes(resource);
    if (isMeant && isJudgedBy(item, rule)) found.push(await explanationOf(item, source, question));
  }
  return found;
}
