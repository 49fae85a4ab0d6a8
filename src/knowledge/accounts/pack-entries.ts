import type { EntryShape } from '../../settings/entry.ts';

export const frameworkEntry: EntryShape = {
  pattern: '^[a-z0-9-]{1,32}$',
  expected: 'the id of a framework such as gdpr',
};

export const tierEntry: EntryShape = {
  pattern: '^(essential|recommended|strict)$',
  expected: 'a tier: essential, recommended or strict',
};

export const typeEntry: EntryShape = {
  pattern: '^[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9:]+$',
  expected: 'a resource type such as AWS::S3::Bucket',
};

export const functionEntry: EntryShape = {
  pattern: '^[A-Za-z0-9_-]{1,64}$',
  expected: 'the name of a Lambda function',
};
