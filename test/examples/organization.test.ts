import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { ASKED, HOME_REGION } from '../../examples/make/accounts.ts';
import { exampleOrganization, FOLDER } from '../../examples/make/organization.ts';
import { rules } from '../../rules/index.ts';
import { askServices } from '../../src/assessment/service-facets.ts';
import { isJudgedBy } from '../../src/assessment/subject.ts';
import { runsIn } from '../../src/cli/evaluate/chosen-rules.ts';
import { main } from '../../src/cli/main.ts';
import { engineMessages } from '../../src/engine/evaluate.ts';
import { type Finding, STATES } from '../../src/engine/finding.ts';
import { typesOf } from '../../src/records/kinds.ts';
import { normalise } from '../../src/records/normalise.ts';
import { judgeDays, openDataSet } from '../../src/results/index.ts';
import type { Services } from '../../src/services/services.ts';
import { isExpired } from '../../src/settings/waiver.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import {
  CapturedAnswers,
  capturedAnswerOf,
  isCapturedAnswer,
} from '../../src/sources/captured-answers.ts';
import type { Json } from '../../src/values/json.ts';
import { findingsIn } from '../cli/run.ts';

const root = new URL('../../', import.meta.url);
const SETTINGS = 'examples/settings.yaml';
const NOW = '2026-11-02T12:00:00Z';
const REGENERATE = 'run "npm run generate"';

/** Messages that the example cannot show, with the reason. */
const NOT_EXERCISED: Readonly<Record<string, string>> = {
  's3-kms-key-health.foreignKey':
    'needs acceptUnseenPolicy: true, under which no bucket shows that evidence is missing',
  's3-kms-key-health.notSymmetric': 'no bucket of the example names a key of the wrong kind',
  's3-kms-key-health.policyUnseen':
    'needs acceptUnseenPolicy: true, under which no bucket shows that evidence is missing',
  's3-object-lock-retention.governance':
    'needs mode GOVERNANCE, under which no bucket shows that the mode is too weak',
  's3-policy-network-perimeter.ofOrganization':
    'needs parameters without any network, under which no bucket shows where requests come from',
  's3-sse-kms-approved-keys.approvedUnseen':
    'needs allowAwsManagedKey: true, under which no bucket shows that aws/s3 is refused',
  's3-sse-kms-approved-keys.awsManaged':
    'needs allowAwsManagedKey: true, under which no bucket shows that aws/s3 is refused',
  's3-access-point-block-public.internet':
    'needs requireVpcOrigin: true, under which no access point can show "blocked"',
  's3-residency.partialReplica':
    'needs requireReplication: true, under which hardly any bucket would pass',
  'iam-s3-least-privilege.attachedBounded':
    'differs from bounded, which a role shows, only in who wrote the policy',
  'iam-s3-least-privilege.serviceLinked': 'an account has dozens of such roles, all alike',
  'access-analyzer-s3-reviewed.noUnusedAccess':
    'needs requireUnusedAccess: true, under which hardly any bucket would pass',
  ...Object.fromEntries(
    [
      'noRecorder',
      'recorderFailing',
      'noChannel',
      'deliveryFailing',
      'neverDelivered',
      'ruleNotActive',
    ].map((id) => [
      `config-recorder-health.${id}`,
      'there are but eight recorders, of which most already show something else',
    ]),
  ),
  'access-analyzer-s3-reviewed.attested':
    'the example attests alarms, and one kind is enough to show it',
  'cloudtrail-log-integrity.attested': 'every account is shown the trail of the organization',
  's3-data-events-logged.attested': 'the example attests alarms, and one kind is enough to show it',
  'config-recorder-health.notOurs': 'no one tampers with a rule in the example',
  's3-policy-review-attested.ahead': 'a date ahead would be past once the example is judged later',
  'cloudtrail-log-integrity.noTrail': 'every account of the example has a trail',
  'iam-s3-credential-rotation.forbiddenKey':
    'needs forbidLongLivedKeys: true, under which no user can show "rotated"',
  's3-cross-account-scoped.orphaned':
    'needs orphanedPrincipalsFail: true, under which no bucket can show "orphanedOnly"',
  's3-block-public-access-bucket.bucketOff':
    'needs requireBucketLevel: true, under which no bucket can show "accountOn"',
  's3-access-logging.attested':
    'needs acceptDataEvents: true, under which fewer buckets of the example show "off"',
  's3-block-public-access-account.partly':
    'needs fewer flags, under which no account can show "flagsOff" for the others',
  's3-backup-recent.exempt': 'three other rules show it, with the same parameters',
  'iam-unused-credentials.none': 'every user whose report is read has a key or a password',
  's3-deletion-protection.exempt': 'three other rules show it, with the same parameters',
  's3-deletion-protection.denied':
    'needs a lifecycle that never erases a version, which "s3-versioning-with-lifecycle" refuses',
  's3-log-retention.kept':
    'needs requireDeletionProtection: false, under which no bucket can show "deletable"',
  's3-log-retention.locked':
    'the only log bucket with Object Lock gets access logs, so it is "undeliverable"',
  's3-log-retention.retainedForever':
    'needs allowUnlimited: true, under which no bucket can show "unlimited"',
  's3-no-public-access.blocked':
    'needs latentPublicFails: false, under which no bucket can show "latent"',
  's3-policy-least-privilege.unreadable': 'S3 stores no policy with an action that is no text',
  's3-policy-network-perimeter.noPerimeter': 'the settings give a perimeter, for all buckets',
  's3-residency.noReplica':
    'needs requireReplication: true, under which no bucket can show "notReplicated"',
  's3-residency.notConfigured': 'the settings give Regions, for all buckets',
  's3-residency.region': 'both Regions of the example are approved; without one, half of it fails',
  's3-residency.replicaRegion': 'the same, of the replicas',
  's3-tls-only.oldTls': 'needs minimumTlsVersion, which S3 itself enforces up to 1.2',
  'engine.resourceOutOfScope': 'said by the Lambda function alone, of events that left its scope',
};

/** Judged by hand from the tables in examples/make, rules in the order of the columns. */
const COLUMNS = [
  's3-cross-account-scoped',
  's3-log-retention',
  's3-sse-kms-approved-keys',
  's3-tls-only',
  's3-versioning-with-lifecycle',
];
const GOLDEN: Readonly<Record<string, string>> = {
  'examplehealth-claims-raw-eu': 'scoped noLogs approved refused bounded',
  'examplehealth-org-cloudtrail-eu': 'scoped retained approved refused bounded',
  'examplehealth-access-logs-production-eu': 'scoped recoverable logTarget refused bounded',
  'examplehealth-access-logs-production-us': 'scoped undeliverable undeliverable refused bounded',
  'examplehealth-access-logs-analytics-us': 'scoped undeliverable notKms refused bounded',
  'examplehealth-cloudtrail-legacy': 'scoped notVersioned notRecorded noDenial notEnabled',
  'examplehealth-patient-documents-eu': 'scoped noLogs approved refused mfaDelete',
  'examplehealth-patient-uploads-eu': 'scoped noLogs approved refused unbounded',
  'examplehealth-prescriptions-eu': 'scoped noLogs approved gap bounded',
  'examplehealth-billing-invoices-eu': 'scoped noLogs approved refused bounded',
  'examplehealth-lab-results-eu': 'scoped noLogs approved refused bounded',
  'examplehealth-lab-inbox-eu': 'waiverExpired noLogs approved refused bounded',
  'examplehealth-deidentified-research-eu': 'openStatement noLogs approved refused bounded',
  'examplehealth-lab-archive-eu': 'beyondGrant noLogs approved refused bounded',
  'examplehealth-lake-silver-eu': 'orphanedOnly noLogs approved refused bounded',
  'examplehealth-lake-gold-us': 'forbiddenAction noLogs approved refused bounded',
  'examplehealth-deploy-artifacts-eu': 'scoped noLogs approved refused bounded',
  'examplehealth-backups-us': 'scoped noLogs otherRegion refused bounded',
  'examplehealth-dashboards-eu': 'scoped noLogs awsManagedKey refused bounded',
  'examplehealth-member-cards-us': 'scoped noLogs approved refused bounded',
  'examplehealth-marketing-site-us': 'openStatement noLogs notKms noDenial notEnabled',
  'examplehealth-sandbox-demo-eu': 'foreignAcl noLogs notKms noPolicy notEnabled',
};

/** The same for the rules that judge what the policies say. */
const POLICY_COLUMNS = [
  's3-no-public-access',
  's3-policy-least-privilege',
  's3-policy-network-perimeter',
  's3-presigned-url-guard',
  's3-service-principals-guarded',
  's3-sse-c-blocked',
  's3-upload-encryption-enforced',
];
const POLICY_GOLDEN: Readonly<Record<string, string>> = {
  'examplehealth-claims-raw-eu': 'notPublic named refused refused noServices refused enforced',
  'examplehealth-claims-processed-eu':
    'notPublic named refused refused noServices refused explicit',
  'examplehealth-claims-replica-us': 'notPublic named gap refused noServices refused enforced',
  'examplehealth-patient-letters-eu': 'notPublic named refused tooLong noServices refused enforced',
  'examplehealth-patient-uploads-eu': 'notPublic named refused refused noServices gap enforced',
  'examplehealth-fhir-export-eu': 'notPublic named refused gap noServices refused enforced',
  'examplehealth-consent-records-eu': 'notPublic named refused refused noServices refused gap',
  'examplehealth-imaging-dicom-eu': 'notPublic named refused refused noServices refused noDenial',
  'examplehealth-lab-results-eu': 'notPublic named noDenial refused noServices refused enforced',
  'examplehealth-notebooks-eu':
    'notPublic wildcardAction refused refused noServices refused enforced',
  'examplehealth-deidentified-research-eu':
    'latent everyone refused refused noServices refused enforced',
  'examplehealth-access-logs-production-eu':
    'notPublic named refused refused guarded refused logTarget',
  'examplehealth-vpc-flow-logs-us': 'notPublic named refused refused unguarded refused enforced',
  'examplehealth-marketing-site-us':
    'publicPolicy everyone noDenial noDenial noServices noDenial noDenial',
  'examplehealth-sandbox-demo-eu':
    'publicAcl noPolicy noPolicy noPolicy noServices noPolicy noPolicy',
  'examplehealth-sandbox-scratch-eu':
    'latent notPrincipal noDenial noDenial noServices noDenial noDenial',
};

/** The same for the rules that judge settings of the bucket beside policy and encryption. */
const SETTING_COLUMNS = [
  's3-block-public-access-bucket',
  's3-acl-no-foreign-grants',
  's3-deletion-protection',
  's3-object-lock-retention',
  's3-access-logging',
  's3-lifecycle-expiration',
  's3-residency',
  's3-data-classification',
];
const SETTING_GOLDEN: Readonly<Record<string, string>> = {
  'examplehealth-claims-raw-eu':
    'bucketOn ownerOnly recoverable notNamed logged notNamed resident classified',
  'examplehealth-cloudtrail-legacy':
    'accountOn ownerOnly notVersioned notNamed off notNamed notReplicated missing',
  'examplehealth-marketing-site-us':
    'off ownerOnly notVersioned notNamed undeliverable notNamed notReplicated classified',
  'examplehealth-sandbox-demo-eu':
    'offUnrecorded group notVersioned notNamed logged notNamed notReplicated missing',
  'examplehealth-access-logs-sandbox-us':
    'bucketOn approved unprotected notNamed isTarget notNamed notReplicated classified',
  'examplehealth-cdn-logs-us':
    'bucketOn approved recoverable notNamed undeliverable notNamed notReplicated classified',
  'examplehealth-partner-sftp-us':
    'bucketOn foreign recoverable notNamed undeliverable notNamed notReplicated classified',
  'examplehealth-patient-documents-eu':
    'bucketOn ownerOnly mfaDelete notNamed logged notNamed notReplicated classified',
  'examplehealth-evidence-vault-eu':
    'bucketOn ownerOnly compliance retained logged notNamed notReplicated classified',
  'examplehealth-consent-records-eu':
    'bucketOn ownerOnly governance weakMode logged notNamed notReplicated classified',
  'examplehealth-access-logs-sandbox-eu':
    'bucketOn ownerOnly unprotected notNamed isTarget notNamed notReplicated classified',
  'examplehealth-clinical-records-eu':
    'bucketOn ownerOnly compliance retained logged notNamed notReplicated classified',
  'examplehealth-medication-plans-eu':
    'bucketOn ownerOnly recoverable noRetention logged notNamed notReplicated classified',
  'examplehealth-surgery-reports-eu':
    'bucketOn ownerOnly compliance tooShort logged notNamed notReplicated classified',
  'examplehealth-radiology-records-eu':
    'bucketOn ownerOnly compliance tooLong logged notNamed notReplicated classified',
  'examplehealth-discharge-letters-eu':
    'bucketOn ownerOnly recoverable off logged notNamed notReplicated classified',
  'examplehealth-access-logs-analytics-us':
    'bucketOn ownerOnly compliance logTarget off notNamed notReplicated classified',
  'examplehealth-sandbox-playground-eu':
    'bucketOn ownerOnly recoverable notNamed itself notNamed notReplicated classified',
  'examplehealth-sandbox-loadtest-us':
    'bucketOn ownerOnly notVersioned notNamed notApproved notNamed notReplicated missing',
  'examplehealth-adhoc-extracts-us':
    'bucketOn ownerOnly notVersioned notNamed elsewhere notNamed notReplicated missing',
  'examplehealth-clinical-trials-us':
    'bucketOn ownerOnly notVersioned notNamed undeliverable notNamed notReplicated classified',
  'examplehealth-contact-forms-eu':
    'bucketOn ownerOnly recoverable notNamed logged erased notReplicated classified',
  'examplehealth-chat-transcripts-eu':
    'bucketOn ownerOnly recoverable notNamed logged tooLong notReplicated classified',
  'examplehealth-job-applications-eu':
    'bucketOn ownerOnly recoverable notNamed logged endless notReplicated classified',
  'examplehealth-feedback-eu':
    'bucketOn ownerOnly unprotected notNamed logged tooShort notReplicated classified',
  'examplehealth-complaints-eu':
    'bucketOn ownerOnly governance notNamed logged locked notReplicated classified',
  'examplehealth-athena-results-eu':
    'bucketOn ownerOnly notVersioned notNamed logged erased notReplicated classified',
  'examplehealth-test-orders-eu':
    'bucketOn ownerOnly recoverable notNamed logged notNamed resident classified',
  'examplehealth-pathology-images-eu':
    'bucketOn ownerOnly recoverable notNamed logged notNamed replicaAccount classified',
  'examplehealth-vaccinations-eu':
    'bucketOn ownerOnly recoverable notNamed logged notNamed replicaUnknown classified',
  'examplehealth-allergies-eu':
    'bucketOn ownerOnly recoverable notNamed logged notNamed notReplicated notAllowed',
  'examplehealth-care-plans-eu':
    'bucketOn ownerOnly recoverable notNamed logged notNamed notReplicated empty',
};

/** The same for the rules that judge what people have done beside the settings. */
const REVIEW_COLUMNS = ['s3-policy-review-attested', 'access-analyzer-s3-reviewed'];
const REVIEW_GOLDEN: Readonly<Record<string, string>> = {
  'examplehealth-claims-raw-eu': 'attested reviewed',
  'examplehealth-patient-uploads-eu': 'stale reviewed',
  'examplehealth-lab-results-eu': 'changed reviewed',
  'examplehealth-prescriptions-eu': 'unreviewed reviewed',
  'examplehealth-marketing-site-us': 'unreviewed unreviewed',
  'examplehealth-deidentified-research-eu': 'unreviewed waiting',
  'examplehealth-notebooks-eu': 'unreviewed notAnalysed',
  'examplehealth-sandbox-loadtest-us': 'unreviewed noAnalyzer',
  'examplehealth-sandbox-demo-eu': 'noPolicy inactive',
};

/** What is said of AWS Config itself, in each account and Region. */
const RECORDERS: Readonly<Record<string, string>> = {
  '111122223333 eu-central-1': 'healthy',
  '111122223333 us-east-1': 'stale',
  '444455556666 eu-central-1': 'healthy',
  '444455556666 us-east-1': 'ruleFailing',
  '123456789012 eu-central-1': 'recordedDaily',
  '123456789012 us-east-1': 'notRecorded',
  '210987654321 eu-central-1': 'rulesMissing',
  '210987654321 us-east-1': 'stopped',
};

const files = exampleOrganization();
/** Of the last day; those of the days before differ in what days.ts says. */
const snapshots = [...files].filter(([path]) => path.includes('/2026/11/2/'));
const earlier = [...files].filter(
  ([path]) => path.endsWith('.gz') && !path.includes('/2026/11/2/'),
);
const answers = [...files].filter(([path]) => path.endsWith('.ndjson'));
const items = snapshots.flatMap(
  ([, text]) => (JSON.parse(text) as { configurationItems: Item[] }).configurationItems,
);
const lines = answers.flatMap(([, text]) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json),
);
const buckets = items.filter(({ resourceType }) => resourceType === 'AWS::S3::Bucket');
const findings: Finding[] = [];

type Captured = Item & { readonly configurationItemCaptureTime: string };

/** What the three rules say of the days. */
const CHANGES: readonly string[] = [
  '20261101 examplehealth-appointments-eu s3-tls-only fixed resource',
  '20261101 examplehealth-prescriptions-eu s3-tls-only fixed resource',
  // Nothing changed but the time: its channel has delivered nothing for too long.
  '20261102 111122223333 config-recorder-health new resource',
  '20261102 examplehealth-glue-scripts-eu s3-no-public-access unknown evidence',
  '20261102 examplehealth-glue-scripts-eu s3-tls-only unknown evidence',
  '20261102 examplehealth-sandbox-demo-eu s3-no-public-access new resource',
  '20261102 examplehealth-sandbox-hackathon-eu s3-no-public-access deleted resource',
  '20261102 examplehealth-sandbox-hackathon-eu s3-tls-only deleted resource',
  '20261102 examplehealth-sandbox-hackathon-eu s3-versioning-with-lifecycle deleted resource',
  '20261102 examplehealth-prescriptions-eu s3-tls-only reopened resource',
];

interface Item {
  readonly resourceType: string;
  readonly resourceName: string;
  readonly awsAccountId: string;
  readonly awsRegion: string;
  readonly configurationItemStatus: string;
  readonly configuration: object | null;
  readonly supplementaryConfiguration: Readonly<Record<string, unknown>>;
}

/** Through the command line, as a reader of the example would. */
beforeAll(async () => {
  const out: string[] = [];
  const err: string[] = [];
  const into = (chunks: string[]) =>
    new Writable({
      write(chunk, _, done) {
        chunks.push(String(chunk));
        done();
      },
    });
  const code = await main(
    ['evaluate', FOLDER, '--settings', SETTINGS, '--now', NOW]
      .concat(['--format', 'ndjson', '--fail-on', 'never'])
      .map((word) => (word.startsWith('examples/') ? fileURLToPath(new URL(word, root)) : word)),
    { stdin: Readable.from([]), stdout: into(out), stderr: into(err), now: () => new Date(NOW) },
  );
  expect(code, err.join('')).toBe(0);
  findings.push(...findingsIn(out.join('')));
});

describe('the committed files', () => {
  it('are those that the generator gives, no more and no fewer', async () => {
    const entries = await readdir(new URL(`${FOLDER}/`, root), {
      recursive: true,
      withFileTypes: true,
    });
    const found = entries
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(fileURLToPath(root).length));
    expect(found.sort(), REGENERATE).toEqual([...files.keys()].sort());
  });

  it.each([...files])('%s', async (path, text) => {
    const bytes = await readFile(new URL(path, root));
    const current = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    expect(current.toString() === text, `${path} differs: ${REGENERATE}`).toBe(true);
    if (!path.endsWith('.gz')) return;
    expect(bytes.subarray(0, 3).toString('hex'), 'gzip').toBe('1f8b08');
    expect(bytes.readUInt32LE(4), 'the time in the gzip header').toBe(0);
  });
});

describe('the snapshots', () => {
  it.each(snapshots)('%s has the key and the body that AWS Config writes', (path, text) => {
    const body = JSON.parse(text) as { configSnapshotId: string; configurationItems: Item[] };
    expect(Object.keys(body)).toEqual(['fileVersion', 'configSnapshotId', 'configurationItems']);
    const [{ awsAccountId: account, awsRegion: region } = { awsAccountId: '', awsRegion: '' }] =
      body.configurationItems;
    expect(path).toBe(
      `${FOLDER}/AWSLogs/${account}/Config/${region}/2026/11/2/ConfigSnapshot/${account}_Config_${region}_ConfigSnapshot_20261102T060512Z_${body.configSnapshotId}.json.gz`,
    );
    const regions = new Set(body.configurationItems.map((item) => item.awsRegion));
    expect([region, 'global']).toEqual(expect.arrayContaining([...regions]));
    expect(body.configurationItems.every((item) => item.awsAccountId === account)).toBe(true);
  });

  it('cover at least 3 accounts, 2 Regions and 60 buckets, each once', () => {
    expect(new Set(buckets.map(({ awsAccountId }) => awsAccountId)).size).toBeGreaterThan(2);
    expect(new Set(buckets.map(({ awsRegion }) => awsRegion)).size).toBeGreaterThan(1);
    const names = buckets.map(({ resourceName }) => resourceName);
    expect(names.length).toBeGreaterThan(59);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name))).toEqual([]);
  });

  it('hold every key that a recorded bucket has, and nothing of one that is gone', () => {
    const always = [
      'AccessControlList',
      'BucketAccelerateConfiguration',
      'BucketLoggingConfiguration',
      'BucketNotificationConfiguration',
      'BucketPolicy',
      'BucketVersioningConfiguration',
      'IsRequesterPaysEnabled',
    ];
    for (const item of buckets) {
      const isThere = ['OK', 'ResourceDiscovered'].includes(item.configurationItemStatus);
      const { resourceName: name, supplementaryConfiguration: section } = item;
      expect(Object.keys(section).slice(0, always.length), name).toEqual(isThere ? always : []);
      expect(item.configuration === null, name).toBe(!isThere);
    }
  });

  it('log only to buckets that there are, in their own account and Region, save one', () => {
    for (const { supplementaryConfiguration: section, ...item } of buckets) {
      // Its target was deleted and made anew elsewhere; S3 accepts no such setting.
      if (item.resourceName === 'examplehealth-adhoc-extracts-us') continue;
      const logging = section['BucketLoggingConfiguration'] as
        | { destinationBucketName: string | null }
        | undefined;
      if (!logging?.destinationBucketName) continue;
      const target = buckets.find((each) => each.resourceName === logging.destinationBucketName);
      expect(target, item.resourceName).toMatchObject({
        awsAccountId: item.awsAccountId,
        awsRegion: item.awsRegion,
      });
    }
  });
});

describe('the days before', () => {
  it('have a snapshot of each account and Region, of nothing that came later', () => {
    expect(earlier.length).toBe(2 * snapshots.length);
    for (const [path, text] of [...earlier, ...snapshots]) {
      const [, time = ''] = /_(\d{8}T\d{6}Z)_/.exec(path) ?? [];
      const { configurationItems } = JSON.parse(text) as { configurationItems: Captured[] };
      const late = configurationItems.filter(
        (item) => item.configurationItemCaptureTime.replaceAll(/[-:]|\.\d+/g, '') > time,
      );
      expect(
        late.map(({ resourceName }) => resourceName),
        path,
      ).toEqual([]);
    }
  });

  it('lead to changes of every kind that a day brings', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'days-'));
    const settings = await loadSettings(fileURLToPath(new URL(SETTINGS, root)));
    // The last two read answers of each day, and find nothing changed.
    const ids = ['s3-tls-only', 's3-no-public-access', 's3-versioning-with-lifecycle'].concat(
      ...['config-recorder-health', 'cloudtrail-log-integrity'],
    );
    const some = rules.filter(({ id }) => ids.includes(id));
    const period = { from: '2026-10-31', to: '2026-11-02' };
    const source = fileURLToPath(new URL(FOLDER, root));
    const runs = await judgeDays(folder, [source], period, { settings, rules: some });
    expect(runs.map(({ evaluatedAt, problems }) => [evaluatedAt, problems])).toEqual(
      ['2026-10-31', '2026-11-01', '2026-11-02'].map((day) => [`${day}T06:05:12.000Z`, []]),
    );
    const changes = [];
    for (const { rows } of (await openDataSet(folder)).runs) {
      for await (const row of rows('changes')) {
        changes.push(
          `${row.runId.slice(0, 8)} ${row.subject.name} ${row.rule} ${row.change} ${row.cause}`,
        );
      }
    }
    rmSync(folder, { recursive: true });
    // The waiver of the sandbox begins on the second day.
    const isWaived = (each: string) => each.endsWith(' s3-versioning-with-lifecycle waived waiver');
    expect(changes.filter((each) => !isWaived(each))).toEqual(CHANGES);
    expect(changes.filter(isWaived).length).toBe(6);
  });
});

describe('the findings', () => {
  const subjects = [
    ...items,
    ...(lines.filter((line) => 'resourceType' in line) as unknown as Item[]),
  ];

  it('are one for each subject and rule that judges it', () => {
    const expected = subjects.flatMap(({ resourceType, awsRegion }) =>
      rules.filter(
        (rule) =>
          typesOf(rule.subject).includes(resourceType) && runsIn(rule, awsRegion, [HOME_REGION]),
      ),
    );
    expect(findings.length).toBe(expected.length);
  });

  it.each(rules)('$id gives every verdict that it has', ({ id, subject, messages }) => {
    const own = Object.values(messages).map(({ verdict }) => verdict);
    // A bucket that was deleted is not applicable to any rule.
    const all = new Set(subject === 'bucket' ? [...own, 'NOT_APPLICABLE'] : own);
    const given = findings.filter(({ rule }) => rule === id).map(({ verdict }) => verdict);
    expect([...new Set(given)].sort()).toEqual([...all].sort());
  });

  it('use every answer that was captured', async () => {
    const captured = new CapturedAnswers();
    // Of the channels only the inventory asks.
    const ofTheDay = lines.filter(
      ({ capturedAt = ASKED, operation }) =>
        capturedAt === ASKED && operation !== 'DescribeDeliveryChannels',
    );
    const outputs = ofTheDay.filter((line) => 'output' in line).map(({ output }) => output);
    for (const line of ofTheDay.filter(isCapturedAnswer)) captured.add(capturedAnswerOf(line));
    const used = new Set<unknown>();
    for (const subject of subjects.map((item) => normalise(item))) {
      const ask: Services['ask'] = async (operation, input, region) => {
        const output = await captured.of(subject.account).ask(operation, input, region);
        used.add(output);
        return output;
      };
      const fitting = rules.filter(
        (rule) => isJudgedBy(subject, rule) && runsIn(rule, subject.region, [HOME_REGION]),
      );
      for (const kind of new Set(fitting.map((rule) => rule.subject))) {
        const reads = fitting.filter((rule) => rule.subject === kind).flatMap((rule) => rule.reads);
        await askServices(kind, subject, [...new Set(reads)], { ask });
      }
    }
    expect(outputs.length).toBeGreaterThan(90);
    expect(outputs.filter((output) => !used.has(output))).toEqual([]);
  });

  it('show every state, and mostly pass', () => {
    const count = (state: string) => findings.filter((finding) => finding.state === state).length;
    for (const state of STATES) expect(count(state), state).toBeGreaterThan(0);
    const share = count('PASS') / (findings.length - count('NOT_APPLICABLE'));
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.9);
  });

  it('show every message of every rule and of the engine, save those listed here', () => {
    const said = new Set(
      findings.flatMap(({ rule, messageId }) => [`${rule}.${messageId}`, `engine.${messageId}`]),
    );
    const all = [
      ...rules.flatMap(({ id, messages }) => Object.keys(messages).map((key) => `${id}.${key}`)),
      ...Object.keys(engineMessages).map((key) => `engine.${key}`),
    ];
    const unsaid = all.filter((message) => !said.has(message));
    const advice = 'show each message in examples/make, or say in NOT_EXERCISED why not';
    expect(unsaid.sort(), advice).toEqual(Object.keys(NOT_EXERCISED).sort());
  });

  it('carry what shows that they are true', () => {
    const evidenceOf = (bucket: string, id: string) =>
      findings.find(({ rule, subject }) => rule === id && subject.name === bucket)?.evidence;
    expect(
      evidenceOf('examplehealth-deidentified-research-eu', 's3-cross-account-scoped'),
    ).toMatchObject({
      sid: '"OrganizationReads"',
      caller: 'anyone',
      reason: 'anonymous',
      action: 's3:GetObject',
      condition: 'ForAllValues:StringEquals aws:PrincipalOrgID "o-examplehealth"',
    });
    expect(evidenceOf('examplehealth-prescriptions-eu', 's3-tls-only')).toMatchObject({
      missing: ['objects'],
    });
    expect(evidenceOf('examplehealth-claims-raw-eu', 's3-tls-only')).toBeUndefined();
  });

  const saidOf = (bucket: string, columns: readonly string[]) =>
    columns.map(
      (id) =>
        findings.find(({ rule, subject }) => rule === id && subject.name === bucket)?.messageId,
    );
  it.each(Object.entries(GOLDEN))('%s: %s', (bucket, expected) => {
    expect(saidOf(bucket, COLUMNS)).toEqual(expected.split(' '));
  });
  it.each(Object.entries(POLICY_GOLDEN))('%s, by policy: %s', (bucket, expected) => {
    expect(saidOf(bucket, POLICY_COLUMNS)).toEqual(expected.split(' '));
  });
  it.each(Object.entries(SETTING_GOLDEN))('%s, by settings: %s', (bucket, expected) => {
    expect(saidOf(bucket, SETTING_COLUMNS)).toEqual(expected.split(' '));
  });
  it('judge every recorder, and the account itself at home', () => {
    const of = (id: string) =>
      findings
        .filter(({ rule }) => rule === id)
        .map(({ subject: { account, region }, messageId }) => [`${account} ${region}`, messageId]);
    expect(Object.fromEntries(of('config-recorder-health'))).toEqual(RECORDERS);
    const places = of('s3-block-public-access-account').map(([place]) => place);
    expect(places.length).toBe(4);
    expect(places.every((place) => place?.endsWith(` ${HOME_REGION}`))).toBe(true);
  });
  it.each(Object.entries(REVIEW_GOLDEN))('%s, by review: %s', (bucket, expected) => {
    expect(saidOf(bucket, REVIEW_COLUMNS)).toEqual(expected.split(' '));
  });
});

describe('the settings', () => {
  it('load, with a waiver in force and one that has expired', async () => {
    const { waivers, rules: parameters } = await loadSettings(
      fileURLToPath(new URL(SETTINGS, root)),
    );
    expect(new Set(waivers.map((waiver) => isExpired(waiver, NOW)))).toEqual(
      new Set([true, false]),
    );
    expect(Object.keys(parameters).length).toBeGreaterThan(0);
  });

  it('have no waiver that excuses nothing', async () => {
    const { waivers } = await loadSettings(fileURLToPath(new URL(SETTINGS, root)));
    const used = new Set(findings.map(({ waiver }) => waiver));
    expect(waivers.filter(({ id }) => !used.has(id)).map(({ id }) => id)).toEqual([]);
  });
});
