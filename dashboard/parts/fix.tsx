import type { Fix as Shown } from '../data/tables.ts';
import { shown } from '../data/words.ts';
import { Copy } from './common.tsx';

/** The change to paste, as each tool takes it: the first is open, the others open on demand. */
export function Fix({ fix, basis }: { fix: Shown; basis: string }) {
  const { steps = [], result } = fix;
  if (steps.length === 0) return <p class="muted">{result}</p>;
  return (
    <div class="paste">
      <h4>Change to paste</h4>
      <p>
        <bdi>{shown(result)}</bdi> <small>{basis}</small>
      </p>
      {steps.map(({ message, caution, as }, step) => (
        <>
          {steps.length > 1 && (
            <h4>
              {step + 1}. <code>{message}</code>
            </h4>
          )}
          {caution && <p class="caution">{caution}</p>}
          {as.map(([tool, text], at) => (
            <details key={tool} name={`step${step}`} open={at === 0}>
              <summary>{tool}</summary>
              <Copy text={text} what={`Copy for ${tool}`} />
              <pre class="codebox" tabIndex={0}>
                {text.split('\n').map(shown).join('\n')}
              </pre>
            </details>
          ))}
        </>
      ))}
    </div>
  );
}
