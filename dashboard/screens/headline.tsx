import { to } from '../data/route.ts';
import type { Index } from '../data/shape.ts';
import type { Point, Reach } from '../data/summary.ts';
import { isBlind, isBreak } from '../data/tally.ts';
import { counted, day, number, time } from '../data/words.ts';
import { coverageSentence } from '../parts/common.tsx';

/** The answer for who has ten seconds, in sentences made of the data. */
export function Headline({ index }: { index: Index }) {
  const { counts, history, run, rules, accounts: rest } = index;
  const [fail, unknown, waived] = counts;
  const before = history.at(-2);
  const last = history.at(-1) as Point;
  const { lost, found } = last;
  // Of what both runs could judge: a difference of their sums would be neither good nor bad news.
  const change = before ? fail - found - (before.counts[0] - lost) : 0;
  const gaps = index.coverage.accounts;
  return (
    <header class="headline">
      <h1 tabIndex={-1}>
        <Exposed index={index} /> {counted(fail, 'finding')} {fail === 1 ? 'is' : 'are'} open
        {before &&
          !isBlind(before) &&
          !isBlind(last) &&
          `, ${change === 0 ? 'as many as' : `${number(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than`} on ${day(before.at)}${
            lost + found > 0 ? ' in what both runs could judge' : ''
          }`}
        {/* Few are open where most are waived, or not known: that is no good news. */}
        {unknown + waived > fail && `; ${number(unknown)} are unknown and ${number(waived)} waived`}.{' '}
        {before && isBreak(last) && (
          <a
            class="gap"
            href={to(
              ['changes'],
              lost < found
                ? [
                    ['kind', 'known'],
                    ['kind', 'assessed'],
                  ]
                : [
                    ['kind', 'unknown'],
                    ['kind', 'unassessed'],
                  ],
            )}
          >
            {lost < found
              ? `${number(found)} of them could not be judged on ${day(before.at)}.`
              : `Of the ${number(before.counts[0])} on ${day(before.at)}, ${number(lost)} could not be judged again.`}
          </a>
        )}{' '}
        <a class={gaps.no + gaps.partly === 0 && rest.length > 0 ? 'quiet' : 'gap'} href={to(['coverage'])}>
          {coverageSentence(index)}
        </a>
      </h1>
      <p class="byline">
        Judged {time(run.at)}
        {run.observed ? `, from snapshots ${run.observed[0] === run.observed[1] ? 'of' : 'since'} ${time(run.observed[0])}` : ''}
        {' · '}
        {counted(run.subjects, 'resource')} · {counted(rules.filter(({ leftOut }) => !leftOut).length, 'rule')} ·{' '}
        <span class="run">run {run.id}</span>
      </p>
    </header>
  );
}

/** Who can reach what they should not: the first thing that anyone asks. */
function Exposed({ index: { exposure } }: { index: Index }) {
  const { public: open, shared } = exposure;
  if (!open && !shared) return <span class="gap">Public access and sharing were not judged.</span>;
  const reached = (reach: Reach | null) => reach?.reached ?? 0;
  const unknown = Math.max(open?.unknown ?? 0, shared?.unknown ?? 0);
  const of = Math.max(open?.of ?? 0, shared?.of ?? 0);
  if (of === 0) return <span class="gap">No bucket was judged.</span>;
  if (unknown === of) return <span class="gap">Who can reach the {counted(of, 'bucket')} is not known.</span>;
  const isBad = reached(open) + reached(shared) > 0;
  const some = (reach: Reach) =>
    reach.reached > 0
      ? `${number(reach.reached)} of ${counted(of, 'bucket')} ${reach.reached === 1 ? 'is' : 'are'}`
      : `None of ${reach.unknown > 0 ? `the ${number(of - reach.unknown)} buckets that could be judged` : counted(of, 'bucket')} is`;
  return (
    <>
      <span class={isBad ? 'bad' : 'quiet'}>
        {open && <a href={to(['rules', open.rule])}>{some(open)} open to the internet</a>}
        {open && shared && ', '}
        {shared && (
          <a href={to(['rules', shared.rule])}>
            {open ? (shared.reached === 0 ? 'none' : number(shared.reached)) : `${some(shared)} open`} to outsiders that no one
            approved
          </a>
        )}
        .
      </span>{' '}
      {unknown > 0 && <span class="gap">{number(unknown)} could not be judged.</span>}
      {(!open || !shared) && <span class="gap">{open ? 'Sharing' : 'Public access'} was not judged.</span>}
    </>
  );
}
