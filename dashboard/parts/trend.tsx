import type { Point } from '../data/summary.ts';
import { number, shortDay, time } from '../data/words.ts';

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
  const said = (point: Point) => `${number(open(point))} on ${shortDay(point.at)}`;
  const top = Math.max(...points.map(open), 1) * 1.05;
  const span = Date.parse(last.at) - Date.parse(first.at) || 1;
  const x = (point: Point) => LEFT + ((Date.parse(point.at) - Date.parse(first.at)) / span) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => 16 + (1 - value / top) * (HEIGHT - 34);
  const line = (value: (point: Point) => number) =>
    points.map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point).toFixed(1)} ${y(value(point)).toFixed(1)}`).join('');
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
        <path class="line faint" d={line(urgent)} />
        <path class="line" d={line(open)} />
        <circle class="dot" cx={x(last)} cy={yAll} r="3" />
        <text x={LEFT} y={y(open(first)) - 6}>
          {number(open(first))}
        </text>
        <text class="strong" x={x(last) + 8} y={yAll + 4}>
          {number(open(last))}
        </text>
        <text class="faint" x={x(last) + 8} y={yUrgent + 4}>{`${number(urgent(last))} critical, high`}</text>
        <text class="faint" x={LEFT} y={HEIGHT - 4}>
          {shortDay(first.at)}
        </text>
        <text class="faint end" x={WIDTH - RIGHT} y={HEIGHT - 4}>
          {shortDay(last.at)}
        </text>
      </svg>
      <details>
        <summary>Numbers of each run</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col" class="n">
                Open
              </th>
              <th scope="col" class="n">
                Critical, high
              </th>
              <th scope="col" class="n">
                Unknown
              </th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map((point) => (
              <tr key={point.run}>
                <th scope="row">{time(point.at)}</th>
                <td class="n">{number(open(point))}</td>
                <td class="n">{number(urgent(point))}</td>
                <td class="n">{number(point.counts[1])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
