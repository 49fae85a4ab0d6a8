import { type Service, servicesOf } from '../data/requirement.ts';
import { route, to } from '../data/route.ts';
import type { Index, Requirement } from '../data/shape.ts';
import { applying, sum } from '../data/tally.ts';
import { counted, number } from '../data/words.ts';
import { StateBar } from '../parts/bar.tsx';
import { coverageSentence, Title } from '../parts/common.tsx';

/** Every requirement of every framework, also those that no rule serves, with the reason. */
export function Requirements({ index }: { index: Index }) {
  const chosen = route.value.query.get('framework');
  const frameworks = index.frameworks.filter(({ id }) => chosen === null || id === chosen);
  return (
    <>
      <Title>Requirements</Title>
      <p class="byline">
        Rules test settings of S3. They are evidence for a requirement, and no proof that it is met. {coverageSentence(index)}
      </p>
      <nav class="tabs" aria-label="Frameworks">
        <a href={to(['requirements'])} aria-current={chosen === null ? 'true' : undefined}>
          All
        </a>
        {index.frameworks.map(({ id, name }) => (
          <a key={id} href={to(['requirements'], [['framework', id]])} aria-current={chosen === id ? 'true' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      {frameworks.map((framework) => {
        const at = index.frameworks.indexOf(framework);
        const rows = index.requirements
          .map((requirement, position) => ({ requirement, services: servicesOf(index, position) }))
          .filter(({ requirement }) => requirement.framework === at);
        const unserved = rows.filter(({ services }) => services.length === 0).length;
        return (
          <section key={framework.id}>
            <h2>
              {framework.name}{' '}
              <small>
                {framework.citation} · {counted(rows.length, 'requirement')}, {number(unserved)} that no rule serves
              </small>
            </h2>
            <table class="counts">
              <caption class="sr">Requirements of {framework.name}</caption>
              <thead>
                <tr>
                  <th scope="col">Paragraph</th>
                  <th scope="col">Title</th>
                  <th scope="col" class="n">
                    Primary rules fail
                  </th>
                  <th scope="col" class="n wide">
                    Supporting fail
                  </th>
                  <th scope="col" class="barcell wide">
                    Primary
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ requirement, services }) => (
                  <Line key={requirement.id} {...{ requirement, services }} framework={framework.name} />
                ))}
              </tbody>
            </table>
            {framework.leftOut && <p class="note">Not listed: {framework.leftOut}</p>}
          </section>
        );
      })}
    </>
  );
}

function Line({ requirement, services, framework }: { requirement: Requirement; services: readonly Service[]; framework: string }) {
  const of = (strength: string) => sum(services.filter((each) => each.strength === strength).map(({ counts }) => counts));
  const [primary, supporting] = [of('primary'), of('supporting')];
  // The heading of the table names the framework.
  const citation = requirement.citation.startsWith(`${framework} `)
    ? requirement.citation.slice(framework.length + 1)
    : requirement.citation;
  const reason = requirement.unserved ?? (services.length === 0 ? 'No rule of this run is linked to it.' : '');
  return (
    <tr class={services.length === 0 ? 'unserved' : ''}>
      <th scope="row" class="citation">
        <a href={to(['requirements', requirement.id])}>{citation}</a>
      </th>
      <td>
        {requirement.title}
        {requirement.implementation === 'addressable' && <span class="note"> · addressable</span>}
        {reason !== '' && <span class="note reason">{reason}</span>}
      </td>
      <td class="n">
        <Ratio counts={primary} requirement={requirement.id} strength="primary" />
      </td>
      <td class="n wide">
        <Ratio counts={supporting} requirement={requirement.id} strength="supporting" />
      </td>
      <td class="barcell wide">{applying(primary) > 0 && <StateBar counts={primary} />}</td>
    </tr>
  );
}

function Ratio({ counts, requirement, strength }: { counts: ReturnType<typeof sum>; requirement: string; strength: string }) {
  const of = applying(counts);
  if (of === 0) return <span class="zero">–</span>;
  const fails = number(counts[0]);
  const href = to(
    ['findings'],
    [
      ['requirement', requirement],
      ['strength', strength],
      ['state', 'FAIL'],
    ],
  );
  return (
    <>
      {counts[0] === 0 ? fails : <a href={href}>{fails}</a>} <span class="muted">of {number(of)}</span>
    </>
  );
}
