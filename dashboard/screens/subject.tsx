import type { Judgements } from '../data/judgements.ts';
import { route, to } from '../data/route.ts';
import { type Index, type Outcome, type Rule, STATES, type State } from '../data/shape.ts';
import { detailOf, judgements } from '../data/store.ts';
import { consoleLink, identityOf, subjectAt, subjectLink } from '../data/subject.ts';
import { counted, shown, time, typeName } from '../data/words.ts';
import { Loading, Missing, NotFound, Title, usePromise } from '../parts/common.tsx';
import { Mark, STATE_WORDS } from '../parts/mark.tsx';
import { Finding } from './finding.tsx';

/** One resource: what every rule says of it, and one finding in full. */
export function Subject({ index }: { index: Index }) {
  const found = judgements.value;
  if (!found) return <Loading what="the judgements" />;
  const subject = subjectAt(found, route.value.path.slice(1));
  if (subject === undefined) {
    return (
      <NotFound title="Unknown resource">
        This run knows no such resource. It may have been deleted, or be in an account that was not assessed: see{' '}
        <a href={to(['coverage'])}>coverage</a>.
      </NotFound>
    );
  }
  return <Known {...{ index, judgements: found, subject }} />;
}

interface Said {
  readonly rule: Rule;
  readonly at: number;
  readonly outcome: Outcome;
}

function Known({ index, judgements: found, subject }: { index: Index; judgements: Judgements; subject: number }) {
  const { account, name, region, type, id } = identityOf(found, subject);
  const said = index.rules.flatMap((rule, at): Said[] => {
    const outcome = rule.outcomes[(found.cells[at * found.size + subject] ?? 0) - 1];
    return outcome ? [{ rule, at, outcome }] : [];
  });
  const ordered = STATES.flatMap((state) => said.filter(({ outcome }) => outcome.state === state));
  const wanted = route.value.query.get('rule');
  const chosen = ordered.find(({ rule }) => rule.id === wanted) ?? ordered[0];
  const { value: detail, error } = usePromise(() => detailOf(found, subject), [subject, index.run.id]);
  const link = consoleLink(type, region, name);
  const failing = said.filter(({ outcome }) => outcome.state === 'FAIL').length;
  const gap = found.columns.gaps[String(subject)];
  return (
    <>
      <Title
        over={
          <>
            <a href={to(['accounts', account?.id ?? ''])}>
              <bdi>{account?.name ?? account?.id}</bdi>
            </a>{' '}
            · {account?.name ? `${account.id} · ` : ''}
            {region} · {typeName(type)}
          </>
        }
      >
        <bdi>{shown(name)}</bdi>
      </Title>
      <p class="byline">
        {failing === 0 ? 'No rule fails' : `${failing} of ${counted(said.length, 'rule')} ${failing === 1 ? 'fails' : 'fail'}`}
        {gap && (
          <>
            {' '}
            ·{' '}
            <span class="gap">
              not assessed completely: <bdi>{gap[1]}</bdi>
            </span>
          </>
        )}
        {detail?.created && <> · created {time(detail.created)}</>}
        {id !== name && (
          <>
            {' '}
            · <code>{shown(id)}</code>
          </>
        )}
        {link && (
          <>
            {' '}
            ·{' '}
            <a href={link} rel="noreferrer" target="_blank">
              open in the AWS console
            </a>{' '}
            (sign in to {account?.id} first)
          </>
        )}
      </p>
      {detail && <Tags tags={detail.tags} />}
      <div class="split">
        <nav class="said" aria-label="What the rules say">
          {STATES.map((state) => (
            <Group key={state} {...{ state, said: ordered, found, subject, chosen }} />
          ))}
        </nav>
        {error && <Missing>The details could not be read: {error}</Missing>}
        {!detail && !error && <Loading what="the finding" />}
        {detail && chosen && <Chosen {...{ index, detail, chosen, subject }} />}
        {!chosen && <Missing>No rule of this run is for this kind of resource.</Missing>}
      </div>
    </>
  );
}

function Chosen({
  index,
  detail,
  chosen: { rule, at, outcome },
  subject,
}: {
  index: Index;
  detail: Parameters<typeof Finding>[0]['detail'];
  chosen: Said;
  subject: number;
}) {
  const finding = detail.findings.find((each) => each.rule === at);
  if (!finding) return <Missing>The files of this run do not belong together.</Missing>;
  return <Finding key={rule.id} {...{ index, rule, outcome, detail, finding, subject }} />;
}

interface GroupProps {
  readonly state: State;
  readonly said: readonly Said[];
  readonly found: Judgements;
  readonly subject: number;
  readonly chosen: Said | undefined;
}

/** The rules in one state. Those that nothing has to be done about are folded. */
function Group({ state, said, found, subject, chosen }: GroupProps) {
  const own = said.filter(({ outcome }) => outcome.state === state);
  if (own.length === 0) return null;
  const items = (
    <ul class="plain">
      {own.map(({ rule }) => (
        <li key={rule.id}>
          <Mark
            state={state}
            severity={rule.severity}
            word={`${STATE_WORDS[state]}${state === 'FAIL' ? `, ${rule.severity}` : ''}: `}
          />
          <a href={subjectLink(found, subject, rule.id)} aria-current={rule === chosen?.rule ? 'true' : undefined}>
            {rule.title}
          </a>
        </li>
      ))}
    </ul>
  );
  const title = `${STATE_WORDS[state]} ${own.length}`;
  if (state === 'FAIL' || state === 'UNKNOWN' || state === 'WAIVED')
    return (
      <section>
        <h2>{title}</h2>
        {items}
      </section>
    );
  return (
    <details open={chosen?.outcome.state === state}>
      <summary>{title}</summary>
      {items}
    </details>
  );
}

function Tags({ tags }: { tags: Readonly<Record<string, string>> }) {
  const entries = Object.entries(tags);
  if (entries.length === 0) return <p class="byline">It has no tags.</p>;
  return (
    <ul class="tags" aria-label="Tags">
      {entries.map(([key, value]) => (
        <li key={key}>
          <bdi>{shown(key)}</bdi>{' '}
          <b>
            <bdi>{shown(value)}</bdi>
          </b>
        </li>
      ))}
    </ul>
  );
}
