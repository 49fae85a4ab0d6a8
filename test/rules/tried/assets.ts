import { bucket, type Case } from '../../describe-rule.ts';

const { account, region } = bucket;
const named = (name: string, change: object = {}) => ({ subject: { name, id: name, ...change } });
const staging = (value = 'StagingBucket') => ({
  tags: new Map([['aws:cloudformation:logical-id', value]]),
});
const STAGING = `cdk-hnb659fds-assets-${account}-${region}`;
const unreadable = ['tags'] as const;

/** Buckets of the tools that deploy, and names that only look like theirs (kind 13). */
export const assetCases: readonly Case[] = [
  { when: 'assets of the CDK', ...named(STAGING), facts: staging(), says: 'assets' },
  { when: 'assets of the CDK, another qualifier', ...named(`cdk-team-a-assets-${account}-${region}`), facts: staging(), says: 'assets' },
  {
    when: 'assets of the CDK, not versioned',
    ...named(STAGING),
    facts: { ...staging(), versioning: { status: 'Suspended', mfaDelete: false } },
    says: 'assets',
  },
  { when: 'the name of the CDK alone, which anybody may choose', ...named(STAGING), says: 'unprotected' },
  { when: 'the name of the CDK, of another resource', ...named(STAGING), facts: staging('DataBucket'), says: 'unprotected' },
  {
    when: 'the name of the CDK for another account',
    ...named(`cdk-hnb659fds-assets-999988887777-${region}`),
    facts: staging(),
    says: 'unprotected',
  },
  {
    when: 'the name of the CDK for another Region',
    ...named(`cdk-hnb659fds-assets-${account}-us-east-1`),
    facts: staging(),
    says: 'unprotected',
  },
  {
    when: 'a qualifier of eleven characters',
    ...named(`cdk-abcdefghijk-assets-${account}-${region}`),
    facts: staging(),
    says: 'unprotected',
  },
  { when: 'StagingBucket of another stack', ...named('patients'), facts: staging(), says: 'unprotected' },
  { when: 'templates of CloudFormation', ...named(`cf-templates-1a2b3c4d5e6f-${region}`), unreadable, says: 'assets' },
  { when: 'templates, another Region', ...named('cf-templates-1a2b3c4d5e6f-us-east-1'), says: 'unprotected' },
  { when: 'templates, another name', ...named(`cf-templates-patients-data-${region}`), says: 'unprotected' },
  { when: 'templates, a suffix', ...named(`cf-templates-1a2b3c4d5e6f-${region}-phi`), says: 'unprotected' },
];
