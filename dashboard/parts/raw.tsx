import type { Index } from '../data/shape.ts';
import { evidenceOf, isHashOf } from '../data/store.ts';
import { Copy, usePromise } from './common.tsx';
import { pretty } from './policy.tsx';

/** A raw input with its hash, calculated again here, so that a reader need not believe us. */
export function Raw({ index, sha256, what }: { index: Index; sha256: string; what: string }) {
  const { value, error } = usePromise(async () => {
    const { raw } = await evidenceOf(index, sha256);
    return { text: raw, isSame: raw === undefined ? null : await isHashOf(raw, sha256) };
  }, [sha256]);
  return (
    <div class="raw">
      <p>
        {what} <code>sha256 {sha256}</code>
      </p>
      {error && <p class="muted">It could not be read: {error}</p>}
      {value && value.text === undefined && <p class="muted">The data set holds no raw text for it.</p>}
      {value && typeof value.text === 'string' && (
        <>
          <p class={value.isSame === false ? 'bad' : 'muted'}>
            {value.isSame === null &&
              'This browser calculates no hashes for pages that came over HTTP. Copy the text and run sha256sum.'}
            {value.isSame === true && 'Checked in this browser: the text below has this hash.'}
            {value.isSame === false && 'The text below does not have this hash. Do not rely on it.'}
          </p>
          <details>
            <summary>Raw text</summary>
            <p class="row">
              <Copy text={value.text} what="Copy as recorded" />
            </p>
            <pre class="codebox" tabIndex={0}>
              {prettyText(value.text)}
            </pre>
          </details>
        </>
      )}
    </div>
  );
}

function prettyText(text: string): string {
  try {
    return pretty(JSON.parse(text));
  } catch {
    return text;
  }
}
