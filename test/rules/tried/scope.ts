import { bucket, type Case } from '../../describe-rule.ts';

const tagged = (...pairs: [string, string][]) => ({ tags: new Map(pairs) });
const PUBLIC = tagged(['DataClassification', 'public']);
const unreadable = ['tags'] as const;

/**
 * Which buckets a rule is for, for every rule with appliesTo and exceptFor: names decide before tags, exceptFor before
 * appliesTo, and tags are needed only where an entry about one can decide (kind 13).
 * @param judged the message about the bucket where the rule judges it.
 */
export const scopeCases = (judged: string): readonly Case[] => [
  { when: 'no scope, tags unreadable', unreadable, says: judged },
  {
    when: 'left out by its name, tags unreadable',
    unreadable,
    params: { exceptFor: [bucket.name] },
    says: 'exempt',
  },
  {
    when: 'left out by a wildcard in its name',
    params: { exceptFor: ['other', 'example-*'] },
    says: 'exempt',
  },
  {
    when: 'not left out by the name of another',
    unreadable,
    params: { exceptFor: ['example', 'example-bucket-2', 'xample-*'] },
    says: judged,
  },
  {
    when: 'left out by a tag',
    facts: PUBLIC,
    params: { exceptFor: ['DataClassification=public'] },
    says: 'exempt',
  },
  {
    when: 'left out by a tag that is as long as one can be',
    facts: tagged(['K'.repeat(128), 'v'.repeat(256)]),
    params: { exceptFor: [`${'K'.repeat(128)}=${'v'.repeat(256)}`] },
    says: 'exempt',
  },
  ...[
    ['a=b', 'c'],
    ['a', 'b=c'],
    ['a=b=c', ''],
  ].map(([key = '', value = '']) => ({
    when: `a tag ${key} with the value ${value}`,
    facts: tagged([key, value]),
    params: { exceptFor: ['a=b=c'] },
    says: value === '' ? judged : 'exempt',
  })),
  {
    when: 'not left out by a tag of another case',
    facts: PUBLIC,
    params: { exceptFor: ['dataclassification=public', 'DataClassification=Public'] },
    says: judged,
  },
  {
    when: 'not left out without the tag',
    facts: tagged(),
    params: { exceptFor: ['DataClassification=*'] },
    says: judged,
  },
  { when: 'applies by name, tags unreadable', unreadable, params: { appliesTo: ['a=b', bucket.name] }, says: judged },
  { when: 'applies by a tag', facts: PUBLIC, params: { appliesTo: ['DataClassification=pub*'] }, says: judged },
  { when: 'applies to others by name, tags unreadable', unreadable, params: { appliesTo: ['other'] }, says: 'exempt' },
  {
    when: 'applies to others by name, so that no tag can decide',
    unreadable,
    params: { appliesTo: ['other'], exceptFor: ['a=b'] },
    says: 'exempt',
  },
  { when: 'applies to others by a tag', facts: PUBLIC, params: { appliesTo: ['DataClassification=phi'] }, says: 'exempt' },
  {
    when: 'applies by name, and is left out by a tag',
    facts: PUBLIC,
    params: { appliesTo: [bucket.name], exceptFor: ['DataClassification=public'] },
    says: 'exempt',
  },
];
