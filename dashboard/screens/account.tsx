import type { Judgements } from '../data/judgements.ts';
import { route, to } from '../data/route.ts';
import { type Account, type Counts, type Index, STATES } from '../data/shape.ts';
import { judgements } from '../data/store.ts';
import { identityOf, subjectLink } from '../data/subject.ts';
import { applying, tally } from '../data/tally.ts';
import { counted, number, sentence, shown, typeName } from '../data/words.ts';
import { StateBar } from '../parts/bar.tsx';
import { Loading, NotFound, RuleTable, Title } from '../parts/common.tsx';
import { Grid, type GridCell } from '../parts/grid.tsx';
import { STATE_WORDS } from '../parts/mark.tsx';

const FIRST = 6;

/** One account: what is its owner's to fix first, and every resource by every rule. */
export function AccountPage({ index }: { index: Index }) {
  const account = index.accounts.find(({ id }) => id === route.value.path[1]);
  if (!account)
    return (
      <NotFound title="Unknown account">
        This run knows no such account. See <a href={to(['accounts'])}>all accounts</a>.
      </NotFound>
    );
  const { id, name, ou, assessed, reason, counts, size } = account;
  const found = judgements.value;
  const units = ou?.split('/').filter((part) => part.startsWith('ou-')) ?? [];
  return (
    <>
      <Title
        over={
          <>
            <a href={to(['accounts'])}>Accounts</a>
            {units.map((unit) => (
              <span key={unit}>
                {' '}
                ·{' '}
                <a href={to(['accounts'], [['ou', unit]])}>
                  <bdi>{unit}</bdi>
                </a>
              </span>
            ))}
          </>
        }
      >
        <bdi>{name ?? id}</bdi>
      </Title>
      <p class="byline">
        {name ? `${id} · ` : ''}
        {counted(size, 'resource')} · <a href={to(['findings'], [['account', id]])}>all its findings</a>
      </p>
      <section class="verdict">
        <p class="lead">
          {assessed === 'no' ? 'It was not assessed, so nothing is known of it.' : verdictOf(counts)}{' '}
          {assessed === 'partly' && <strong>It was assessed partly.</strong>} {reason && <bdi>{shown(sentence(reason))}</bdi>}
        </p>
        {applying(counts) > 0 && <StateBar counts={counts} />}
      </section>
      {assessed !== 'no' && (found ? <Inside {...{ index, account, found }} /> : <Loading what="the judgements" />)}
    </>
  );
}

function Inside({ index, account, found }: { index: Index; account: Account; found: Judgements }) {
  const rows = index.rules
    .map((rule, at) => ({ rule, counts: tally(found, at, account.first, account.size) }))
    .filter(({ counts }) => counts[0] > 0);
  return (
    <>
      <section>
        <h2>
          What to fix first <small>most severe first</small>
        </h2>
        {rows.length === 0 && <p>No rule fails in this account.</p>}
        {rows.length > 0 && (
          <RuleTable caption="Rules that fail in this account" extra={{ account: account.id }} rows={rows.slice(0, FIRST)} />
        )}
        {rows.length > FIRST && (
          <p class="note">
            <a
              href={to(
                ['findings'],
                [
                  ['account', account.id],
                  ['state', 'FAIL'],
                ],
              )}
            >
              {counted(rows.length - FIRST, 'more rule')} fail here
            </a>
          </p>
        )}
      </section>
      <section>
        <h2>
          Resources by rule <small>{counted(account.size, 'resource')}, those that fail most first</small>
        </h2>
        <Resources {...{ index, account, found }} />
      </section>
    </>
  );
}

function Resources({ index, account, found }: { index: Index; account: Account; found: Judgements }) {
  const outcome = (subject: number, rule: number) =>
    index.rules[rule]?.outcomes[(found.cells[rule * found.size + subject] ?? 0) - 1];
  const weight = (subject: number) => {
    let failing = 0;
    for (const rule of index.rules.keys()) if (outcome(subject, rule)?.state === 'FAIL') failing += 1;
    return failing;
  };
  const subjects = Array.from({ length: account.size }, (_, at) => account.first + at)
    .map((subject) => ({ subject, failing: weight(subject) }))
    .sort((one, other) => other.failing - one.failing || one.subject - other.subject);
  const row = (at: number) => {
    const subject = subjects[at]?.subject ?? 0;
    const { name, type, region } = identityOf(found, subject);
    return {
      key: String(subject),
      name: shown(name),
      aside: type === 'AWS::S3::Bucket' ? region : typeName(type),
      href: subjectLink(found, subject),
    };
  };
  const cell = (at: number, column: number): GridCell => {
    const subject = subjects[at]?.subject ?? 0;
    const rule = index.rules[column];
    const said = outcome(subject, column);
    if (!rule || !said) return { look: 'NONE', quarters: 0, words: 'is not for this kind of resource' };
    const words = STATE_WORDS[STATES.find((state) => state === said.state) ?? 'UNKNOWN'].toLowerCase();
    const look = said.state === 'FAIL' ? rule.severity : said.state;
    return { look, quarters: 4, words, href: subjectLink(found, subject, rule.id) };
  };
  return <Grid label="Resources by rule" rules={index.rules} rows={subjects.length} {...{ row, cell }} />;
}

const verdictOf = (counts: Counts) =>
  `${number(counts[0])} of ${counted(applying(counts), 'judgement')} fail, ${number(counts[1])} are unknown, ${number(counts[2])} waived.`;
