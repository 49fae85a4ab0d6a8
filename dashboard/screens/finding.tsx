import { to } from '../data/route.ts';
import type { Index, Outcome, Rule, State } from '../data/shape.ts';
import { evidenceOf } from '../data/store.ts';
import type { Detail, DetailFinding } from '../data/tables.ts';
import { counted, day, daysBetween, shown, time } from '../data/words.ts';
import { usePromise } from '../parts/common.tsx';
import { Fix } from '../parts/fix.tsx';
import { STATE_WORDS } from '../parts/mark.tsx';
import { Policy } from '../parts/policy.tsx';
import { Raw } from '../parts/raw.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { Witness } from '../parts/witness.tsx';

interface Props {
  readonly index: Index;
  readonly rule: Rule;
  readonly outcome: Outcome;
  readonly detail: Detail;
  readonly finding: DetailFinding;
  readonly subject: number;
}

/** Why a rule says what it says of one subject, what to change, and how to check it. */
export function Finding({ index, rule, outcome, detail, finding, subject }: Props) {
  const message = rule.messages[outcome.message];
  const evidence = finding.evidence ?? {};
  const hashes = [detail.item, ...(finding.answers ?? [])].filter((hash): hash is string => hash !== null);
  const { value: inputs = [] } = usePromise(
    () => Promise.all([detail.item ?? subject, ...(finding.answers ?? [])].map((key) => evidenceOf(index, key))),
    [subject, ...hashes],
  );
  const raws = inputs.flatMap(({ raw }) => raw ?? []);
  const fix = inputs[0]?.fixes?.[finding.rule] ?? (rule.unfixed && { result: rule.unfixed });
  const isOpen = outcome.state === 'FAIL' || outcome.state === 'UNKNOWN' || outcome.state === 'WAIVED';
  const waiver = index.waivers.find(({ id }) => id === outcome.waiver);
  return (
    <article class="finding" aria-live="polite">
      <p class="over">
        {STATE_WORDS[outcome.state]}
        {outcome.state === 'FAIL' && `, ${rule.severity}`} ·{' '}
        <a href={to(['rules', rule.id])}>
          <code>{rule.id}</code>
        </a>
        {' · '}
        {standing(finding, outcome.state, index.run.at)}
      </p>
      <h2 class="sentence">
        <bdi>{shown(finding.text ?? message?.sentence ?? outcome.message)}</bdi>
      </h2>
      {isOpen && <p class="why">{rule.rationale}</p>}
      {waiver && (
        <p class="aside">
          {outcome.state === 'WAIVED' ? 'Accepted' : 'Was accepted'} until {day(waiver.expires)} by waiver{' '}
          <a href={to(['waivers'])}>
            <bdi>{waiver.id}</bdi>
          </a>
          : <bdi>{waiver.reason}</bdi> Owner: <bdi>{waiver.owner}</bdi>. Approver: <bdi>{waiver.approver}</bdi>.
        </p>
      )}
      <Policy raws={raws} evidence={evidence} />
      <Witness evidence={evidence} />
      {isOpen && message?.fix && (
        <section>
          <h3>What to change</h3>
          <p>{message.fix}</p>
          {typeof evidence['fix'] === 'string' && (
            <p>
              Here: <bdi>{shown(evidence['fix'])}</bdi>.
            </p>
          )}
          {message.caution && (
            <p class="caution">
              <strong>What that may break.</strong> {message.caution}
            </p>
          )}
          {fix && <Fix fix={fix} basis={index.fixBasis} />}
        </section>
      )}
      <Timeline past={finding.past} severity={rule.severity} />
      <section>
        <h3>Evidence</h3>
        <dl>
          <dt>Resource last changed</dt>
          <dd>{time(detail.captured)}</dd>
          <dt>Observed</dt>
          <dd>{time(detail.observed)}</dd>
          <dt>Judged</dt>
          <dd>
            {time(index.run.at)}, by {index.run.tool} {index.run.version}{' '}
            {index.run.commit !== 'unknown' && <code>{index.run.commit.slice(0, 12)}</code>}
          </dd>
          <dt>Rule code</dt>
          <dd>
            <code>{rule.codeHash.slice(0, 16)}</code>, parameters <code>{rule.parametersHash.slice(0, 16)}</code>
          </dd>
          <dt>Finding</dt>
          <dd>
            <code>{finding.id}</code>, message <code>{outcome.message}</code>
          </dd>
        </dl>
        {detail.item === null && (
          <p class="muted">There is no configuration item of it: it is known from services or from the settings only.</p>
        )}
        {detail.item !== null && <Raw {...{ index }} sha256={detail.item} what="Configuration item" />}
        {(finding.answers ?? []).map((hash) => (
          <Raw key={hash} {...{ index }} sha256={hash} what="Answer of a service" />
        ))}
      </section>
      <Supports {...{ index, rule, outcome }} />
    </article>
  );
}

function standing({ since, failedSince, past }: DetailFinding, state: State, now: string): string {
  const from = (state === 'FAIL' ? failedSince : null) ?? since;
  if (from === now) return past ? 'since this run' : 'seen first in this run';
  return `${state === 'FAIL' ? 'failing' : 'so'} since ${day(from)}, ${counted(daysBetween(from, now), 'day')}`;
}

function Supports({ index, rule, outcome }: Pick<Props, 'index' | 'rule' | 'outcome'>) {
  const links = rule.links.filter(({ requirement }) => outcome.supports.includes(requirement));
  return (
    <section>
      <h3>What it is evidence for</h3>
      {links.length === 0 && <p>This message is no evidence for a requirement, neither for it nor against it.</p>}
      <dl>
        {(['primary', 'supporting'] as const).map((strength) => {
          const own = links.filter((link) => link.strength === strength);
          if (own.length === 0) return null;
          return (
            <>
              <dt>{strength === 'primary' ? 'Primary: tests what the text asks' : 'Supporting: helps'}</dt>
              <dd>
                {own.map(({ requirement }, at) => {
                  const found = index.requirements[requirement];
                  return (
                    <span key={requirement}>
                      {at > 0 && ' · '}
                      <a href={to(['requirements', found?.id ?? ''])}>{found?.citation}</a>
                    </span>
                  );
                })}
              </dd>
            </>
          );
        })}
      </dl>
    </section>
  );
}
