import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { App } from 'aws-cdk-lib';
import { parse } from 'yaml';
import { release } from '../src/release/running.ts';
import { type Deployment, loadDeployment } from '../src/settings-file/deployment.ts';
import { brokenNames, type Contract, contractOf } from './contract.ts';
import { addRollOut } from './roll-out.ts';

const STACKS = ['member', 'central', 'organization'] as const;

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation templates are data of many shapes.
type Template = any;

/** What the world relies on of one release: names, and the stacks of the example company without their code. */
export interface ReleaseRecord {
  readonly version: string;
  /** The day of the changelog; null while the version is not released and its record may be written again. */
  readonly released: string | null;
  readonly contract: Contract;
  readonly stacks: Readonly<Record<(typeof STACKS)[number], Template>>;
  /** The central stack of a company that chooses all that the example leaves out; the first record does not have it. */
  readonly centralWithAll?: Template;
}

const root = fileURLToPath(new URL('..', import.meta.url));
export const FOLDER = join(root, 'test/infra/releases');
export const fileOf = (version: string): string => join(FOLDER, `${version}.json`);

/** The record of the source as it is now. */
export async function currentRecord(): Promise<ReleaseRecord> {
  const { version } = release;
  const example = await loadDeployment(join(root, 'examples/deployment.yaml'));
  const { central } = stacksOf({ ...example, ...ALL });
  const names = { version, released: releasedOn(version), contract: contractOf() };
  return { ...names, stacks: stacksOf(example), centralWithAll: central };
}

const HERE = 'eu-central-1:111122223333';
/** Results that are judged centrally are kept like a history, so that their buckets and keys are never replaced either. */
const ALL: Pick<Deployment, 'rules' | 'delivery' | 'dashboard'> = {
  rules: 'both',
  delivery: { bucket: 'examplehealth-config' },
  dashboard: {
    site: {
      domain: 's3-compliance.example.com',
      certificate: 'arn:aws:acm:us-east-1:111122223333:certificate/-',
      signingKey: `arn:aws:kms:${HERE}:key/-`,
      clientSecret: `arn:aws:secretsmanager:${HERE}:secret:-`,
      ...{ publicKey: '-', issuer: 'https://login.example.com', clientId: '-' },
      groups: { claim: 'groups', values: ['-'] },
    },
  },
};

function stacksOf(deployment: Deployment): ReleaseRecord['stacks'] {
  const outdir = mkdtempSync(join(tmpdir(), 's3-config-rules-'));
  const app = new App({ outdir, analyticsReporting: false });
  const bundles = { recorded: '-', live: '-', 'publish-findings': '-' };
  addRollOut(app, deployment, {
    bundles,
    ...{ watcher: '-', judge: '-', signIn: '-' },
    hash: '-',
    release: { version: '-', commit: '-' },
  });
  const assembly = app.synth();
  const templates = STACKS.map((name) => {
    const { Metadata: _, ...kept } = assembly.getStackByName(`s3-config-rules-${name}`).template;
    return [name, kept];
  });
  rmSync(outdir, { recursive: true });
  return Object.fromEntries(templates);
}

/** "## 0.1.0 (2026-11-02)" is released, "## 0.1.0 (unreleased)" is not. */
function releasedOn(version: string): string | null {
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const heading = changelog.split('\n').find((line) => line.startsWith(`## ${version} (`));
  return /\((\d{4}-\d{2}-\d{2})\)$/.exec(heading ?? '')?.[1] ?? null;
}

const readRecord = (file: string): ReleaseRecord =>
  JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

/**
 * The first record that there was. It is never written again, unlike the draft of a version that is not released: what a draft accepts
 * by mistake is still seen here.
 */
export const firstRecord = (): ReleaseRecord => readRecord('first.json');

/** Every record by version, the oldest first. */
export function recordedReleases(): readonly ReleaseRecord[] {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  return files
    .filter((file) => /^\d/.test(file))
    .map(readRecord)
    .sort((one, other) => compareVersions(one.version, other.version));
}

/** What the next release is compared with: the last one that was released; before the first, its own draft. */
export const baseOf = (records: readonly ReleaseRecord[]): ReleaseRecord | undefined =>
  records.findLast(({ released }) => released !== null) ?? records.at(-1);

const numbersOf = (version: string) => version.split('.').map(Number);

function compareVersions(one: string, other: string): number {
  const numbers = numbersOf(other);
  const differences = numbersOf(one).map((number, index) => number - (numbers[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** A new major version may break what others rely on; before 1.0.0, a new minor version (docs/versioning.md). */
export function mayBreak(from: string, to: string): boolean {
  const [oldMajor = 0, oldMinor = 0] = numbersOf(from);
  const [major = 0, minor = 0] = numbersOf(to);
  return major > oldMajor || (major === 0 && oldMajor === 0 && minor > oldMinor);
}

/** What an upgrade from one release to the other takes away from those who rely on it, one sentence each. */
export function breaks(from: ReleaseRecord, to: ReleaseRecord): string[] {
  return [
    ...brokenNames(from.contract, to.contract),
    ...STACKS.flatMap((name) => losses(name, from.stacks[name], to.stacks[name])),
    ...losses('pack', packOf(from), packOf(to)),
    ...(from.centralWithAll === undefined
      ? []
      : losses('central with all', from.centralWithAll, to.centralWithAll)),
  ];
}

/** A rule that is replaced loses its results, and with them its history in AWS Config. */
const HARMLESS = [ResourceImpact.NO_CHANGE, ResourceImpact.WILL_CREATE, ResourceImpact.WILL_UPDATE];

/** What goes without anything being lost: it keeps no data, and nobody outside the stack names it. */
const HOLDS_NOTHING: readonly string[] = [
  'AWS::CloudWatch::Alarm',
  'AWS::Events::Rule',
  'AWS::Lambda::EventSourceMapping',
];

function losses(stack: string, from: Template, to: Template): string[] {
  const lost: string[] = [];
  const { resources, outputs } = fullDiff(from, to);
  resources.forEachDifference((id, { changeImpact }) => {
    const type = from.Resources[id]?.Type;
    const isGone = changeImpact === ResourceImpact.WILL_DESTROY && HOLDS_NOTHING.includes(type);
    if (!HARMLESS.includes(changeImpact) && !isGone) lost.push(`${stack}: ${id} ${changeImpact}.`);
  });
  outputs.forEachDifference((id, { isRemoval }) => {
    if (isRemoval) lost.push(`${stack}: the output ${id} is gone.`);
  });
  return lost;
}

const packOf = ({ stacks: { member } }: ReleaseRecord): Template =>
  parse(member.Resources.Pack.Properties.TemplateBody);
