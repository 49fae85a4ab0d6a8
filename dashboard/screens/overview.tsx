import { to } from '../data/route.ts';
import { type Cause, type Index, type Reach, type Rule, SEVERITIES, type Severity } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import { applying, worstFirst } from '../data/tally.ts';
import { counted, day, number, percent, pluralOf, time } from '../data/words.ts';
import { AccountsGrid } from '../parts/accounts-grid.tsx';
import { Share, StateBar } from '../parts/bar.tsx';
import { coverageSentence, Loading } from '../parts/common.tsx';
import { Mark } from '../parts/mark.tsx';
import { Trend } from '../parts/trend.tsx';
import { changeWords } from './changes.tsx';

const RULES = 9;
const MESSAGES = 2;
const ACCOUNTS = 12;
const SOON = 30;

/** What a person reads who has ten seconds, and where to go from there. */
export function Overview({ index }: { index: Index }) {
  return (
    <>
      <Headline index={index} />
      <div class="columns">
        <FixFirst index={index} />
        <div class="side">
          <Score index={index} />
          <section>
            <h2>Open findings, 90 days</h2>
            <Trend history={index.history} />
          </section>
          <NotKnown index={index} />
          <Waivers index={index} />
          <Since index={index} />
        </div>
      </div>
      <section class="full">
        <h2>
          Accounts by rule <small>most severe rules first, worst accounts first; a cell is filled as far as its resources fail</small>
        </h2>
        <WorstAccounts index={index} />
      </section>
    </>
  );
}

function Headline({ index }: { index: Index }) {
  const { counts, history, run, rules } = index;
  const before = history.at(-2);
  const change = before ? counts[0] - before.counts[0] : 0;
  const gaps = index.coverage.accounts;
  return (
    <header class="headline">
      <h1 tabIndex={-1}>
        <Exposed index={index} /> {counted(counts[0], 'finding')} {counts[0] === 1 ? 'is' : 'are'} open
        {before &&
          `, ${change === 0 ? 'as many as' : `${number(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than`} on ${day(before.at)}`}
        .{' '}
        <a class={gaps.no + gaps.partly === 0 ? 'quiet' : 'gap'} href={to(['coverage'])}>
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
  const isBad = reached(open) + reached(shared) > 0;
  return (
    <>
      <span class={isBad ? 'bad' : 'quiet'}>
        {open && (
          <a href={to(['rules', open.rule])}>
            {open.reached === 0 ? 'No' : number(open.reached)} of {counted(of, 'bucket')} {open.reached === 1 ? 'is' : 'are'} open to the
            internet
          </a>
        )}
        {open && shared && ', '}
        {shared && (
          <a href={to(['rules', shared.rule])}>
            {open ? '' : `Of ${counted(of, 'bucket')} `}
            {shared.reached === 0 ? 'none' : number(shared.reached)} to outsiders that no one approved
          </a>
        )}
        .
      </span>{' '}
      {unknown > 0 && <span class="gap">{number(unknown)} could not be judged.</span>}
      {(!open || !shared) && <span class="gap">{open ? 'Sharing' : 'Public access'} was not judged.</span>}
    </>
  );
}

function FixFirst({ index }: { index: Index }) {
  const { causes, rules } = index;
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
      {failing.length === 0 && <p>No rule fails on anything that was assessed.</p>}
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
  const [most] = own;
  const names = (most?.accounts ?? []).slice(0, 2).map((at) => accounts[at]?.name ?? accounts[at]?.id ?? '');
  const more = Math.max(...own.map(({ accountCount }) => accountCount)) - names.length;
  return (
    <li>
      <Mark state="FAIL" severity={rule.severity} word={`${rule.severity}: `} />
      <div>
        <a class="cause" href={to(['rules', rule.id])}>
          {rule.title}
        </a>
        {own.slice(0, MESSAGES).map(({ message, example, subjects }) => (
          <p key={message} class="example">
            {own.length > 1 && <span class="times">{number(subjects)} × </span>}
            <bdi>{example}</bdi>
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
          {more > 0 || names.length > 1 ? 'most in ' : 'in '}
          <bdi>{names[0]}</bdi>
          {names[1] !== undefined && (
            <>
              {' '}
              and <bdi>{names[1]}</bdi>
            </>
          )}
        </small>
      </p>
    </li>
  );
}

function Score({ index }: { index: Index }) {
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
        A judgement is one rule on one resource. Unknown and waived do not count as passing. {number(other)} that do not apply are left out.{' '}
        <strong>{coverageSentence(index)}</strong> What was not assessed is not in this figure.
      </p>
    </section>
  );
}

function NotKnown({ index }: { index: Index }) {
  const { gaps, accounts, rules } = index;
  const missing = accounts.filter(({ assessed }) => assessed !== 'yes');
  const left = rules.filter(({ leftOut }) => leftOut).length;
  return (
    <section class="known">
      <h2>What we do not know</h2>
      {missing.length + gaps.length + left === 0 && <p>Everything that is known to exist was assessed with every rule.</p>}
      <ul class="plain">
        {missing.slice(0, 3).map(({ id, name, assessed, reason }) => (
          <li key={id}>
            <a href={to(['accounts', id])}>
              <bdi>{name ?? id}</bdi>
            </a>{' '}
            {assessed === 'no' ? 'was not assessed' : 'was assessed partly'}
            {reason ? (
              <>
                : <bdi>{reason}</bdi>
              </>
            ) : (
              ''
            )}
            .
          </li>
        ))}
        {gaps.slice(0, 3).map(({ sentence, findings }) => (
          <li key={sentence}>
            {counted(findings, 'judgement')} {findings === 1 ? 'lacks' : 'lack'} evidence. <bdi class="muted">{sentence}</bdi>
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

function Waivers({ index: { waivers } }: { index: Index }) {
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
            expired on {day(expires)}; {counted(findings, 'finding')} {findings === 1 ? 'fails' : 'fail'} again. Owner: <bdi>{owner}</bdi>.
          </li>
        ))}
      </ul>
    </section>
  );
}

function Since({ index: { changes, run, history } }: { index: Index }) {
  const before = history.at(-2);
  const kinds = Object.entries(changes).filter(([, count]) => count > 0);
  return (
    <section>
      <h2>{before ? `Since ${day(before.at)}` : 'Changes'}</h2>
      {run.previous === null && <p>This is the first run, so there is nothing to compare it with.</p>}
      {run.previous !== null && kinds.length === 0 && <p>No finding has changed.</p>}
      {kinds.length > 0 && (
        <p>
          {kinds.map(([kind, count], at) => (
            <span key={kind}>
              {at > 0 && ' · '}
              <a href={to(['changes'], [['kind', kind]])}>
                {number(count)} {changeWords(kind)}
              </a>
            </span>
          ))}
        </p>
      )}
    </section>
  );
}

function WorstAccounts({ index }: { index: Index }) {
  const found = judgements.value;
  if (!found) return <Loading what="the judgements" />;
  const worst = index.accounts.toSorted((one, other) => worstFirst(one.counts, other.counts)).slice(0, ACCOUNTS);
  return (
    <>
      <AccountsGrid judgements={found} accounts={worst} />
      {index.accounts.length > ACCOUNTS && (
        <p>
          <a href={to(['accounts'])}>
            All {number(index.accounts.length)} {pluralOf('account')}
          </a>
        </p>
      )}
    </>
  );
}
