import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import {
  type Deployment,
  homeRegionOf,
  isJudgedInMembers,
} from '../src/settings-file/deployment/deployment.ts';
import { SettingsError } from '../src/settings-file/yaml-file.ts';
import { CentralStack } from './central-stack.ts';
import type { Code } from './code.ts';
import { MemberStack } from './member-stack.ts';
import { OrganizationStack } from './organization-stack.ts';
import { addRelease } from './release.ts';

const MEMBER = 's3-config-rules-member';

/**
 * All stacks of a deployment. The member stack stands beside the stack sets that deploy it elsewhere, for the management account, which
 * no service-managed stack set reaches, and for everybody who deploys in another way.
 */
export function addRollOut(app: App, deployment: Deployment, code: Code) {
  const env = { account: deployment.centralAccount, region: homeRegionOf(deployment) };
  const central = new CentralStack(app, 's3-config-rules-central', { env, deployment, code });
  const hasMembers = isJudgedInMembers(deployment);
  const member = hasMembers ? addMember(app, deployment, code) : undefined;
  const folder = mkdtempSync(join(tmpdir(), 's3-config-rules-'));
  const organization = new OrganizationStack(app, 's3-config-rules-organization', {
    env,
    deployment,
    memberTemplate: hasMembers ? memberTemplate(deployment, code, folder) : null,
  });
  rmSync(folder, { recursive: true });
  // Members send to the bus of the central account from their first minute.
  organization.addStackDependency(central);
  for (const stack of [central, organization]) addRelease(stack, code.release);
  return { central, member, organization };
}

function addMember(app: App, deployment: Deployment, code: Code): MemberStack {
  const member = new MemberStack(app, MEMBER, { deployment, code });
  addRelease(member, code.release, code.hash);
  return member;
}

/** What CloudFormation takes from S3 at most (CloudFormation User Guide, "Understand CloudFormation quotas": 1 MB). */
const TEMPLATE_BYTES = 1_000_000;

/**
 * Writes the template of the member stack by itself, since the stack set needs it before this app is synthesized.
 * @throws SettingsError when CloudFormation would refuse it: what the settings say stands in it twice.
 */
function memberTemplate(deployment: Deployment, code: Code, folder: string): string {
  const app = new App({ outdir: folder, analyticsReporting: false });
  addMember(app, deployment, code);
  const file = app.synth().getStackByName(MEMBER).templateFullPath;
  const { size } = statSync(file);
  if (size <= TEMPLATE_BYTES) return file;
  throw new SettingsError([
    `The template of the member stack has ${size} bytes, expected at most ${TEMPLATE_BYTES}: shorten the settings, or name ` +
      'buckets for the code (assetBucketPrefix).',
  ]);
}
