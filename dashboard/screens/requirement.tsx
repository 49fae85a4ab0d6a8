import { servicesOf } from '../data/requirement.ts';
import { route, to } from '../data/route.ts';
import type { Index } from '../data/shape.ts';
import { applying, sum } from '../data/tally.ts';
import { counted, number } from '../data/words.ts';
import { StateBar } from '../parts/bar.tsx';
import { coverageSentence, NotFound, RuleTable, Title } from '../parts/common.tsx';

const STRENGTHS = {
  primary: ['Primary', 'these rules test what the text asks'],
  supporting: ['Supporting', 'these rules help, and test something else'],
} as const;

/** One requirement: its text, what is tested for it, and what that does not show. */
export function RequirementPage({ index }: { index: Index }) {
  const at = index.requirements.findIndex(({ id }) => id === route.value.path[1]);
  const requirement = index.requirements[at];
  if (!requirement)
    return (
      <NotFound title="Unknown requirement">
        There is no such requirement. See <a href={to(['requirements'])}>all requirements</a>.
      </NotFound>
    );
  const framework = index.frameworks[requirement.framework];
  const services = servicesOf(index, at);
  const primary = sum(services.filter(({ strength }) => strength === 'primary').map(({ counts }) => counts));
  const judged = applying(primary);
  const limited = services.filter(({ strength, rule }) => strength === 'primary' && rule.limits.length > 0);
  return (
    <>
      <Title
        over={
          <>
            <a href={to(['requirements'], [['framework', framework?.id ?? '']])}>{framework?.name}</a>
            {requirement.implementation && ` · ${requirement.implementation}`}
          </>
        }
      >
        {requirement.citation} {requirement.title}
      </Title>
      <blockquote cite={framework?.url}>{requirement.text}</blockquote>
      {requirement.implementation === 'addressable' && (
        <p class="note">Addressable: a documented alternative may meet it (45 CFR 164.306(d)(3)).</p>
      )}
      {services.length === 0 && (
        <section>
          <h2>No rule serves it</h2>
          <p>{requirement.unserved ?? 'No rule of this run is linked to it.'}</p>
        </section>
      )}
      {applying(primary) > 0 && (
        <section class="verdict">
          <p class="lead">
            {number(primary[3])} of {counted(judged, 'primary judgement')} pass, {number(primary[0])} fail, {number(primary[1])} are
            unknown and {number(primary[2])} waived. <strong>{coverageSentence(index)}</strong>
          </p>
          <StateBar counts={primary} />
        </section>
      )}
      {(['primary', 'supporting'] as const).map((strength) => {
        const own = services.filter((each) => each.strength === strength);
        if (own.length === 0) return null;
        const [title, meaning] = STRENGTHS[strength];
        return (
          <section key={strength}>
            <h2>
              {title} <small>{meaning}</small>
            </h2>
            <RuleTable
              caption={`${title} rules of ${requirement.citation}`}
              extra={{ requirement: requirement.id }}
              rows={own.map(({ rule, counts, reason }) => ({ rule, counts, note: reason }))}
            />
          </section>
        );
      })}
      {services.length > 0 && (
        <section>
          <h2>What this does not show</h2>
          <ul class="bullets">
            <li>Whether the requirement is met: people and processes are part of it, and no rule sees them.</li>
            <li>
              {coverageSentence(index)} <a href={to(['coverage'])}>Coverage</a>
            </li>
          </ul>
          {limited.length > 0 && (
            <details>
              <summary>
                What {counted(limited.length, 'primary rule')} {limited.length === 1 ? 'does' : 'do'} not see
              </summary>
              {limited.map(({ rule }) => (
                <div key={rule.id} class="limits">
                  <h3>
                    <a href={to(['rules', rule.id])}>{rule.title}</a>
                  </h3>
                  <ul class="bullets">
                    {rule.limits.map((limit) => (
                      <li key={limit}>{limit}</li>
                    ))}
                  </ul>
                </div>
              ))}
            </details>
          )}
        </section>
      )}
    </>
  );
}
