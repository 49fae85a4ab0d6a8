import { route, to } from '../data/route.ts';
import type { Index } from '../data/shape.ts';
import { applying } from '../data/tally.ts';
import { counted, number, shown } from '../data/words.ts';
import { StateBar } from '../parts/bar.tsx';
import { coverageSentence, NotFound, Title } from '../parts/common.tsx';
import { Mark } from '../parts/mark.tsx';
import { Accounts, Messages } from './rule-findings.tsx';

/** One rule: what it means where it fails, what its findings say, where they are, and what it does not see. */
export function RulePage({ index }: { index: Index }) {
  const at = index.rules.findIndex(({ id }) => id === route.value.path[1]);
  const rule = index.rules[at];
  if (!rule)
    return (
      <NotFound title="Unknown rule">
        There is no such rule. See <a href={to(['rules'])}>all rules</a>.
      </NotFound>
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
            {unknown === 1 ? 'is' : 'are'} unknown, {number(waived)} waived, {number(pass)} {pass === 1 ? 'passes' : 'pass'}. It
            does not apply to {number(other)}. <strong>{coverageSentence(index)}</strong>
          </p>
        )}
        <StateBar counts={rule.counts} severity={rule.severity} />
      </section>
      <Messages {...{ index, rule, at }} />
      <div class="pairs">
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
                    <a href={to(['requirements', index.requirements[requirement]?.id ?? ''])}>
                      {index.requirements[requirement]?.citation}
                    </a>
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
                  {value !== '' && <code>{shown(readable(value))}</code>}
                  <p class="note">{description}</p>
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
      </div>
    </>
  );
}

/** A parameter for reading: a list of words without its punctuation. */
function readable(value: string): string {
  const parsed: unknown = JSON.parse(value);
  if (!Array.isArray(parsed) || !parsed.every((each) => typeof each === 'string')) return value;
  return parsed.length === 0 ? 'none' : parsed.join(', ');
}
