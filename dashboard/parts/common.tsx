import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { csv } from '../data/csv.ts';
import { download } from '../data/download.ts';
import { to } from '../data/route.ts';
import type { Counts, Index, Rule } from '../data/shape.ts';
import { counted, number, shown } from '../data/words.ts';
import { StateBar } from './bar.tsx';
import { Head } from './head.tsx';
import { Mark } from './mark.tsx';

/** A heading of a view. It takes the focus when the view is opened, so that a screen reader begins there. */
export function Title({ over, children }: { over?: ComponentChildren; children: ComponentChildren }) {
  return (
    <header class="title">
      {over && <p class="over">{over}</p>}
      <h1 tabIndex={-1}>{children}</h1>
    </header>
  );
}

/** A name that others gave: it keeps its own direction and does not turn that of the page. */
export const Named = ({ name, href }: { name: string; href?: string | false | null }) =>
  href ? (
    <a href={href}>
      <bdi>{shown(name)}</bdi>
    </a>
  ) : (
    <bdi>{shown(name)}</bdi>
  );

/** Writes the rows of a list to a file. */
export const Csv = ({ name, rows }: { name: string; rows: () => readonly (readonly string[])[] }) => (
  <button type="button" class="small" onClick={() => download(`${name}.csv`, csv(rows()))}>
    CSV
  </button>
);

/** The number of judgements in a state, as a link to them; none is no link. */
export function CountLink({ count, query }: { count: number; query: Record<string, string> }) {
  if (count === 0) return <span class="zero">0</span>;
  return <a href={to(['findings'], Object.entries(query))}>{number(count)}</a>;
}

export function RuleLink({ rule }: { rule: Rule }) {
  return (
    <span class="rulename">
      <Mark state="FAIL" severity={rule.severity} word={`${rule.severity}: `} />
      <span>
        <a href={to(['rules', rule.id])}>{rule.title}</a> <code>{rule.id}</code>
      </span>
    </span>
  );
}

/** The counts of rules in a table, each number a link to its findings. @param extra more filters of these links. */
export function RuleTable({
  rows,
  caption,
  extra = {},
}: {
  rows: readonly { readonly rule: Rule; readonly counts: Counts; readonly note?: string }[];
  caption: string;
  extra?: Record<string, string>;
}) {
  return (
    <table class="counts">
      <caption class="sr">{caption}</caption>
      <Head
        columns={[
          ['Rule'],
          ['Fail', 'n'],
          ['Unknown', 'n'],
          ['Waived', 'n wide'],
          ['Pass', 'n wide'],
          ['N/A', 'n wide'],
          ['Of those that apply', 'barcell wide'],
        ]}
      />
      <tbody>
        {rows.map(({ rule, counts, note }) => {
          const link = (state: string, at: number) => (
            <CountLink count={counts[at] ?? 0} query={{ rule: rule.id, state, ...extra }} />
          );
          return (
            <tr key={rule.id}>
              <th scope="row">
                <RuleLink rule={rule} />
                {note && <p class="note">{note}</p>}
                {rule.leftOut && <p class="note">Did not run: nothing is known of it.</p>}
              </th>
              <td class="n">{link('FAIL', 0)}</td>
              <td class="n">{link('UNKNOWN', 1)}</td>
              <td class="n wide">{link('WAIVED', 2)}</td>
              <td class="n wide">{link('PASS', 3)}</td>
              <td class="n wide">{link('NOT_APPLICABLE', 4)}</td>
              <td class="barcell wide">
                <StateBar counts={counts} severity={rule.severity} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What was not assessed, in one sentence; it stands wherever a share of what passes stands. */
export function coverageSentence({ coverage, accounts }: Index): string {
  const { no, partly } = coverage.accounts;
  const whole = counted(accounts.length, 'account');
  const others = coverage.subjects.no + coverage.subjects.partly;
  const verb = (count: number) => (count === 1 ? 'was' : 'were');
  if (no > 0) {
    const rest = partly > 0 ? `, and ${number(partly)} only partly` : '';
    return `${number(no)} of ${whole} ${verb(no)} not assessed${rest}.`;
  }
  if (partly > 0) return `${number(partly)} of ${whole} ${verb(partly)} only partly assessed.`;
  if (others > 0) return `${counted(others, 'resource')} could not be assessed completely.`;
  if (accounts.length < 2) return accounts.length === 0 ? 'No account was assessed.' : 'The account was assessed.';
  return `All ${whole} were assessed.`;
}

/** A promise in a view: nothing until it is there, its error in words. */
export function usePromise<T>(make: () => Promise<T>, keys: readonly unknown[]): { value?: T; error?: string } {
  const [state, setState] = useState<{ value?: T; error?: string }>({});
  useEffect(() => {
    let isCurrent = true;
    setState({});
    make().then(
      (value) => isCurrent && setState({ value }),
      (error) => isCurrent && setState({ error: String(error.message ?? error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, keys);
  return state;
}

export function Copy({ text, what = 'Copy' }: { text: string; what?: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 2000);
  };
  return (
    <button type="button" class="small" onClick={copy}>
      {done ? 'Copied' : what}
    </button>
  );
}

export const Loading = ({ what }: { what: string }) => (
  <p class="loading" role="status">
    Reading {what} …
  </p>
);
export const Missing = ({ children }: { children: ComponentChildren }) => <p class="missing">{children}</p>;

/** What an address names that this run does not know. */
export function NotFound({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <Title>{title}</Title>
      <Missing>{children}</Missing>
    </>
  );
}
