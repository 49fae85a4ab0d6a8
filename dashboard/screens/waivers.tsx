import { to } from '../data/route.ts';
import type { Index, Waiver } from '../data/shape.ts';
import { counted, day, shown } from '../data/words.ts';
import { CountLink, Csv, Title } from '../parts/common.tsx';

const GROUPS: readonly (readonly [string, string, (waiver: Waiver) => boolean])[] = [
  ['Expired', 'what they accepted fails again', ({ standing }) => standing === 'expired'],
  [
    'Ending within 30 days',
    'renew them, or fix what they accept',
    ({ standing, daysLeft }) => standing === 'in force' && daysLeft <= 30,
  ],
  ['In force', '', ({ standing, daysLeft }) => standing === 'in force' && daysLeft > 30],
  ['Not begun', 'they accept nothing yet', ({ standing }) => standing === 'not begun'],
];

/** Which findings somebody accepts, who asked, who approved, and until when. */
export function Waivers({ index }: { index: Index }) {
  const { waivers } = index;
  const rows = () => [
    ['id', 'standing', 'rule', 'subject', 'owner', 'approver', 'reason', 'ticket', 'created', 'expires', 'findings'],
    ...waivers.map((each) => [
      each.id,
      each.standing,
      each.rule,
      each.subject,
      each.owner,
      each.approver,
      each.reason,
      each.ticket ?? '',
      each.created,
      each.expires,
      String(each.findings),
    ]),
  ];
  return (
    <>
      <Title>Waivers</Title>
      <p class="byline">
        A waiver accepts a finding for a while. It does not count as passing, and what it accepts is still there.
      </p>
      {waivers.length === 0 ? (
        <p class="lead">The settings of this run hold no waiver.</p>
      ) : (
        <p class="row">
          <Csv name={`waivers-${index.run.id}`} rows={rows} />
        </p>
      )}
      {GROUPS.map(([title, meaning, fits]) => {
        const own = waivers.filter(fits);
        if (own.length === 0)
          return title === 'Ending within 30 days' && waivers.length > 0 ? (
            <section key={title}>
              <h2>{title}</h2>
              <p>No waiver ends within 30 days.</p>
            </section>
          ) : null;
        return (
          <section key={title}>
            <h2>
              {title}{' '}
              <small>
                {counted(own.length, 'waiver')}
                {meaning && `: ${meaning}`}
              </small>
            </h2>
            <ul class="cards plain">
              {own.map((waiver) => (
                <Card key={waiver.id} {...{ index, waiver }} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

function Card({ index, waiver }: { index: Index; waiver: Waiver }) {
  const { id, rule, subject, owner, approver, reason, ticket, created, expires, daysLeft, findings, standing } = waiver;
  const when =
    standing === 'expired' ? `expired ${counted(Math.max(0, -daysLeft), 'day')} ago` : `${counted(daysLeft, 'day')} left`;
  const known = index.rules.some((each) => each.id === rule);
  return (
    <li>
      <div>
        <h3>
          <bdi>{shown(id)}</bdi>{' '}
          <small>
            {when}, through {day(expires)}
          </small>
        </h3>
        <p>
          <bdi>{shown(reason)}</bdi>
        </p>
      </div>
      <dl>
        <dt>Rule</dt>
        <dd>
          {known ? (
            <a href={to(['rules', rule])}>
              <code>{rule}</code>
            </a>
          ) : (
            <code>{shown(rule)}</code>
          )}
        </dd>
        <dt>Accepted for</dt>
        <dd>
          <bdi>{shown(subject)}</bdi>
        </dd>
        <dt>Owner</dt>
        <dd>
          <bdi>{shown(owner)}</bdi>
        </dd>
        <dt>Approver</dt>
        <dd>
          <bdi>{shown(approver)}</bdi>
        </dd>
        <dt>Since</dt>
        <dd>
          {day(created)}
          {ticket && (
            <>
              {' '}
              · ticket <bdi>{shown(ticket)}</bdi>
            </>
          )}
        </dd>
        <dt>Findings</dt>
        <dd>
          <CountLink count={findings} query={{ waiver: id }} />
          {findings === 0 && ' – it accepts nothing that was found'}
        </dd>
      </dl>
    </li>
  );
}
