import { existsSync } from 'node:fs';
import {
  App,
  CloudFormationValidatePlugin,
  type IPolicyValidationPlugin,
  Validations,
} from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import { loadDeployment } from '../src/settings/deployment.ts';
import { loadSettings } from '../src/settings/settings-file.ts';
import { codeOf } from './code.ts';
import { addRollOut } from './roll-out.ts';

/** The CDK app. Context: deployment and settings, two files; without them those of the example company. */
const app = new App({ analyticsReporting: false });
const file = (key: string) => {
  const given = app.node.tryGetContext(key) ?? `${key}.yaml`;
  return existsSync(given) ? given : `examples/${key}.yaml`;
};
const deployment = await loadDeployment(file('deployment'));
const code = await codeOf(await loadSettings(file('settings')));
Validations.of(app).addPlugins(
  // Registered by name, it fails the synthesis; by default it only warns.
  new CloudFormationValidatePlugin() as IPolicyValidationPlugin,
  new AwsSolutionsChecks(app),
  new HIPAASecurityChecks(app),
);
addRollOut(app, deployment, code);
app.synth();
