import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { to } from '../data/route.ts';
import type { Rule } from '../data/shape.ts';
import { rem, useVirtual } from './virtual.ts';

/** What a cell says: a class for its look, how much of it is filled (0 to 4 quarters), and its words. */
export interface GridCell {
  readonly look: string;
  readonly quarters: number;
  readonly words: string;
  readonly href?: string;
}
export interface GridRow {
  readonly key: string;
  readonly name: string;
  readonly aside: string;
  readonly href: string;
}

interface Props {
  readonly label: string;
  readonly rules: readonly Rule[];
  readonly rows: number;
  row(at: number): GridRow;
  cell(row: number, rule: number): GridCell;
}

/** In rem, as in grid.css. */
const ROW = 1.625;
const SHOWN_WHOLE = 24;

/** Rows by rules, as cells that show patterns. Arrow keys move, Enter opens. Long grids draw only what is on the screen. */
export function Grid({ label, rules, rows, row, cell }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<readonly [number, number]>([0, -1]);
  const [told, tell] = useState('');
  // Keys may come faster than the page is drawn.
  const place = useRef(at);
  const go = (next: readonly [number, number]) => {
    place.current = next;
    setAt(next);
  };
  const isMoving = useRef(false);
  const size = rem(ROW);
  const virtual = useVirtual({ count: rows, size, scroller, whole: SHOWN_WHOLE });
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, readonly [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      PageDown: [10, 0],
      PageUp: [-10, 0],
    };
    const step = steps[event.key];
    const end = event.key === 'Home' ? -1 : event.key === 'End' ? rules.length - 1 : undefined;
    if (!step && end === undefined) return;
    event.preventDefault();
    const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
    const next = [
      within(place.current[0] + (step?.[0] ?? 0), 0, rows - 1),
      end ?? within(place.current[1] + (step?.[1] ?? 0), -1, rules.length - 1),
    ] as const;
    isMoving.current = true;
    virtual.reveal(next[0]);
    go(next);
  };
  useLayoutEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    scroller.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });
  const index = (r: number, c: number) => (r === at[0] && c === at[1] ? 0 : -1);
  return (
    <div class="gridbox">
      <div
        class="grid"
        role="grid"
        aria-label={label}
        aria-rowcount={rows + 1}
        aria-colcount={rules.length + 1}
        ref={scroller}
        onKeyDown={move}
      >
        <div class="heads" role="row" aria-rowindex={1}>
          <span class="corner" role="columnheader">
            {label.split(' by ')[0]}
          </span>
          {rules.map((rule, column) => (
            <span key={rule.id} role="columnheader" class={`head ${rule.severity !== rules[column - 1]?.severity ? 'start' : ''}`}>
              <a href={to(['rules', rule.id])} tabIndex={-1} title={rule.title}>
                {rule.id.replace(/^s3-/, '')}
              </a>
            </span>
          ))}
        </div>
        <div class="body" role="rowgroup" style={virtual.height === null ? undefined : { height: `${virtual.height}px` }}>
          {virtual.items.map((r) => {
            const { key, name, aside, href } = row(r);
            return (
              <div
                key={key}
                class="line"
                role="row"
                aria-rowindex={r + 2}
                style={virtual.height === null ? undefined : { transform: `translateY(${r * size}px)`, position: 'absolute' }}
              >
                <span class="name" role="rowheader">
                  <a href={href} tabIndex={index(r, -1)} onFocus={() => go([r, -1])}>
                    <bdi>{name}</bdi>
                  </a>
                  <small>{aside}</small>
                </span>
                {rules.map((rule, column) => {
                  const { look, quarters, words, href: link } = cell(r, column);
                  const told = `${rule.title}: ${words}`;
                  return (
                    <span key={rule.id} role="gridcell" class={rule.severity !== rules[column - 1]?.severity ? 'start' : ''}>
                      <a
                        class={`cell ${look} q${quarters}`}
                        href={link ?? href}
                        tabIndex={index(r, column)}
                        aria-label={`${rule.id}: ${words}`}
                        onFocus={() => {
                          go([r, column]);
                          tell(`${name} · ${told}`);
                        }}
                        onMouseEnter={() => tell(`${name} · ${told}`)}
                      />
                    </span>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
      <p class="told" aria-hidden="true">
        {told || (
          <>
            <i class="cell high q2" /> fails in part <i class="cell UNKNOWN" /> unknown or not assessed <i class="cell WAIVED" />{' '}
            waived <i class="cell PASS" /> passes <i class="cell NOT_APPLICABLE" /> does not apply
          </>
        )}
      </p>
    </div>
  );
}
