import { route, to } from '../data/route.ts';
import { type Index, type Outcome, type Rule, STATES } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import { applying, tally, worstFirst } from '../data/tally.ts';
import { counted, number, pluralOf, shown } from '../data/words.ts';
import { Share, StateBar } from '../parts/bar.tsx';
import { CountLink, coverageSentence, Loading, Missing, Title } from '../parts/common.tsx';
import { Mark, STATE_WORDS } from '../parts/mark.tsx';

const ACCOUNTS = 15;

/** One rule: what it means where it fails, what its findings say, where they are, and what it does not see. */
export function RulePage({ index }: { index: Index }) {
  const at = index.rules.findIndex(({ id }) => id === route.value.path[1]);
  const rule = index.rules[at];
  if (!rule)
    return (
      <Missing>
        There is no such rule. See <a href={to(['rules'])}>all rules</a>.
      </Missing>
    );
  const [fail, unknown, waived, pass, other] = rule.counts;
  return (
    <>
      <Title
        over={
          <>
            <Mark state="FAIL" severity={rule.severity} /> {rule.severity} · <code>{rule.id}</code>
          </>
        }
      >
        {rule.title}
      </Title>
      <p class="lead">{rule.rationale}</p>
      <section class="verdict">
        {rule.leftOut ? (
          <p class="lead">The rule did not run, so nothing is known of it.</p>
        ) : (
          <p class="lead">
            {number(fail)} of {counted(applying(rule.counts), rule.noun)} {fail === 1 ? 'fails' : 'fail'}, {number(unknown)}{' '}
            {unknown === 1 ? 'is' : 'are'} unknown, {number(waived)} waived, {number(pass)} {pass === 1 ? 'passes' : 'pass'}. It does not
            apply to {number(other)}. <strong>{coverageSentence(index)}</strong>
          </p>
        )}
        <StateBar counts={rule.counts} severity={rule.severity} />
      </section>
      <Messages {...{ index, rule, at }} />
      <Accounts {...{ index, rule, at }} />
      <section>
        <h2>What it does not see</h2>
        {rule.limits.length === 0 ? (
          <p>The rule names no limits.</p>
        ) : (
          <ul class="bullets">
            {rule.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h2>Requirements</h2>
        <dl class="wide">
          {rule.links
            .toSorted((one, two) => (one.strength < two.strength ? -1 : 1))
            .map(({ requirement, strength, reason }) => (
              <>
                <dt>
                  <a href={to(['requirements', index.requirements[requirement]?.id ?? ''])}>{index.requirements[requirement]?.citation}</a>
                </dt>
                <dd>
                  {reason} <span class="note">{strength}</span>
                </dd>
              </>
            ))}
        </dl>
      </section>
      <section>
        <h2>How it ran</h2>
        <dl class="wide">
          {rule.parameters.map(({ name, description, value }) => (
            <>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                {value !== '' && <code>{shown(value)}</code>} <span class="note">{description}</span>
              </dd>
            </>
          ))}
          <dt>Hash of its code</dt>
          <dd>
            <code>{rule.codeHash}</code>
          </dd>
          <dt>Hash of its parameters</dt>
          <dd>
            <code>{rule.parametersHash}</code>
          </dd>
        </dl>
      </section>
    </>
  );
}

/** Findings that say the same are one row: thousands of them are fixed in one way. */
function Messages({ index, rule, at }: { index: Index; rule: Rule; at: number }) {
  const by = new Map<string, Outcome>();
  for (const outcome of rule.outcomes) {
    const key = `${outcome.state} ${outcome.message}`;
    by.set(key, { ...outcome, count: outcome.count + (by.get(key)?.count ?? 0) });
  }
  const outcomes = [...by.values()].sort(
    (one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state) || other.count - one.count,
  );
  return (
    <section>
      <h2>What its findings say</h2>
      <ol class="messages plain">
        {outcomes.map(({ state, message, count }) => {
          const words = rule.messages[message];
          const cause = index.causes.find((each) => each.rule === at && each.message === message);
          const isOpen = state === 'FAIL' || state === 'UNKNOWN';
          return (
            <li key={`${state} ${message}`} class={isOpen ? 'open' : ''}>
              <p class="count">
                <Mark {...{ state }} severity={rule.severity} /> <CountLink count={count} query={{ rule: rule.id, state, message }} />{' '}
                <span class="note">{STATE_WORDS[state].toLowerCase()}</span>
              </p>
              <div>
                <p class="says">{state === 'FAIL' && cause ? <bdi>{shown(cause.example)}</bdi> : words?.sentence}</p>
                {state === 'FAIL' && cause && cause.subjects > cause.same && (
                  <p class="note">This sentence stands {number(cause.same)} times; the others differ in what they name.</p>
                )}
                {isOpen && words?.fix && (
                  <p>
                    <strong>Change.</strong> {words.fix}
                  </p>
                )}
                {isOpen && words?.caution && (
                  <p class="muted">
                    <strong>May break.</strong> {words.caution}
                  </p>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Accounts({ index, rule, at }: { index: Index; rule: Rule; at: number }) {
  const found = judgements.value;
  if (!found) return <Loading what="the judgements" />;
  const rows = index.accounts
    .map((account) => ({ account, counts: tally(found, at, account.first, account.size) }))
    .filter(({ counts }) => counts[0] + counts[1] > 0)
    .sort((one, other) => worstFirst(one.counts, other.counts));
  const noun = pluralOf(rule.noun);
  return (
    <section>
      <h2>
        Where it fails{' '}
        <small>
          {counted(rows.length, 'account')} with {noun} that fail or are unknown
        </small>
      </h2>
      {rows.length === 0 && <p>Nowhere among what was assessed.</p>}
      {rows.length > 0 && (
        <table class="counts narrow">
          <caption class="sr">Accounts where {rule.id} fails</caption>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col" class="n">
                Fail
              </th>
              <th scope="col" class="n">
                Unknown
              </th>
              <th scope="col" class="n">
                Of
              </th>
              <th scope="col" class="barcell wide">
                Share that fails
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, ACCOUNTS).map(({ account, counts }) => (
              <tr key={account.id}>
                <th scope="row">
                  <a href={to(['accounts', account.id])}>
                    <bdi>{account.name ?? account.id}</bdi>
                  </a>
                </th>
                <td class="n">
                  <CountLink count={counts[0]} query={{ rule: rule.id, account: account.id, state: 'FAIL' }} />
                </td>
                <td class="n">
                  <CountLink count={counts[1]} query={{ rule: rule.id, account: account.id, state: 'UNKNOWN' }} />
                </td>
                <td class="n">{number(applying(counts))}</td>
                <td class="barcell wide">
                  <Share part={counts[0]} of={applying(counts)} severity={rule.severity} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > ACCOUNTS && (
        <p class="note">
          And {counted(rows.length - ACCOUNTS, 'more account')}:{' '}
          <a
            href={to(
              ['findings'],
              [
                ['rule', rule.id],
                ['state', 'FAIL'],
                ['sort', 'account'],
              ],
            )}
          >
            all findings by account
          </a>
        </p>
      )}
    </section>
  );
}
