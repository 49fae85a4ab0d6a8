import { type AnyNode, parse } from 'acorn';
import { transform } from 'esbuild';

/** Properties of a rule that people read, and that no function needs to decide. */
const WORDS: ReadonlySet<string> = new Set(['title', 'rationale', 'limits', 'fix', 'caution']);

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly instead: string;
}

/** The source of a rule as JavaScript, without what it says to people: a function that judges carries no word of it. */
export async function withoutWords(source: string): Promise<string> {
  const { code } = await transform(source, { loader: 'ts', target: 'es2023' });
  const cuts = cutsIn(parse(code, { ecmaVersion: 2023, sourceType: 'module' }));
  return cuts.reduceRight(
    (text, { from, to, instead }) => text.slice(0, from) + instead + text.slice(to),
    code,
  );
}

/** In the order of the source. What is cut is not looked into. */
function cutsIn(node: AnyNode): readonly Cut[] {
  const cut = cutOf(node);
  if (cut !== null) return [cut];
  const children = Object.values(node).flatMap((child) => (Array.isArray(child) ? child : [child]));
  return children.filter((child) => typeof child?.type === 'string').flatMap(cutsIn);
}

function cutOf(node: AnyNode): Cut | null {
  if (node.type === 'Property' && !node.computed && WORDS.has(nameOf(node.key))) {
    return { from: node.start, to: node.end, instead: `${nameOf(node.key)}: void 0` };
  }
  if (node.type !== 'CallExpression') return null;
  const [first, advice] = node.arguments;
  // A reason of a requirement is for people, and so is advice that stands elsewhere in the file.
  const isReason = ['primary', 'supporting'].includes(nameOf(node.callee));
  if (isReason && first) return { from: first.start, to: first.end, instead: '""' };
  const isElsewhere = advice !== undefined && advice.type !== 'ObjectExpression';
  if (nameOf(node.callee) !== 'fail' || !first || !isElsewhere) return null;
  return { from: first.end, to: advice.end, instead: ', {}' };
}

const nameOf = (node: AnyNode) => (node.type === 'Identifier' ? node.name : '');
