import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parametersOf } from '../engine/parameters.ts';
import type { Rule } from '../engine/rule.ts';
import { subjectOf } from '../engine/subject.ts';
import type { AllFacets, FacetName, SubjectKind } from '../facts/index.ts';
import { parsePolicy } from '../policy/language/document.ts';
import type { Identity } from '../records/reading.ts';
import { emptySettings } from '../settings/settings.ts';
import type { PageExample, PageExamples } from './rule-page.ts';

const FOLDER = new URL('../../docs/examples/', import.meta.url);
const GIVEN = 'given.json';

/** What the examples of the pages, and the cases of the tests, are about. */
export const subjects: Readonly<Record<SubjectKind, Identity>> = {
  account: {
    type: 'AWS::::Account',
    id: '123456789012',
    name: '123456789012',
    arn: 'arn:aws:iam::123456789012:root',
    account: '123456789012',
    region: 'eu-central-1',
  },
  bucket: {
    type: 'AWS::S3::Bucket',
    id: 'example-bucket',
    name: 'example-bucket',
    arn: 'arn:aws:s3:::example-bucket',
    account: '123456789012',
    region: 'eu-central-1',
  },
  iamPolicy: {
    type: 'AWS::IAM::Policy',
    id: 'ANPAEXAMPLEPOLICY0001',
    name: 'example-policy',
    arn: 'arn:aws:iam::123456789012:policy/example-policy',
    account: '123456789012',
    region: 'global',
  },
  iamUser: {
    type: 'AWS::IAM::User',
    id: 'AIDAEXAMPLEUSER000001',
    name: 'example-user',
    arn: 'arn:aws:iam::123456789012:user/example-user',
    account: '123456789012',
    region: 'global',
  },
  accessPoint: {
    type: 'AWS::S3::AccessPoint',
    id: 'example-point',
    name: 'example-point',
    arn: 'arn:aws:s3:eu-central-1:123456789012:accesspoint/example-point',
    account: '123456789012',
    region: 'eu-central-1',
  },
};

/** A bucket or an access point about which nothing but its policy is worth a word. */
const plain: Partial<AllFacets> = {
  accessPointArn: subjects.accessPoint.arn,
  accountPublicAccessBlock: null,
  acl: { owner: 'owner', grants: [] },
  blockedEncryption: [],
  kmsAliases: new Map(),
  lockedBackups: [],
  now: '2026-01-01T00:00:00.000Z',
  publicAccessBlock: null,
  roles: [],
};

interface Given {
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly facets?: Partial<AllFacets>;
}

/** The policies in docs/examples/<rule>, judged by the rule; none when it has no folder. */
export function examplesOf(rule: Rule): PageExamples {
  const folder = new URL(`${rule.id}/`, FOLDER);
  if (!existsSync(folder)) return { given: null, examples: [] };
  const read = (file: string) => readFileSync(new URL(file, folder), 'utf8').trimEnd();
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const given = files.includes(GIVEN) ? read(GIVEN) : null;
  const { parameters, facets }: Given = given === null ? {} : JSON.parse(given);
  const values = parametersOf(rule, emptySettings, parameters);
  const examples = files
    .filter((file) => file !== GIVEN)
    .sort()
    .map((file): PageExample => {
      const policy = read(file);
      const all: Partial<Record<FacetName, unknown>> = {
        ...plain,
        ...facets,
        policy: parsePolicy(policy),
        accessPointPolicy: parsePolicy(policy),
      };
      const subject = subjectOf(subjects[rule.subject], rule.reads, (name) => ({
        value: all[name],
      }));
      return {
        name: file.replace(/\.json$/, ''),
        policy,
        judgement: rule.evaluate(subject, values),
      };
    });
  return { given, examples };
}
