import { defineRule, fail, ownListFrom, pass, say, supporting } from '../src/engine/rule.ts';
import { tagKeyEntry, tagValueEntry } from '../src/knowledge/buckets/scope.ts';
import { isBlank, list } from '../src/values/text.ts';

const TAG = {
  fix: 'Tag the bucket with a classification tag and one of the allowedValues (TagResource of S3 Control). Both are case-sensitive.',
  caution:
    'PutBucketTagging replaces all tags, and S3 refuses it where ABAC is enabled. Tags may decide access, costs and which rules apply.',
};

export default defineRule({
  id: 's3-data-classification',
  areas: ['retention'],
  severity: 'low',
  title: 'S3 buckets carry a tag that says what kind of data they hold',
  rationale: 'Without knowing where the sensitive data is, you can neither protect it as it needs nor say what a breach has touched.',
  limits: [
    'Only the tag is judged, not the content: whether the data in the bucket is what the tag says is not checked.',
    'Tags of single objects are not recorded. Keys and values of tags are case-sensitive.',
  ],
  requirements: {
    'gdpr 25(1)': supporting('Measures can be chosen by the kind of data that the tag names.'),
    'gdpr 30(1)(c)': supporting('The tag says which category of data the bucket holds.'),
    'hipaa 164.308(a)(1)(ii)(A)': supporting('The risk analysis can find health information by the tag.'),
    'hipaa 164.308(a)(7)(ii)(E)': supporting('A tag names the kind of data, by which its criticality can be assessed.'),
  },
  reads: ['tags'],
  parameters: {
    classificationTags: ownListFrom('classification.tags', tagKeyEntry, 'Keys of tags, any of which may carry the classification.'),
    allowedValues: ownListFrom('classification.values', tagValueEntry, 'Values that the tag may have; any that is not blank if empty.'),
  },
  messages: {
    classified: pass('The tag {key} says {value}.'),
    missing: fail('The bucket has no tag that says what kind of data it holds; one of these is expected: {keys}.', TAG),
    empty: fail('The tag {key} has no value, or one of blanks.', TAG),
    notAllowed: fail('The tag {key} says {value}, which is not one of the {count} allowed values.', TAG),
  },
  evaluate({ bucket, params }) {
    const { tags } = bucket;
    const { classificationTags: keys, allowedValues: allowed } = params;
    const found = keys.flatMap((key) => {
      const value = tags.get(key);
      return value === undefined ? [] : [{ key, value }];
    });
    const [first] = found;
    if (first === undefined) return say('missing', { keys: list(keys) });
    const empty = found.find(({ value }) => isBlank(value));
    if (empty) return say('empty', empty);
    // Of two tags that disagree the worse counts: the one that is not allowed.
    const wrong = found.find(({ value }) => allowed.length > 0 && !allowed.includes(value));
    return wrong ? say('notAllowed', { ...wrong, count: allowed.length }) : say('classified', first);
  },
});
