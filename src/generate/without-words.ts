import { type AnyNode, parse } from 'acorn';
import { transform } from 'esbuild';

/** Properties of a rule that people read, and that no function needs to decide. */
const WORDS: ReadonlySet<string> = new Set(['title', 'rationale', 'limits', 'fix', 'caution']);

/** Functions whose first argument is a reason for people. */
const REASONS: ReadonlySet<string> = new Set(['primary', 'supporting']);

/** The source of a rule as JavaScript, without what it says to people: a function that judges carries no word of it. */
export async function withoutWords(source: string): Promise<string> {
  const { code } = await transform(source, { loader: 'ts', target: 'es2023' });
  const cuts: { from: number; to: number; instead: string }[] = [];
  visit(parse(code, { ecmaVersion: 2023, sourceType: 'module' }), (node) => {
    if (node.type === 'Property' && !node.computed && WORDS.has(nameOf(node.key))) {
      cuts.push({ from: node.value.start, to: node.value.end, instead: 'void 0' });
    }
    if (node.type === 'CallExpression' && REASONS.has(nameOf(node.callee))) {
      const [reason] = node.arguments;
      if (reason) cuts.push({ from: reason.start, to: reason.end, instead: '""' });
    }
  });
  return cuts.reduceRight(
    (text, { from, to, instead }) => text.slice(0, from) + instead + text.slice(to),
    code,
  );
}

const nameOf = (node: AnyNode) => (node.type === 'Identifier' ? node.name : '');

/** Parents before children, in the order of the source. Words hold no words, so what is cut is not looked into by chance. */
function visit(node: AnyNode, see: (node: AnyNode) => void): void {
  see(node);
  for (const child of Object.values(node)) {
    for (const each of Array.isArray(child) ? child : [child]) {
      if (typeof each?.type === 'string') visit(each as AnyNode, see);
    }
  }
}
