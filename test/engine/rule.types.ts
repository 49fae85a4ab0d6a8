/**
 * What the compiler must refuse in a rule: `tsc` fails when one of the marked lines compiles after all.
 * Nothing here runs.
 */
import { days } from '../../src/engine/parameters.ts';
import { defineRule, fail, pass, primary, say } from '../../src/engine/rule.ts';

const text = { areas: [], title: '', rationale: '', limits: [], severity: 'low' } as const;
const messages = {
  plain: pass('Plain.'),
  filled: fail('It is {status} for {count} days.', { fix: 'Fix it.' }),
};

export const right = defineRule({
  ...text,
  id: 's3-right',
  requirements: { 'gdpr 32(1)(a)': primary('because') },
  subject: 'bucket',
  reads: ['versioning'],
  parameters: { minimumDays: days(1, 'Days.') },
  messages,
  evaluate: ({ bucket: { versioning }, params }) =>
    versioning.status === 'Enabled' && params.minimumDays > 1
      ? say('plain')
      : say('filled', { status: versioning.status, count: params.minimumDays }),
});

export const wrong = defineRule({
  ...text,
  id: 's3-wrong',
  requirements: {
    // @ts-expect-error: the GDPR has no such article
    'gdpr 99(9)': primary('because'),
  },
  subject: 'bucket',
  reads: ['versioning'],
  parameters: { minimumDays: days(1, 'Days.') },
  messages: { plain: pass('Plain.') },
  evaluate({ bucket, params }) {
    // @ts-expect-error: the facet is not in reads
    if (bucket.lifecycle.length > 0) return say('plain');
    // @ts-expect-error: a facet holds what it holds
    if (bucket.versioning.status === 'On') return say('plain');
    // @ts-expect-error: the parameter is a number
    if (params.minimumDays === '1') return say('plain');
    // @ts-expect-error: there is no such parameter
    if (params.maximumDays > 1) return say('plain');
    // @ts-expect-error: evidence is an object
    if (bucket.name === 'a') return say('plain', {}, 'because');
    return say('plain', {}, { because: 'x' });
  },
});

const judging = { ...text, requirements: {}, reads: ['versioning'], messages } as const;

/** A rule of a bucket need not say so; a function of the core may choose the message, with all that it needs. */
declare const judged: () =>
  | { messageId: 'plain' }
  | { messageId: 'filled'; status: string; count: number };
export const chosen = defineRule({ ...judging, id: 's3-chosen', evaluate: judged });

export const absent = defineRule({
  ...judging,
  id: 's3-absent',
  // @ts-expect-error: there is no such message
  evaluate: () => say('absent'),
});

export const unfilled = defineRule({
  ...judging,
  id: 's3-unfilled',
  // @ts-expect-error: the placeholders are not filled
  evaluate: () => say('filled'),
});

export const misnamed = defineRule({
  ...judging,
  id: 's3-misnamed',
  // @ts-expect-error: another placeholder is filled
  evaluate: () => say('filled', { state: 'x', count: 1 }),
});

export const mistyped = defineRule({
  ...judging,
  id: 's3-mistyped',
  // @ts-expect-error: a placeholder takes text or a number
  evaluate: ({ bucket }) => say('filled', { status: bucket.versioning, count: 1 }),
});

export const evidence = defineRule({
  ...judging,
  id: 's3-evidence',
  // @ts-expect-error: evidence does not fill a placeholder
  evaluate: () => say('filled', {}, { status: 'x', count: 1 }),
});

export const bare = defineRule({
  ...judging,
  id: 's3-bare',
  // @ts-expect-error: a sentence without a verdict
  messages: { plain: 'Plain.' },
  evaluate: () => say('plain'),
});

export const wrongFacet = defineRule({
  ...text,
  id: 's3-wrong-facet',
  requirements: {},
  subject: 'bucket',
  // @ts-expect-error: there is no such facet
  reads: ['weather'],
  messages: { plain: pass('Plain.') },
  evaluate: () => say('plain'),
});

export const noVerdict = defineRule({
  ...judging,
  id: 's3-no-verdict',
  // @ts-expect-error: a rule must say something
  evaluate: () => undefined,
});
