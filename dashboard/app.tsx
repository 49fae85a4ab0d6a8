import type { ComponentType } from 'preact';
import { route, to } from './data/route.ts';
import type { Index } from './data/shape.ts';
import { index, trouble } from './data/store.ts';
import { time } from './data/words.ts';
import { Loading, NotFound } from './parts/common.tsx';
import { Keys, KeysButton } from './parts/keys.tsx';
import { AccountPage } from './screens/account.tsx';
import { Accounts } from './screens/accounts.tsx';
import { Changes } from './screens/changes.tsx';
import { Coverage } from './screens/coverage.tsx';
import { Findings } from './screens/findings.tsx';
import { Overview } from './screens/overview.tsx';
import { RequirementPage } from './screens/requirement.tsx';
import { Requirements } from './screens/requirements.tsx';
import { RulePage } from './screens/rule.tsx';
import { Rules } from './screens/rules.tsx';
import { Subject } from './screens/subject.tsx';
import { Waivers } from './screens/waivers.tsx';

type Screen = ComponentType<{ index: Index }>;

interface View {
  readonly path: string;
  readonly name: string;
  readonly all: Screen;
  /** What `path/…` shows. */
  readonly one?: Screen;
}

const VIEWS: readonly View[] = [
  { path: '', name: 'Overview', all: Overview },
  { path: 'requirements', name: 'Requirements', all: Requirements, one: RequirementPage },
  { path: 'rules', name: 'Rules', all: Rules, one: RulePage },
  { path: 'accounts', name: 'Accounts', all: Accounts, one: AccountPage },
  { path: 'findings', name: 'Findings', all: Findings },
  { path: 'waivers', name: 'Waivers', all: Waivers },
  { path: 'changes', name: 'Changes', all: Changes },
  { path: 'coverage', name: 'Coverage', all: Coverage },
];

/** The frame of every view. */
export function App() {
  const found = index.value;
  const skip = (event: Event) => {
    event.preventDefault();
    document.querySelector<HTMLElement>('h1')?.focus();
  };
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <Masthead index={found} />
      <main id="main">
        {trouble.value !== null && (
          <p class="trouble" role="alert">
            {trouble.value}
          </p>
        )}
        {found ? <Current index={found} /> : trouble.value === null && <Loading what="the results" />}
      </main>
      <Keys />
    </>
  );
}

function Masthead({ index: found }: { index: Index | null }) {
  const [view = ''] = route.value.path;
  return (
    <header class="masthead">
      <a class="brand" href={to([])}>
        <bdi>{found?.title ?? 'S3 compliance'}</bdi>
      </a>
      <nav aria-label="Views">
        {VIEWS.map(({ path, name }) => (
          <a key={path} href={to(path === '' ? [] : [path])} aria-current={view === path ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <span class="when">{found ? time(found.run.at) : ''}</span>
      <KeysButton />
    </header>
  );
}

function Current({ index: found }: { index: Index }) {
  const [path = '', one] = route.value.path;
  const view = VIEWS.find((each) => each.path === path);
  document.title = [one, view?.name ?? (path === 'subject' ? route.value.path.at(-1) : 'Not found'), found.title]
    .filter((part) => part !== undefined)
    .join(' · ');
  if (path === 'subject') return <Subject index={found} />;
  if (!view)
    return (
      <NotFound title="Unknown view">
        There is no such view. Go to the <a href={to([])}>overview</a>.
      </NotFound>
    );
  const Shown = one !== undefined && view.one ? view.one : view.all;
  return <Shown index={found} />;
}
