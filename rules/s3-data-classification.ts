import { defineRule, fail, ownList, pass, supporting } from '../src/engine/rule.ts';
import { classificationTag, judgeClassification, tagValue } from '../src/knowledge/buckets/classification.ts';

const FIX = `Tag the bucket with one of the classification tags and an allowed value (PutBucketTagging, which replaces all tags of the bucket).`;

export default defineRule({
  id: 's3-data-classification',
  areas: ['retention'],
  severity: 'low',
  title: 'S3 buckets carry a tag that says what kind of data they hold',
  rationale: `Whoever does not know where the sensitive data is can neither protect it by its need nor say what a breach has touched.`,
  limits: [
    `Judges the tag, not the content: whether the data in the bucket is what the tag says is not looked into, and tags of single objects are not recorded. Keys and values of tags are case-sensitive.`,
  ],
  requirements: {
    'gdpr 25(1)': supporting('Measures can be chosen by the kind of data a bucket holds.'),
    'gdpr 30(1)(c)': supporting('Where a category of personal data is stored can be looked up.'),
    'hipaa 164.308(a)(1)(ii)(A)': supporting('The analysis knows where health information is.'),
    'hipaa 164.308(a)(7)(ii)(E)': supporting('The criticality of data is on record by bucket.'),
  },
  reads: ['tags'],
  parameters: {
    classificationTags: ownList(classificationTag, 'Keys of tags, any of which may carry the classification.', ['data-classification']),
    allowedValues: ownList(tagValue, 'Values that the tag may have; any but an empty one if empty.'),
  },
  messages: {
    classified: pass('The tag {key} says {value}.'),
    missing: fail('No tag says what kind of data the bucket holds, expected {keys}.', { fix: FIX }),
    empty: fail('The tag {key} is there without a value.', { fix: FIX }),
    notAllowed: fail('The tag {key} says {value}, which is none of the {count} allowed values.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeClassification(bucket.tags, params),
});
