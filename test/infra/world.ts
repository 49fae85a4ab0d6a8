import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { type Code, codeOf } from '../../infra/code.ts';
import { addRollOut } from '../../infra/roll-out.ts';
import { type Deployment, loadDeployment } from '../../src/settings-file/deployment/deployment.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test reads the properties of the type that it asked for.
  readonly Properties: any;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Metadata?: unknown;
}

/** The deployment of the example company. */
export const example: Deployment = await loadDeployment('examples/deployment.yaml');

/** Code that is quick to make, for tests that do not look at it. */
export const someCode: Code = {
  bundles: {
    recorded: 'exports.handler = async () => "recorded";',
    live: 'exports.handler = async () => "live";',
    'publish-findings': 'exports.handler = async () => "publish-findings";',
  },
  watcher: 'exports.handler = async () => "coverage";',
  hash: 'ab'.repeat(32),
  release: { version: '1.2.3', commit: 'c0ffee' },
};

/** The code that is shipped, with the settings of the example company. */
export const exampleCode = async (): Promise<Code> =>
  codeOf(await loadSettings('examples/settings.yaml'));

/** Runs something in an app whose files are gone afterwards. CloudFormation's own validation takes as long as all else: it is for tests that ask for it. */
export function inApp<T>(run: (app: App) => T, { isValidated = false } = {}): T {
  const outdir = mkdtempSync(join(tmpdir(), 'synthesized-'));
  try {
    return run(
      new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: isValidated }),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The templates of all stacks, by name. @throws ValidationFailed when the validations that `prepare` added find something. */
export const synthesized = (
  parts: Partial<Deployment> = {},
  code: Code = someCode,
  prepare?: (app: App) => void,
) =>
  inApp(
    (app) => {
      prepare?.(app);
      addRollOut(app, { ...example, ...parts }, code);
      const { stacks } = app.synth();
      const template = (name: string): Template =>
        stacks.find(({ stackName }) => stackName === `s3-config-rules-${name}`)?.template;
      return {
        asset: assetOf(template('organization'), app.outdir),
        member: template('member'),
        organization: template('organization'),
        central: template('central'),
      };
    },
    { isValidated: prepare !== undefined },
  );

/** The template that the stack sets take. */
function assetOf(organization: Template, outdir: string): string {
  if (organization.Resources['Members'] === undefined) return '';
  const url = JSON.stringify(organization.Resources['Members']?.Properties.TemplateURL);
  const [, hash] = /([0-9a-f]{64})\.json/.exec(url) ?? [];
  return readFileSync(join(outdir, `asset.${hash}.json`), 'utf8');
}

export const ofType = (template: Template, type: string): ReadonlyArray<[string, Resource]> =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

/** The template of the pack that the member stack deploys. */
export const packBody = (member: Template): string =>
  ofType(member, 'AWS::Config::ConformancePack')[0]?.[1].Properties.TemplateBody;
