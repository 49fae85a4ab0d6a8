import type { Point } from '../data/summary.ts';
import { isBlind, isBreak } from '../data/tally.ts';
import { list, number, shortDay, time } from '../data/words.ts';
import { Head } from './head.tsx';

const WIDTH = 340;
const HEIGHT = 92;
const LEFT = 4;
const RIGHT = 92;
const DAYS = 90;

/** Open findings over the last 90 days: all of them, and below the critical and high ones. A table of the same stands behind it. */
export function Trend({ history }: { history: readonly Point[] }) {
  const last = history.at(-1);
  if (!last) return null;
  const since = Date.parse(last.at) - DAYS * 86_400_000;
  const points = history.filter(({ at }) => Date.parse(at) >= since);
  const [first] = points;
  if (points.length < 2 || !first) {
    return <p class="muted">This is the first run. From the next one on, a line shows how findings change.</p>;
  }
  const urgent = (point: Point) => (point.failing[0] ?? 0) + (point.failing[1] ?? 0);
  const open = (point: Point) => point.counts[0];
  const said = (point: Point) => `${isBlind(point) ? 'not known' : number(open(point))} on ${shortDay(point.at)}`;
  const seen = points.filter((point) => !isBlind(point));
  const top = Math.max(...seen.map(open), 1) * 1.05;
  const span = Date.parse(last.at) - Date.parse(first.at) || 1;
  const x = (point: Point) => LEFT + ((Date.parse(point.at) - Date.parse(first.at)) / span) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => 16 + (1 - value / top) * (HEIGHT - 34);
  const pairs = points.slice(1).flatMap((to, at) => {
    const from = points[at] ?? to;
    return isBlind(from) || isBlind(to) ? [] : [{ from, to, kind: isBreak(to) ? 'line dashed' : 'line' }];
  });
  const blind = points.filter(isBlind);
  const isBroken = pairs.some(({ to }) => isBreak(to));
  // Two labels that would meet are moved apart.
  const [yAll, yUrgent] = [y(open(last)), Math.max(y(urgent(last)), y(open(last)) + 14)];
  return (
    <figure class="trend">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Open findings: ${said(first)}, ${said(last)}. The table below has every run.`}
      >
        <path class="axis" d={`M${LEFT} ${y(0)}H${WIDTH - RIGHT}`} />
        {blind.map((point) => (
          <g key={point.run}>
            <path class="blind" d={`M${x(point)} 12V${y(0)}`} />
            <text class="faint" x={x(point) + 3} y="22">
              ?
            </text>
          </g>
        ))}
        {[urgent, open].map((value) =>
          pairs.map(({ from, to, kind }) => (
            <path
              key={to.run}
              class={value === open ? kind : `${kind} faint`}
              d={`M${x(from)} ${y(value(from))}L${x(to)} ${y(value(to))}`}
            />
          )),
        )}
        {seen
          .filter((point) => point === last || points.length < 30)
          .map((point) => (
            <circle key={point.run} class="dot" cx={x(point)} cy={y(open(point))} r={point === last ? 3 : 1.75} />
          ))}
        {!isBlind(first) && (
          <text x={LEFT} y={y(open(first)) - 6}>
            {number(open(first))}
          </text>
        )}
        {isBlind(last) ? (
          <text class="faint" x={x(last) + 8} y="46">
            not known
          </text>
        ) : (
          <>
            <text class="strong" x={x(last) + 8} y={yAll + 4}>
              {number(open(last))}
            </text>
            <text class="faint" x={x(last) + 8} y={yUrgent + 4}>{`${number(urgent(last))} critical, high`}</text>
          </>
        )}
        <text class="faint" x={LEFT} y={HEIGHT - 4}>
          {shortDay(first.at)}
        </text>
        <text class="faint end" x={WIDTH - RIGHT} y={HEIGHT - 4}>
          {shortDay(last.at)}
        </text>
      </svg>
      {(blind.length > 0 || isBroken) && (
        <figcaption class="note">
          {blind.length > 0 && `Gap: most judgements of ${list(blind.slice(-3).map(({ at }) => shortDay(at)))} are unknown. `}
          {isBroken && 'Dashed: the two runs could not judge the same.'}
        </figcaption>
      )}
      <details>
        <summary>Numbers of each run</summary>
        <table>
          <Head columns={[['Run'], ['Open', 'n'], ['Critical, high', 'n'], ['Unknown', 'n'], ['Accounts not assessed', 'n']]} />
          <tbody>
            {points.toReversed().map((point) => (
              <tr key={point.run}>
                <th scope="row">{time(point.at)}</th>
                <td class="n">{isBlind(point) ? '–' : number(open(point))}</td>
                <td class="n">{isBlind(point) ? '–' : number(urgent(point))}</td>
                <td class="n">{number(point.counts[1])}</td>
                <td class="n">{number(point.notAssessed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
