import type { Severity } from '../data/shape.ts';
import type { DetailFinding } from '../data/tables.ts';
import { day } from '../data/words.ts';
import { Side } from './side.tsx';

/** How a finding stood in the runs that are known, newest first. */
export function Timeline({ past = [], severity }: { past: DetailFinding['past']; severity: Severity }) {
  if (past.length === 0) return null;
  return (
    <section>
      <h3>How it changed</h3>
      <ol class="timeline">
        {past.map(([since, side, cause]) => (
          <li key={since}>
            <span class="when">{since ? `since ${day(since)}` : 'before'}</span> <Side {...{ side, severity }} />{' '}
            {cause && <span class="note">{cause}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
