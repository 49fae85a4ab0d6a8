import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { accessTo, closeConnections, openConnections } from '../src/doctor/access.ts';
import {
  type Deployment,
  homeRegionOf,
  isJudgedCentrally,
  loadDeployment,
} from '../src/settings-file/deployment.ts';
import {
  type Files,
  loadRecord,
  recordFileOf,
  recordText,
} from '../src/settings-file/deployment-record.ts';
import { loadSettings, SettingsError } from '../src/settings-file/settings-file.ts';
import { guardPolicyText } from './central/guard-policy.ts';
import { codeOf, zipsOf } from './code.ts';
import { ROLLED_OUT } from './deploying/record.ts';
import { refusals } from './deploying/refusals.ts';
import { addRollOut } from './roll-out.ts';
import { addValidations } from './validations.ts';

/** The CDK app. Context: deployment and settings, two files; without them deployment.yaml and settings.yaml, or the example company. */
async function synthesize(): Promise<void> {
  const app = new App({ analyticsReporting: false });
  const deploymentFile = fileOf(app, 'deployment');
  const deployment = await loadDeployment(deploymentFile);
  const record = recordFileOf(deploymentFile);
  await refuse(app, deployment, { deployment: deploymentFile, record });
  const settings = await loadSettings(fileOf(app, 'settings'));
  const { homeRegions } = settings.organization;
  const home = homeRegionOf(deployment);
  if (homeRegions.length > 0 && !homeRegions.includes(home)) {
    throw new SettingsError([
      `${deploymentFile}: the first of regions is ${home}, expected one of organization.homeRegions of the settings: ` +
        `${homeRegions.join(', ')}.`,
    ]);
  }
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
  // The CDK says so whose credentials it has, if it has any.
  const isCentral = process.env['CDK_DEFAULT_ACCOUNT'] === deployment.centralAccount;
  const { problems, warning } = await refusals(deployment, {
    ...{ record: await loadRecord(files.record), files },
    ask: isCentral ? accessTo(connections).ask : null,
    isFirst: String(app.node.tryGetContext('firstRollOut')) === 'true',
  });
  closeConnections(connections);
  if (warning !== null) process.stderr.write(`${warning}\n`);
  if (problems.length > 0) throw new SettingsError(problems);
}

function fileOf(app: App, key: string): string {
  const given = app.node.tryGetContext(key) ?? `${key}.yaml`;
  if (given !== `${key}.yaml` || existsSync(given)) return given;
  process.stderr.write(`There is no ${key}.yaml here: taking that of the example company.\n`);
  return `examples/${key}.yaml`;
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
