import rule from '../../rules/s3-data-classification.ts';
import { describeRule } from '../describe-rule.ts';

const tagged = (...tags: [string, string][]) => ({ tags: new Map(tags) });
const allowed = { allowedValues: ['phi', 'internal'] };
const two = { classificationTags: ['data-classification', 'DataClassification'], ...allowed };

describeRule(rule, {
  cases: [
    { when: 'any value where none is listed', facts: tagged(['data-classification', 'secret']), says: 'classified' },
    { when: 'an allowed value', facts: tagged(['data-classification', 'phi']), params: allowed, says: 'classified' },
    { when: 'the second of the keys', facts: tagged(['team', 'a'], ['DataClassification', 'internal']), params: two, says: 'classified' },
    {
      when: 'both keys, both allowed',
      facts: tagged(['data-classification', 'phi'], ['DataClassification', 'internal']),
      params: two,
      says: 'classified',
    },
    { when: 'no tags', facts: tagged(), says: 'missing' },
    { when: 'other tags', facts: tagged(['team', 'a']), params: allowed, says: 'missing' },
    { when: 'another case of the key', facts: tagged(['Data-Classification', 'phi']), params: allowed, says: 'missing' },
    { when: 'no value', facts: tagged(['data-classification', '']), says: 'empty' },
    { when: 'a blank', facts: tagged(['data-classification', ' ']), says: 'empty' },
    { when: 'blanks of other kinds', facts: tagged(['data-classification', '\t\u00a0\u3000']), says: 'empty' },
    { when: 'a character that does not show', facts: tagged(['data-classification', '\u200b']), says: 'empty' },
    { when: 'a letter of Hangul that does not show', facts: tagged(['data-classification', '\u3164']), says: 'empty' },
    { when: 'a blank, where values are listed', facts: tagged(['data-classification', ' ']), params: allowed, says: 'empty' },
    {
      when: 'a blank in the second of the keys',
      facts: tagged(['data-classification', 'phi'], ['DataClassification', ' ']),
      params: two,
      says: 'empty',
    },
    { when: 'a value with blanks around it', facts: tagged(['data-classification', ' phi ']), says: 'classified' },
    { when: 'a value in another script', facts: tagged(['data-classification', '機密']), says: 'classified' },
    { when: 'a digit', facts: tagged(['data-classification', '3']), says: 'classified' },
    {
      when: 'another case of the value',
      facts: tagged(['data-classification', 'PHI']),
      params: allowed,
      says: 'notAllowed',
      peers: 'The managed rule required-tags takes one list of values, in one spelling for every key.',
    },
    { when: 'a value nobody allowed', facts: tagged(['data-classification', 'public']), params: allowed, says: 'notAllowed' },
    {
      when: 'two that disagree',
      facts: tagged(['data-classification', 'phi'], ['DataClassification', 'public']),
      params: two,
      says: 'notAllowed',
    },
  ],
});
