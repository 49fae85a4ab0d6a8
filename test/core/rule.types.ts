/**
 * What the compiler must refuse in a rule: `tsc` fails when one of the marked lines compiles after all.
 * Nothing here runs.
 */
import { days } from '../../src/core/parameters.ts';
import { defineRule, primary } from '../../src/core/rule.ts';

const text = { title: '', rationale: '', remediation: '', limits: '', severity: 'low' } as const;

export const right = defineRule({
  ...text,
  id: 's3-right',
  satisfies: { 'gdpr 32(1)(a)': primary('because') },
  subject: 'bucket',
  reads: ['versioning'],
  parameters: { minimumDays: days(1, 'Days.') },
  messages: { plain: 'Plain.', filled: 'It is {status} for {count} days.' },
  evaluate: ({ bucket, params, pass, fail }) =>
    bucket.versioning.status === 'Enabled' && params.minimumDays > 1
      ? pass('plain')
      : fail('filled', { status: bucket.versioning.status, count: params.minimumDays }),
});

export const wrong = defineRule({
  ...text,
  id: 's3-wrong',
  satisfies: {
    // @ts-expect-error: the GDPR has no such article
    'gdpr 99(9)': primary('because'),
  },
  subject: 'bucket',
  reads: ['versioning'],
  parameters: { minimumDays: days(1, 'Days.') },
  messages: { plain: 'Plain.', filled: 'It is {status}.' },
  evaluate({ bucket, params, pass, fail, skip }) {
    // @ts-expect-error: the facet is not in reads
    if (bucket.lifecycle.length > 0) return pass('plain');
    // @ts-expect-error: a facet holds what it holds
    if (bucket.versioning.status === 'On') return pass('plain');
    // @ts-expect-error: the parameter is a number
    if (params.minimumDays === '1') return pass('plain');
    // @ts-expect-error: there is no such parameter
    if (params.maximumDays > 1) return pass('plain');
    // @ts-expect-error: there is no such message
    if (bucket.name === 'a') return fail('absent');
    // @ts-expect-error: the placeholder is not filled
    if (bucket.name === 'b') return fail('filled');
    // @ts-expect-error: another placeholder is filled
    if (bucket.name === 'c') return fail('filled', { state: 'x' });
    // @ts-expect-error: a placeholder takes text or a number
    if (bucket.name === 'd') return fail('filled', { status: bucket.versioning });
    // @ts-expect-error: evidence is an object
    if (bucket.name === 'e') return fail('plain', undefined, 'because');
    // @ts-expect-error: evidence does not fill a placeholder
    if (bucket.name === 'f') return fail('filled', undefined, { status: 'x' });
    if (bucket.name === 'g') return fail('plain', undefined, { because: 'x' });
    // @ts-expect-error: there is nothing to fill
    return skip('plain', { status: 'x' });
  },
});

/** A rule of a bucket need not say so; a function of the core may choose the message, with all that it needs. */
declare const gap: { messageId: 'plain' } | { messageId: 'filled'; status: string };
declare const noSuchGap: { messageId: 'absent' } | { messageId: 'plain' };
declare const emptyGap: { messageId: 'filled' };

export const chosen = defineRule({
  ...text,
  id: 's3-chosen',
  satisfies: {},
  reads: ['versioning'],
  messages: { plain: 'Plain.', filled: 'It is {status}.' },
  evaluate({ bucket, fail, skip }) {
    if (bucket.versioning.mfaDelete) return fail(gap);
    // @ts-expect-error: one of them is no message
    if (bucket.name === 'a') return fail(noSuchGap);
    // @ts-expect-error: it lacks a value
    return skip(emptyGap);
  },
});

export const wrongFacet = defineRule({
  ...text,
  id: 's3-wrong-facet',
  satisfies: {},
  subject: 'bucket',
  // @ts-expect-error: there is no such facet
  reads: ['weather'],
  messages: { plain: 'Plain.' },
  evaluate: ({ pass }) => pass('plain'),
});

export const noVerdict = defineRule({
  ...text,
  id: 's3-no-verdict',
  satisfies: {},
  subject: 'bucket',
  reads: ['versioning'],
  messages: { plain: 'Plain.' },
  // @ts-expect-error: a rule must say something
  evaluate: () => undefined,
});
