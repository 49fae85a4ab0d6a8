import type { Severity } from '../data/shape.ts';
import { Mark, STATE_WORDS } from './mark.tsx';

/** How a finding stood: "FAIL noDenial" as a mark and words. */
export function Side({ side, severity }: { side: string; severity: Severity }) {
  if (side === '') return <span class="muted">not judged</span>;
  const [state = 'UNKNOWN', message] = side.split(' ') as [keyof typeof STATE_WORDS, string];
  return (
    <span class="nowrap">
      <Mark {...{ state, severity }} /> {STATE_WORDS[state] ?? state} <span class="note">{message}</span>
    </span>
  );
}
