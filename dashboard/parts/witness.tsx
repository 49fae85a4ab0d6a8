import { shown } from '../data/words.ts';

/** What the evidence names, in words; the statement is shown in its policy. */
const WORDS: Readonly<Record<string, string>> = {
  caller: 'Who gets in',
  principal: 'Principal',
  action: 'May do',
  resource: 'On',
  keys: 'With a request that says',
  condition: 'Condition that does not prevent it',
  why: 'Because',
  missing: 'Missing',
  what: 'What',
};
const ELSEWHERE = ['statement', 'sid', 'fix', 'reason', 'text', 'policySha256'];

/** The request that gets in, or the hole in a denial. */
export function Witness({ evidence }: { evidence: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(evidence).filter(
    ([key, value]) => !ELSEWHERE.includes(key) && value !== null && value !== '' && !isEmpty(value),
  );
  if (entries.length === 0) return null;
  const title = 'caller' in evidence ? 'Who gets in' : 'What was found';
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {entries.map(([key, value]) => (
          <>
            <dt>{key === 'caller' ? 'Caller' : (WORDS[key] ?? shown(key))}</dt>
            <dd>
              <Value value={value} />
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}

const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function Value({ value }: { value: unknown }) {
  if (Array.isArray(value))
    return (
      <ul class="plain">
        {value.map((each, at) => (
          <li key={at}>
            <Value value={each} />
          </li>
        ))}
      </ul>
    );
  if (typeof value === 'object' && value !== null) {
    return (
      <>
        {Object.entries(value).map(([key, each]) => (
          <span key={key} class="pair">
            <bdi>{shown(key)}</bdi> <code>{shown(typeof each === 'string' ? each : JSON.stringify(each))}</code>
          </span>
        ))}
      </>
    );
  }
  return <bdi>{shown(String(value))}</bdi>;
}
