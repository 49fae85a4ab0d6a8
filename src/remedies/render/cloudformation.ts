import { Document, visit } from 'yaml';
import { isObject } from '../../values/json.ts';
import type { Change, Render } from '../change.ts';
import { analyzerName } from './cli.ts';
import { FLAGS } from './shapes.ts';

/** Resources of a CloudFormation template; of a bucket the properties that its own resource needs (Template reference). */
export const cloudformation: Render = (change, { name }) => {
  const resource = resourceOf(change, name);
  if (resource === null || hasFunctions(resource)) return null;
  return yamlOf(resource);
};

// What does not show, or reorders what does, is not what a reader thinks to paste.
const HIDDEN = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

function yamlOf(value: object): string {
  const document = new Document(value, { version: '1.1' });
  visit(document, {
    Scalar(_, node) {
      // Only in double quotes can a character be escaped.
      const isHidden = typeof node.value === 'string' && node.value.search(HIDDEN) >= 0;
      if (isHidden) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document
    .toString({ lineWidth: 0 })
    .trimEnd()
    .replace(HIDDEN, (mark) => `\\U${(mark.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`);
}

/** Text from strangers must not become a function of the template. */
const hasFunctions = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(hasFunctions);
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, each]) => key === 'Ref' || key.startsWith('Fn::') || hasFunctions(each),
  );
};

const resource = (id: string, Type: string, Properties: object) => ({ [id]: { Type, Properties } });
const bucket = (BucketName: string, properties: object) =>
  resource('Bucket', 'AWS::S3::Bucket', { BucketName, ...properties });

function resourceOf(change: Change, name: string): object | null {
  switch (change.kind) {
    case 'policy':
      return change.document === null
        ? null
        : resource('BucketPolicy', 'AWS::S3::BucketPolicy', {
            Bucket: name,
            PolicyDocument: change.document,
          });
    case 'blockPublicAccess':
      // CloudFormation has no resource for the flags of an account.
      return change.of === 'account'
        ? null
        : bucket(name, { PublicAccessBlockConfiguration: FLAGS });
    case 'ownership':
      return bucket(name, {
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
    case 'acl':
      return bucket(name, { AccessControl: 'Private' });
    case 'encryption': {
      const { key, bucketKey } = change;
      const ServerSideEncryptionByDefault =
        key === undefined
          ? { SSEAlgorithm: 'AES256' }
          : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key };
      const ServerSideEncryptionConfiguration = [
        { ServerSideEncryptionByDefault, BucketKeyEnabled: bucketKey },
      ];
      return bucket(name, { BucketEncryption: { ServerSideEncryptionConfiguration } });
    }
    case 'versioning':
      return bucket(name, { VersioningConfiguration: { Status: 'Enabled' } });
    case 'lifecycle': {
      const { id, expirationDays, noncurrentDays, abortDays, removesDeleteMarkers } = change.rule;
      const rule = {
        ...{ Id: id, Status: 'Enabled' },
        ...(expirationDays ? { ExpirationInDays: expirationDays } : {}),
        ...(removesDeleteMarkers ? { ExpiredObjectDeleteMarker: true } : {}),
        ...(noncurrentDays
          ? { NoncurrentVersionExpiration: { NoncurrentDays: noncurrentDays } }
          : {}),
        ...(abortDays
          ? { AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortDays } }
          : {}),
      };
      return bucket(name, { LifecycleConfiguration: { Rules: [rule] } });
    }
    case 'objectLock': {
      const DefaultRetention = { Mode: change.mode, Days: change.days };
      const lock = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } };
      return bucket(name, { ObjectLockEnabled: true, ObjectLockConfiguration: lock });
    }
    case 'keyRotation':
      return resource('Key', 'AWS::KMS::Key', {
        EnableKeyRotation: true,
        RotationPeriodInDays: change.days,
      });
    case 'requestMetrics':
      return bucket(name, { MetricsConfigurations: [{ Id: 'EntireBucket' }] });
    case 'analyzer':
      return resource('Analyzer', 'AWS::AccessAnalyzer::Analyzer', {
        ...{ AnalyzerName: analyzerName(change), Type: change.type },
      });
  }
}
