import { to } from '../data/route.ts';
import { type Index, type Rule, SEVERITIES, type Severity } from '../data/shape.ts';
import type { Cause } from '../data/summary.ts';
import { applying } from '../data/tally.ts';
import { counted, number } from '../data/words.ts';
import { Share } from '../parts/bar.tsx';
import { Named } from '../parts/common.tsx';
import { Mark } from '../parts/mark.tsx';

const RULES = 9;
const MESSAGES = 2;

/** Causes instead of findings: each rule that fails once, with what most of its findings say. */
export function FixFirst({ index }: { index: Index }) {
  const { causes, rules, counts } = index;
  const [, unknown, waived] = counts;
  const failing = rules
    .flatMap((rule, at) => {
      const own = causes.filter((cause) => cause.rule === at);
      return own.length > 0 ? [{ rule, own }] : [];
    })
    .toSorted((one, other) => rank(one.rule.severity) - rank(other.rule.severity) || other.rule.counts[0] - one.rule.counts[0]);
  return (
    <section class="fix">
      <h2>
        What to fix first <small>what should be true, and is not: most severe first, then by how many resources</small>
      </h2>
      {failing.length === 0 && (
        <p>
          {applying(index.counts) === 0 ? 'Nothing was judged.' : 'No rule fails on anything that was assessed.'}
          {unknown > 0 && (
            <>
              {' '}
              <a href={to(['findings'], [['state', 'UNKNOWN']])}>{counted(unknown, 'judgement')}</a> could not be made: bring the
              missing evidence first.
            </>
          )}
          {waived > 0 && (
            <>
              {' '}
              <a href={to(['findings'], [['state', 'WAIVED']])}>{counted(waived, 'judgement')}</a> would fail without a waiver.
            </>
          )}
        </p>
      )}
      <ol class="causes">
        {failing.slice(0, RULES).map(({ rule, own }) => (
          <Failing key={rule.id} {...{ index, rule, own }} />
        ))}
      </ol>
      {failing.length > RULES && (
        <p>
          <a href={to(['rules'])}>All {number(failing.length)} rules that fail</a>
        </p>
      )}
    </section>
  );
}

const rank = (severity: Severity) => SEVERITIES.indexOf(severity);

function Failing({ index: { accounts }, rule, own }: { index: Index; rule: Rule; own: readonly Cause[] }) {
  const names = rule.places.accounts.map((at) => accounts[at]?.name ?? accounts[at]?.id ?? '');
  return (
    <li>
      <Mark state="FAIL" severity={rule.severity} word={`${rule.severity}: `} />
      <div>
        <a class="cause" href={to(['rules', rule.id])}>
          {rule.title}
        </a>
        {own.slice(0, MESSAGES).map(({ message, example, subjects, same }) => (
          <p key={message} class="example">
            {own.length > 1 && <span class="times">{number(subjects)} × </span>}
            {same < subjects && 'for example: '}
            <Named name={example} />
          </p>
        ))}
        {own.length > MESSAGES && (
          <p class="example">
            <span class="times">{number(own.slice(MESSAGES).reduce((all, { subjects }) => all + subjects, 0))} × </span>
            for {counted(own.length - MESSAGES, 'other reason')}
          </p>
        )}
      </div>
      <p class="extent">
        <a
          href={to(
            ['findings'],
            [
              ['rule', rule.id],
              ['state', 'FAIL'],
            ],
          )}
        >{`${number(rule.counts[0])} of ${counted(applying(rule.counts), rule.noun)}`}</a>
        <Share part={rule.counts[0]} of={applying(rule.counts)} severity={rule.severity} />
        <small>
          {rule.places.count > names.length ? 'most in ' : 'in '}
          <Named name={names[0] ?? ''} />
          {names[1] !== undefined && (
            <>
              {' '}
              and <Named name={names[1]} />
            </>
          )}
        </small>
      </p>
    </li>
  );
}
