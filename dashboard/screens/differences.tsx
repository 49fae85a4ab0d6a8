import type { Index, Rule } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import { subjectLink } from '../data/subject.ts';
import type { Coverage } from '../data/tables.ts';
import { counted, number, time } from '../data/words.ts';
import { Named } from '../parts/common.tsx';
import { Head } from '../parts/head.tsx';
import { Side } from '../parts/side.tsx';

/** Where AWS Config holds another result than this run; nothing where its results were not read. */
export function Differences({ index: { rules }, table: { differences, differenceCount } }: { index: Index; table: Coverage }) {
  const found = judgements.value;
  if (differenceCount === 0) return null;
  return (
    <section>
      <h2>
        Results of AWS Config that differ <small>{counted(differenceCount, 'finding')}: every figure here is of this run</small>
      </h2>
      <table class="counts">
        <caption class="sr">Findings for which AWS Config holds another result</caption>
        <Head columns={[['Resource'], ['Rule', 'wide'], ['This run'], ['AWS Config'], ['Recorded', 'wide'], ['Why', 'wide']]} />
        <tbody>
          {differences.map(({ subject, name, rule: at, ours, theirs, recorded, why }) => {
            const { id, severity } = rules[at] as Rule;
            return (
              <tr key={`${subject} ${at}`}>
                <th scope="row">
                  <Named name={name} href={found && subject >= 0 && subjectLink(found, subject, id)} />
                  <code class="phone">{id}</code>
                </th>
                <td class="wide">
                  <code>{id}</code>
                </td>
                <td>
                  <Side {...{ side: ours, severity }} />
                </td>
                <td>{theirs === '' ? 'no result' : <Side {...{ side: theirs, severity }} />}</td>
                <td class="wide">{time(recorded)}</td>
                <td class="wide">{why}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {differenceCount > differences.length && (
        <p class="note">
          The first {number(differences.length)}. The table differences of the data set has all {number(differenceCount)}.
        </p>
      )}
    </section>
  );
}
