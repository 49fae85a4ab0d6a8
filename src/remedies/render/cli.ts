import { jsonLine } from '../../values/json-line.ts';
import type { Change, Render } from '../change.ts';
import { FLAGS, lifecycleRule } from './shapes.ts';

/** A word of a shell in which nothing is special. JSON has no control characters left that could end the line. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const json = (value: object) => quoted(jsonLine(value));

/** Commands of the AWS CLI, for a POSIX shell. A name that no API would take is not put into a command. */
export const cli: Render = (change, { name, account, region }) => {
  if (!/^[\w.:/+=,@-]{1,255}$/.test(name)) return null;
  const s3api = (command: string, rest = '') =>
    `aws s3api ${command} --bucket ${quoted(name)} --expected-bucket-owner ${account}${rest === '' ? '' : ` \\\n  ${rest}`}`;
  switch (change.kind) {
    case 'policy':
      return change.document === null
        ? s3api('delete-bucket-policy')
        : s3api('put-bucket-policy', `--policy ${json(change.document)}`);
    case 'blockPublicAccess': {
      const flags = Object.entries(FLAGS)
        .map(([flag, value]) => `${flag}=${value}`)
        .join(',');
      return change.of === 'bucket'
        ? s3api('put-public-access-block', `--public-access-block-configuration ${flags}`)
        : `aws s3control put-public-access-block --account-id ${account} \\\n  --public-access-block-configuration ${flags}`;
    }
    case 'ownership':
      return s3api(
        'put-bucket-ownership-controls',
        "--ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'",
      );
    case 'acl':
      return s3api('put-bucket-acl', '--acl private');
    case 'encryption':
      return s3api(
        'put-bucket-encryption',
        `--server-side-encryption-configuration ${json(encryptionOf(change))}`,
      );
    case 'versioning':
      return s3api('put-bucket-versioning', '--versioning-configuration Status=Enabled');
    case 'lifecycle': {
      const rule = lifecycleRule(change.rule);
      if (!change.hasOthers) {
        return s3api(
          'put-bucket-lifecycle-configuration',
          `--lifecycle-configuration ${json({ Rules: [rule] })}`,
        );
      }
      // S3 replaces all rules at once, so those that are there are read and written again.
      const all = `$(${s3api('get-bucket-lifecycle-configuration', `| jq ${quoted(`{Rules: (.Rules + [${jsonLine(rule)}])}`)}`)})`;
      return s3api('put-bucket-lifecycle-configuration', `--lifecycle-configuration "${all}"`);
    }
    case 'objectLock': {
      const DefaultRetention = { Mode: change.mode, Days: change.days };
      const lock = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } };
      return s3api('put-object-lock-configuration', `--object-lock-configuration ${json(lock)}`);
    }
    case 'keyRotation':
      return `aws kms enable-key-rotation --region ${region} --key-id ${quoted(change.key)} --rotation-period-in-days ${change.days}`;
    case 'requestMetrics':
      return s3api(
        'put-bucket-metrics-configuration',
        `--id EntireBucket --metrics-configuration '{"Id":"EntireBucket"}'`,
      );
    case 'analyzer':
      return `aws accessanalyzer create-analyzer --region ${region} --type ${change.type} \\\n  --analyzer-name ${analyzerName(change)}`;
  }
};

export const analyzerName = ({ type }: Extract<Change, { kind: 'analyzer' }>) =>
  type === 'ACCOUNT' ? 'external-access' : 'unused-access';

export function encryptionOf({ key, bucketKey }: Extract<Change, { kind: 'encryption' }>) {
  const ApplyServerSideEncryptionByDefault =
    key === undefined
      ? { SSEAlgorithm: 'AES256' }
      : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key };
  return { Rules: [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled: bucketKey }] };
}
