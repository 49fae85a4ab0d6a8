import type { Severity, State } from '../data/shape.ts';

export const STATE_WORDS: Readonly<Record<State, string>> = {
  FAIL: 'Fail',
  UNKNOWN: 'Unknown',
  WAIVED: 'Waived',
  PASS: 'Pass',
  NOT_APPLICABLE: 'Not applicable',
};

const SHAPES: Readonly<Record<Severity, string>> = {
  critical: 'M6 .5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z',
  high: 'M6 .3 11.7 6 6 11.7.3 6z',
  medium: 'M1.5 1.5h9v9h-9z',
  low: 'M6 2 11 10.5H1z',
};

const OTHERS: Readonly<Record<Exclude<State, 'FAIL'>, string>> = {
  UNKNOWN: 'M1.5 1.5h9v9h-9zM1.5 6 6 1.5M1.5 10.5l9-9M6 10.5 10.5 6',
  WAIVED: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10z',
  PASS: 'M2 6.5 5 9.5 10.5 3',
  NOT_APPLICABLE: 'M3 6h6',
};

/** A state as a shape; the word for it stands next to it, or in `word`, for those who do not see it. */
export function Mark({ state, severity, word }: { state: State; severity: Severity; word?: string }) {
  const shape = state === 'FAIL' ? SHAPES[severity] : OTHERS[state];
  return (
    <>
      <svg class={`mark ${state === 'FAIL' ? severity : state}`} viewBox="0 0 12 12" aria-hidden="true">
        <path d={shape} />
      </svg>
      {word !== undefined && <span class="sr">{word}</span>}
    </>
  );
}
