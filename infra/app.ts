import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { accessTo, closeConnections, openConnections } from '../src/doctor/access.ts';
import { cautionsOf } from '../src/settings-file/cautions.ts';
import {
  type Deployment,
  isJudgedCentrally,
  loadDeployment,
} from '../src/settings-file/deployment.ts';
import {
  type Files,
  loadRecord,
  lossesOf,
  recordFileOf,
  recordText,
} from '../src/settings-file/deployment-record.ts';
import { contradictions } from '../src/settings-file/placed-accounts.ts';
import { loadSettings, SettingsError } from '../src/settings-file/settings-file.ts';
import { guardPolicyText } from './central/guard-policy.ts';
import { codeOf, zipsOf } from './code.ts';
import { inputsOf } from './deploying/inputs.ts';
import { ROLLED_OUT } from './deploying/record.ts';
import { refusals } from './deploying/refusals.ts';
import { addRollOut } from './roll-out.ts';
import { addValidations } from './validations.ts';

/**
 * The CDK app. Context: deployment and settings, two files, without them deployment.yaml and settings.yaml, or the example company;
 * deploying, when what is synthesized is rolled out at once.
 */
async function synthesize(): Promise<void> {
  const app = new App({ analyticsReporting: false });
  const given = (key: string): string | undefined => app.node.tryGetContext(key);
  const inputs = inputsOf(given, existsSync, given('deploying') === 'true');
  say(inputs.notes);
  const deploymentFile = inputs.deployment;
  const deployment = await loadDeployment(deploymentFile);
  say(cautionsOf(deployment).map((each) => `${deploymentFile}: ${each}`));
  const record = recordFileOf(deploymentFile);
  await refuse(app, deployment, { deployment: deploymentFile, record });
  const settings = await loadSettings(inputs.settings);
  const misplaced = contradictions(deployment, settings.organization, deploymentFile);
  if (misplaced.length > 0) throw new SettingsError(misplaced);
  const code = await codeOf(
    settings,
    isJudgedCentrally(deployment),
    deployment.dashboard?.site !== undefined,
  );
  addValidations(app);
  addRollOut(app, deployment, code);
  if (deployment.assetBucketPrefix !== null) writeZips(join(app.outdir, 'code'), zipsOf(code));
  app.synth();
  const rolledOut = { file: record, text: recordText(deployment) };
  writeFileSync(join(app.outdir, ROLLED_OUT), JSON.stringify(rolledOut));
  const guard = join(app.outdir, 'service-control-policy.json');
  writeFileSync(guard, guardPolicyText(deployment));
}

/** @throws SettingsError when the deployment would collide with the stacks that there are. */
async function refuse(app: App, deployment: Deployment, files: Files): Promise<void> {
  const connections = openConnections();
  const record = await loadRecord(files.record);
  say(lossesOf(deployment, record).map((each) => `${files.deployment}: ${each}`));
  // The CDK says so whose credentials it has, if it has any.
  const isCentral = process.env['CDK_DEFAULT_ACCOUNT'] === deployment.centralAccount;
  const { problems, warning } = await refusals(deployment, {
    ...{ record, files },
    ask: isCentral ? accessTo(connections).ask : null,
    isFirst: String(app.node.tryGetContext('firstRollOut')) === 'true',
  });
  closeConnections(connections);
  if (warning !== null) say([warning]);
  if (problems.length > 0) throw new SettingsError(problems);
}

function say(sentences: readonly string[]): void {
  for (const each of sentences) process.stderr.write(`${each}\n`);
}

function writeZips(folder: string, zips: ReadonlyMap<string, Uint8Array>): void {
  for (const [key, zip] of zips) {
    const file = join(folder, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, zip);
  }
}

try {
  await synthesize();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
