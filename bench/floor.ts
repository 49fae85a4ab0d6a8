/**
 * What judging a snapshot costs at the least: gunzip, cut into records, JSON.parse, ten minimal checks, and nothing else. No error
 * is found, no reason given. Usage: node floor.js FILE
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

type Loose = Readonly<Record<string, never>> & { readonly [key: string]: Loose };

const START = Buffer.from('"configurationItems":[');

function listOf(value: unknown): readonly Loose[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as readonly Loose[];
}

function policyChecks(text: unknown, account: unknown): readonly boolean[] {
  let [refusesPlain, isPublic, isShared] = [false, false, false];
  const policy = typeof text === 'string' ? (JSON.parse(text) as Loose) : undefined;
  for (const statement of listOf(policy?.['Statement'])) {
    const { Principal: principal, Condition: condition, Effect: effect } = statement;
    const names: readonly unknown[] = listOf(principal?.['AWS']);
    const isOpen = (principal as unknown) === '*' || names.includes('*');
    if ((effect as unknown) === 'Deny') {
      const plain: unknown = condition?.['Bool']?.['aws:SecureTransport'];
      if (isOpen && plain === 'false') refusesPlain = true;
      continue;
    }
    if (isOpen && condition === undefined) isPublic = true;
    const isScoped = condition?.['StringEquals']?.['aws:PrincipalOrgID'] !== undefined;
    for (const name of names) {
      const id = String(name).length === 12 ? name : String(name).split(':')[4];
      if (id !== undefined && id !== account && !isScoped) isShared = true;
    }
  }
  return [refusesPlain, !isPublic, !isShared];
}

function checks(record: Loose): readonly boolean[] {
  const settings = record['supplementaryConfiguration'] ?? ({} as Loose);
  const byDefault = listOf(settings['ServerSideEncryptionConfiguration']?.['rules'])[0]?.[
    'applyServerSideEncryptionByDefault'
  ];
  const flags = settings['PublicAccessBlockConfiguration'];
  const isOn = (value: unknown) => value === true || value === 'Enabled';
  return [
    byDefault !== undefined && (byDefault['sseAlgorithm'] as unknown) !== 'AES256',
    isOn(settings['BucketVersioningConfiguration']?.['status']),
    listOf(settings['BucketLifecycleConfiguration']?.['rules']).some(({ status }) => isOn(status)),
    Boolean(settings['BucketLoggingConfiguration']?.['destinationBucketName']),
    isOn(flags?.['blockPublicAcls']) && isOn(flags?.['restrictPublicBuckets']),
    isOn(settings['ObjectLockConfiguration']?.['objectLockEnabled']),
    record['tags']?.['DataClassification'] !== undefined,
    ...policyChecks(settings['BucketPolicy']?.['policyText'], record['awsAccountId']),
  ];
}

let passed = 0;
let records = 0;
function judge(bytes: Buffer, from: number, to: number): void {
  const record = JSON.parse(bytes.toString('latin1', from, to)) as Loose;
  records++;
  for (const check of checks(record)) if (check) passed++;
}

let separator: Buffer | undefined;
let rest: Buffer = Buffer.alloc(0);
const chunks = createReadStream(process.argv[2] ?? '', { highWaterMark: 1 << 20 }).pipe(
  createGunzip({ chunkSize: 1 << 18 }),
);
for await (const chunk of chunks as AsyncIterable<Buffer>) {
  const bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
  let at = 0;
  if (separator === undefined) {
    at = bytes.indexOf(START) + START.length;
    const key = bytes.indexOf('"', at + 2) + 1;
    separator = Buffer.from(`},${bytes.toString('latin1', at, key)}:`);
  }
  for (let end = bytes.indexOf(separator, at); end >= 0; end = bytes.indexOf(separator, at)) {
    judge(bytes, at, end + 1);
    at = end + 2;
  }
  rest = bytes.subarray(at);
}
judge(rest, 0, rest.lastIndexOf(']'));
process.stdout.write(`${records} records, ${passed} checks passed\n`);
