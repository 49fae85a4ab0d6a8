import rule from '../../rules/s3-data-classification.ts';
import { describeRule } from '../describe-rule.ts';

const tagged = (...tags: [string, string][]) => ({ tags: new Map(tags) });
const allowed = { allowedValues: ['phi', 'internal'] };
const two = { classificationTags: ['data-classification', 'DataClassification'], ...allowed };

describeRule(rule, {
  compliant: [
    ['any value where none is listed', tagged(['data-classification', 'secret']), 'classified'],
    ['an allowed value', tagged(['data-classification', 'phi']), 'classified', allowed],
    ['the second of the keys', tagged(['team', 'a'], ['DataClassification', 'internal']), 'classified', two],
    ['both keys, both allowed', tagged(['data-classification', 'phi'], ['DataClassification', 'internal']), 'classified', two],
  ],
  nonCompliant: [
    ['no tags', tagged(), 'missing'],
    ['other tags', tagged(['team', 'a']), 'missing', allowed],
    ['another case of the key', tagged(['Data-Classification', 'phi']), 'missing', allowed],
    ['no value', tagged(['data-classification', '']), 'empty'],
    // The managed rule required-tags takes one list of values, in one spelling for every key.
    ['another case of the value', tagged(['data-classification', 'PHI']), 'notAllowed', allowed],
    ['a value nobody allowed', tagged(['data-classification', 'public']), 'notAllowed', allowed],
    ['two that disagree', tagged(['data-classification', 'phi'], ['DataClassification', 'public']), 'notAllowed', two],
  ],
});
