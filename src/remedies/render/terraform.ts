import { escaped, jsonLine } from '../../values/json-line.ts';
import type { Render } from '../change.ts';
import { analyzerName } from './cli.ts';

/** A string of HCL: as in JSON, but that templates begin with ${ and %{. */
const text = (value: string) =>
  jsonLine([value])
    .slice(1, -1)
    .replace(/[$%](?=\{)/g, '$&$&');

const block = (type: string, lines: readonly string[]) =>
  `resource "${type}" "this" {\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n}`;

/** Resources of the AWS provider of Terraform, version 4 and later, where each setting of a bucket is a resource of its own. */
export const terraform: Render = (change, { name }) => {
  const bucket = `bucket = ${text(name)}`;
  switch (change.kind) {
    case 'policy': {
      if (change.document === null) return null;
      const document = escaped(JSON.stringify(change.document, null, 2));
      // A literal document: templates in it are text, and it can hold no line that ends it.
      const lines = document.replace(/[$%](?=\{)/g, '$&$&').split('\n');
      return `${block('aws_s3_bucket_policy', [bucket, 'policy = <<-POLICY']).replace(
        /\n\}$/,
        '',
      )}\n${lines.map((line) => `    ${line}`).join('\n')}\n  POLICY\n}`;
    }
    case 'blockPublicAccess': {
      const flags = [
        'block_public_acls',
        'ignore_public_acls',
        'block_public_policy',
        'restrict_public_buckets',
      ];
      const lines = flags.map((flag) => `${flag} = true`);
      return change.of === 'account'
        ? block('aws_s3_account_public_access_block', lines)
        : block('aws_s3_bucket_public_access_block', [bucket, ...lines]);
    }
    case 'ownership':
      return block('aws_s3_bucket_ownership_controls', [
        ...[bucket, 'rule {', '  object_ownership = "BucketOwnerEnforced"', '}'],
      ]);
    case 'acl':
      return block('aws_s3_bucket_acl', [bucket, 'acl = "private"']);
    case 'encryption': {
      const { key, bucketKey } = change;
      return block('aws_s3_bucket_server_side_encryption_configuration', [
        ...[
          bucket,
          'rule {',
          `  bucket_key_enabled = ${bucketKey}`,
          '  apply_server_side_encryption_by_default {',
        ],
        `    sse_algorithm = "${key === undefined ? 'AES256' : 'aws:kms'}"`,
        ...(key === undefined ? [] : [`    kms_master_key_id = ${text(key)}`]),
        ...['  }', '}'],
      ]);
    }
    case 'versioning':
      return block('aws_s3_bucket_versioning', [
        ...[bucket, 'versioning_configuration {', '  status = "Enabled"', '}'],
      ]);
    case 'lifecycle': {
      const { id, expirationDays, noncurrentDays, abortDays, removesDeleteMarkers } = change.rule;
      const inner = (head: string, line: string) => [`  ${head} {`, `    ${line}`, '  }'];
      return block('aws_s3_bucket_lifecycle_configuration', [
        ...[bucket, 'rule {', `  id = "${id}"`, '  status = "Enabled"', '  filter {}'],
        ...(expirationDays ? inner('expiration', `days = ${expirationDays}`) : []),
        ...(removesDeleteMarkers ? inner('expiration', 'expired_object_delete_marker = true') : []),
        ...(noncurrentDays
          ? inner('noncurrent_version_expiration', `noncurrent_days = ${noncurrentDays}`)
          : []),
        ...(abortDays
          ? inner('abort_incomplete_multipart_upload', `days_after_initiation = ${abortDays}`)
          : []),
        '}',
      ]);
    }
    case 'objectLock':
      return block('aws_s3_bucket_object_lock_configuration', [
        ...[
          bucket,
          'rule {',
          '  default_retention {',
          `    mode = "${change.mode}"`,
          `    days = ${change.days}`,
        ],
        ...['  }', '}'],
      ]);
    case 'keyRotation':
      return block('aws_kms_key', [
        'enable_key_rotation = true',
        `rotation_period_in_days = ${change.days}`,
      ]);
    case 'requestMetrics':
      return block('aws_s3_bucket_metric', [bucket, 'name = "EntireBucket"']);
    case 'analyzer':
      return block('aws_accessanalyzer_analyzer', [
        ...[`analyzer_name = "${analyzerName(change)}"`, `type = "${change.type}"`],
      ]);
  }
};
