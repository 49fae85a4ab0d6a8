import { linesOf, offending, type PolicyText, policiesIn } from '../data/policy.ts';
import { counted, shown } from '../data/words.ts';
import { Copy } from './common.tsx';

/** The statement that a finding is about, marked in its policy; the other statements open on demand. */
export function Policy({ raws, evidence }: { raws: readonly string[]; evidence: Readonly<Record<string, unknown>> }) {
  const policies = raws.flatMap(policiesIn);
  const found = offending(policies, evidence);
  if (!found) return null;
  const { policy, at } = found;
  const others = policy.statements.length - 1;
  return (
    <section class="policy">
      <h3>
        Statement {at + 1} of {policy.statements.length}{' '}
        <small>
          <bdi>{shown(policy.path)}</bdi>
        </small>
      </h3>
      <div class="codebox">
        <Statement {...{ policy, at, evidence }} />
      </div>
      <p class="row">
        <Copy text={JSON.stringify(policy.statements[at], null, 2)} what="Copy statement" />
      </p>
      {others > 0 && (
        <details>
          <summary>{counted(others, 'other statement')} of the policy</summary>
          <pre class="codebox" tabIndex={0}>
            {policy.statements.map((each, position) => (position === at ? '' : `${pretty(each)}\n`)).join('')}
          </pre>
        </details>
      )}
    </section>
  );
}

function Statement({ policy, at, evidence }: { policy: PolicyText; at: number; evidence: Readonly<Record<string, unknown>> }) {
  const lines = linesOf(policy.statements[at] ?? {}, evidence);
  return (
    <pre class="marked" tabIndex={0}>
      {lines.map(({ text, isNamed }, line) => (
        <span key={line} class={isNamed ? 'named' : ''}>
          {isNamed ? <mark>{shown(text)}</mark> : shown(text)}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}

/** JSON for reading, line by line, with what could act on the reader shown as an escape. */
export const pretty = (value: unknown) => JSON.stringify(value, null, 2).split('\n').map(shown).join('\n');
