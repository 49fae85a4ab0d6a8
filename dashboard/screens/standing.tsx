import { to } from '../data/route.ts';
import type { Index } from '../data/shape.ts';
import { applying } from '../data/tally.ts';
import { counted, day, number, percent, sentence, shown } from '../data/words.ts';
import { StateBar } from '../parts/bar.tsx';
import { coverageSentence, Named } from '../parts/common.tsx';

const SOON = 30;

/** The share that passes, with its definition and what is not in it. */
export function Score({ index }: { index: Index }) {
  const { counts } = index;
  const [fail, unknown, waived, pass, other] = counts;
  const of = applying(counts);
  return (
    <section class="score">
      <h2>Passing</h2>
      <p class="figure">
        <strong>{percent(pass, of)}</strong>{' '}
        <span>
          {number(pass)} of {counted(of, 'judgement')} that apply
        </span>
      </p>
      <StateBar counts={counts} severity="high" />
      <p class="legend">
        <a href={to(['findings'], [['state', 'FAIL']])}>{number(fail)} fail</a> ·{' '}
        <a href={to(['findings'], [['state', 'UNKNOWN']])}>{number(unknown)} unknown</a> ·{' '}
        <a href={to(['findings'], [['state', 'WAIVED']])}>{number(waived)} waived</a> · {number(pass)} pass
      </p>
      <p class="definition">
        A judgement is one rule on one resource. Unknown and waived do not count as passing. {number(other)} that do not apply are
        left out. <strong>{coverageSentence(index)}</strong> What was not assessed is not in this figure.
      </p>
    </section>
  );
}

/** What was not assessed, and which evidence is missing. */
export function NotKnown({ index }: { index: Index }) {
  const { gaps, accounts, rules, problems } = index;
  const missing = accounts.filter(({ assessed }) => assessed !== 'yes');
  const left = rules.filter(({ leftOut }) => leftOut).length;
  const unread = problems.filter((problem) => !missing.some(({ id }) => problem.includes(id)));
  return (
    <section class="known">
      <h2>What we do not know</h2>
      {missing.length + gaps.length + left + unread.length === 0 && (
        <p>
          {accounts.length === 0 ? 'This run knows no account.' : 'Everything that is known to exist was assessed with every rule.'}
        </p>
      )}
      <ul class="plain">
        {missing.slice(0, 3).map(({ id, name, assessed, reason }) => (
          <li key={id}>
            <Named name={name ?? id} href={to(['accounts', id])} /> {assessed === 'no' ? 'was not assessed' : 'was assessed partly'}
            {reason ? (
              <>
                : <bdi>{shown(sentence(reason))}</bdi>
              </>
            ) : (
              '.'
            )}
          </li>
        ))}
        {gaps.slice(0, 3).map(({ sentence, findings }) => (
          <li key={sentence}>
            {counted(findings, 'judgement')} {findings === 1 ? 'lacks' : 'lack'} evidence. <bdi class="muted">{sentence}</bdi>
          </li>
        ))}
        {unread.slice(0, 2).map((problem) => (
          <li key={problem}>
            <bdi>{shown(sentence(problem))}</bdi>
          </li>
        ))}
        {left > 0 && <li>{counted(left, 'rule')} did not run.</li>}
      </ul>
      <p>
        <a href={to(['coverage'])}>Coverage in full</a>
      </p>
    </section>
  );
}

/** What is accepted for a while, and what ends soon. */
export function Waivers({ index: { waivers } }: { index: Index }) {
  const force = waivers.filter(({ standing }) => standing === 'in force');
  const soon = force.filter(({ daysLeft }) => daysLeft <= SOON);
  const over = waivers.filter(({ standing, findings }) => standing === 'expired' && findings > 0);
  return (
    <section>
      <h2>Waivers</h2>
      <p>
        {force.length === 0 ? 'No waiver is in force.' : `${counted(force.length, 'waiver')} in force.`}{' '}
        {soon.length === 0 && `No waiver ends within ${SOON} days.`}
      </p>
      <ul class="plain">
        {soon.slice(0, 3).map(({ id, owner, daysLeft }) => (
          <li key={id}>
            <a href={to(['waivers'])}>
              <bdi>{id}</bdi>
            </a>{' '}
            ends in {counted(daysLeft, 'day')}. Owner: <bdi>{owner}</bdi>.
          </li>
        ))}
        {over.slice(0, 3).map(({ id, owner, expires, findings }) => (
          <li key={id}>
            <a href={to(['waivers'])}>
              <bdi>{id}</bdi>
            </a>{' '}
            expired on {day(expires)}; {counted(findings, 'finding')} {findings === 1 ? 'fails' : 'fail'} again. Owner:{' '}
            <bdi>{owner}</bdi>.
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What changed since the run before. */
export function Since({ index: { changes, run, history } }: { index: Index }) {
  const before = history.at(-2);
  return (
    <section>
      <h2>{before ? `Since ${day(before.at)}` : 'Changes'}</h2>
      {run.previous === null && <p>This is the first run, so there is nothing to compare it with.</p>}
      {run.previous !== null && changes.length === 0 && <p>No finding has changed.</p>}
      {changes.length > 0 && (
        <p>
          {changes.map(({ id, count, words }, at) => (
            <span key={id}>
              {at > 0 && ' · '}
              <a href={to(['changes'], [['kind', id]])}>
                {number(count)} {words}
              </a>
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
