import { to } from '../data/route.ts';
import { type Index, type Outcome, type Rule, STATES } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import { applying, tally, worstFirst } from '../data/tally.ts';
import { counted, number, pluralOf, shown, withGaps } from '../data/words.ts';
import { Share } from '../parts/bar.tsx';
import { CountLink, Loading, Named } from '../parts/common.tsx';
import { Head } from '../parts/head.tsx';
import { Mark, STATE_WORDS } from '../parts/mark.tsx';

const ACCOUNTS = 15;

/** Findings that say the same are one row: thousands of them are fixed in one way. */
export function Messages({ index, rule, at }: { index: Index; rule: Rule; at: number }) {
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
      <h2>
        What its findings say <small>and what to change</small>
      </h2>
      <ol class="messages plain">
        {outcomes.map(({ state, message, count }) => {
          const words = rule.messages[message];
          const cause = index.causes.find((each) => each.rule === at && each.message === message);
          const isOpen = state === 'FAIL' || state === 'UNKNOWN';
          return (
            <li key={`${state} ${message}`} class={isOpen ? 'open' : ''}>
              <p class="count">
                <Mark {...{ state }} severity={rule.severity} />{' '}
                <CountLink count={count} query={{ rule: rule.id, state, message }} />{' '}
                <span class="note">{STATE_WORDS[state].toLowerCase()}</span>
              </p>
              <div>
                {state === 'FAIL' && cause && cause.subjects > cause.same && <p class="note">For example</p>}
                <p class="says">
                  {state === 'FAIL' && cause ? (
                    <bdi>{shown(cause.example)}</bdi>
                  ) : state === 'UNKNOWN' ? (
                    'Evidence is missing. Each finding says which, and why.'
                  ) : (
                    withGaps(words?.sentence ?? message)
                  )}
                </p>
              </div>
              {isOpen && words?.fix && (
                <div class="advice">
                  <p>{words.fix}</p>
                  {words.caution && (
                    <p class="muted">
                      <strong>May break.</strong> {words.caution}
                    </p>
                  )}
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** The accounts in which a rule fails most. */
export function Accounts({ index, rule, at }: { index: Index; rule: Rule; at: number }) {
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
          <Head columns={[['Account'], ['Fail', 'n'], ['Unknown', 'n'], ['Of', 'n'], ['Share that fails', 'barcell wide']]} />
          <tbody>
            {rows.slice(0, ACCOUNTS).map(({ account, counts }) => (
              <tr key={account.id}>
                <th scope="row">
                  <Named name={account.name ?? account.id} href={to(['accounts', account.id])} />
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
