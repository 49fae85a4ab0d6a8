import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parametersOf } from '../engine/parameters.ts';
import type { Rule } from '../engine/rule.ts';
import { subjectClass } from '../engine/subject.ts';
import type { AllFacets, FacetName } from '../facts/index.ts';
import { parsePolicy } from '../policy/language/document.ts';
import { kinds } from '../records/kinds.ts';
import { emptySettings } from '../settings/settings.ts';
import type { PageExample, PageExamples } from './rule-page.ts';

const FOLDER = new URL('../../docs/examples/', import.meta.url);
const GIVEN = 'given.json';

/** A bucket or an access point about which nothing but its policy is worth a word. */
const plain: Partial<AllFacets> = {
  accessPointArn: kinds.accessPoint.example.arn,
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
      const { example } = kinds[rule.subject];
      const subject = new (subjectClass(rule.reads))(example, (name) => ({ value: all[name] }));
      return {
        name: file.replace(/\.json$/, ''),
        policy,
        judgement: rule.evaluate(subject, values),
      };
    });
  return { given, examples };
}
