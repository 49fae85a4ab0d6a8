import { type Counts, type Severity, STATES } from '../data/shape.ts';
import { number } from '../data/words.ts';
import { STATE_WORDS } from './mark.tsx';

/** How judgements divide over the states that count, as one bar. What does not apply is left out of it, and said in words. */
export function StateBar({ counts, severity = 'high' }: { counts: Counts; severity?: Severity }) {
  const whole = counts[0] + counts[1] + counts[2] + counts[3];
  const words = STATES.map((state, at) => `${number(counts[at] ?? 0)} ${STATE_WORDS[state].toLowerCase()}`);
  let from = 0;
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={words.join(', ')}>
      {whole === 0 && <rect class="NOT_APPLICABLE" x="0" y="0" width="100" height="8" />}
      {STATES.slice(0, 4).map((state, at) => {
        const count = counts[at] ?? 0;
        if (count === 0) return null;
        // One of a hundred thousand is still to be seen.
        const width = Math.max((100 * count) / whole, 0.6);
        const x = Math.min(from, 100 - width);
        from += width;
        const fill = state === 'FAIL' ? severity : state;
        return <rect key={state} class={fill} x={x} y="0" width={width} height="8" />;
      })}
    </svg>
  );
}

/** How many of how many, as a thin line. */
export function Share({ part, of, severity }: { part: number; of: number; severity: Severity }) {
  const width = of === 0 ? 0 : Math.max((100 * part) / of, 1);
  return (
    <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="ground" x="0" y="0" width="100" height="4" />
      <rect class={severity} x="0" y="0" width={width} height="4" />
    </svg>
  );
}
