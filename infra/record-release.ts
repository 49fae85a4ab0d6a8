import { writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { loadDeployment } from '../src/settings-file/deployment.ts';
import { MemberStack } from './member-stack.ts';

/**
 * npm run record-release: keeps the member stack of the example company as it is released, without its code, so that the tests of the next
 * release can tell what an upgrade would replace.
 */
const app = new App({ analyticsReporting: false });
const none = { recorded: '-', live: '-', 'publish-findings': '-' };
new MemberStack(app, 'released', {
  deployment: await loadDeployment('examples/deployment.yaml'),
  code: { bundles: none, hash: '-', release: { version: '-', commit: '-' } },
});
const { template } = app.synth().getStackByName('released');
writeFileSync('test/infra/released.json', `${JSON.stringify(template, null, 1)}\n`);
