import { readJson } from '../data/files.ts';
import type { Index } from '../data/shape.ts';
import type { Coverage as Table } from '../data/tables.ts';
import { counted, number, shown } from '../data/words.ts';
import { coverageSentence, Loading, Missing, RuleLink, Title, usePromise } from '../parts/common.tsx';
import { Head } from '../parts/head.tsx';
import { Regions, Subjects } from './coverage-lists.tsx';
import { Differences } from './differences.tsx';

/** What was assessed and what was not, and why: the other half of every figure. */
export function Coverage({ index }: { index: Index }) {
  const { accounts, regions, subjects } = index.coverage;
  const left = index.rules.filter(({ leftOut }) => leftOut);
  const { value: table, error } = usePromise(() => readJson<Table>(`${index.folder}/coverage.json.gz`), [index.run.id]);
  return (
    <>
      <Title>Coverage</Title>
      <p class="lead">{coverageSentence(index)} Nothing on the other pages speaks for what is listed here.</p>
      <table class="counts narrow">
        <caption class="sr">How much was assessed</caption>
        <Head columns={[['What'], ['Assessed', 'n'], ['Partly', 'n'], ['Not', 'n']]} />
        <tbody>
          {(
            [
              ['Accounts', accounts],
              ['Regions of accounts', regions],
              ['Resources', subjects],
            ] as const
          ).map(([name, totals]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="n">{number(totals.yes)}</td>
              <td class="n">{number(totals.partly)}</td>
              <td class="n">{number(totals.no)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <section>
        <h2>
          Accounts and Regions <small>each Region that is known to be used</small>
        </h2>
        {error && <Missing>Coverage could not be read: {error}</Missing>}
        {!table && !error && <Loading what="the coverage" />}
        {table && <Regions {...{ index, table }} />}
      </section>
      {table && <Differences {...{ index, table }} />}
      <Subjects />
      <section>
        <h2>
          Evidence that is missing <small>judgements that wait for the same thing</small>
        </h2>
        {index.gaps.length === 0 && <p>No judgement lacks evidence.</p>}
        <ul class="messages plain">
          {index.gaps.map(({ sentence, findings, subjects: own, rules }) => (
            <li key={sentence} class="open">
              <p class="count">
                {counted(findings, 'judgement')}
                <br />
                <span class="note">{counted(own, 'resource')}</span>
              </p>
              <div>
                <p class="says">
                  <bdi>{shown(sentence)}</bdi>
                </p>
                <p class="note">{rules.map((rule) => index.rules[rule]?.id).join(', ')}</p>
              </div>
            </li>
          ))}
        </ul>
      </section>
      {index.problemCount > 0 && (
        <section>
          <h2>
            What could not be read <small>{counted(index.problemCount, 'problem')}</small>
          </h2>
          <ul class="bullets">
            {index.problems.map((problem) => (
              <li key={problem}>
                <bdi>{shown(problem)}</bdi>
              </li>
            ))}
          </ul>
          {index.problemCount > index.problems.length && (
            <p class="note">The first {number(index.problems.length)} are shown; the table run has all.</p>
          )}
        </section>
      )}
      {left.length > 0 && (
        <section>
          <h2>Rules that did not run</h2>
          <ul class="plain">
            {left.map((rule) => (
              <li key={rule.id}>
                <RuleLink rule={rule} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
