import { type Index, SEVERITIES } from '../data/shape.ts';
import { counted } from '../data/words.ts';
import { coverageSentence, RuleTable, Title } from '../parts/common.tsx';

/** Every rule with what it found, by severity. */
export function Rules({ index }: { index: Index }) {
  return (
    <>
      <Title>Rules</Title>
      <p class="byline">Each title says what is true where the rule passes. {coverageSentence(index)}</p>
      {SEVERITIES.map((severity) => {
        const own = index.rules.filter((rule) => rule.severity === severity);
        if (own.length === 0) return null;
        const failing = own.filter(({ counts }) => counts[0] > 0).length;
        return (
          <section key={severity}>
            <h2>
              {`${severity[0]?.toUpperCase()}${severity.slice(1)}`}{' '}
              <small>
                {failing} of {counted(own.length, 'rule')} {failing === 1 ? 'fails' : 'fail'} somewhere
              </small>
            </h2>
            <RuleTable caption={`Rules of severity ${severity}`} rows={own.map((rule) => ({ rule, counts: rule.counts }))} />
          </section>
        );
      })}
    </>
  );
}
