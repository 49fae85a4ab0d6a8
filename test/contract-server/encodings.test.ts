import { describe, expect, it } from 'vitest';
import { toApiEncoding, toSelectResult, toSnapshotEncoding } from './encodings.ts';
import { bucketItem, deletedItem } from './items.ts';

const item = bucketItem('b');

describe('toApiEncoding', () => {
  it('renames, stringifies, and encodes the ACL twice', () => {
    const api = toApiEncoding(item);
    expect(api).toMatchObject({
      ...{ accountId: '111122223333', arn: 'arn:aws:s3:::b', version: '1.3' },
      ...{ configurationStateId: '1772359200250', configurationItemMD5Hash: '' },
      configurationItemCaptureTime: 1772359200.25,
    });
    expect(Object.keys(api)).not.toContain('awsAccountId');
    expect(api.supplementaryConfiguration).toMatchObject({
      BucketPolicy: '{"policyText":null}',
      IsRequesterPaysEnabled: 'false',
      AccessControlList: JSON.stringify(item.supplementaryConfiguration?.['AccessControlList']),
    });
  });

  it('encodes the ACL twice also when it is given as an object', () => {
    expect(toApiEncoding(toSnapshotEncoding(item))).toEqual(toApiEncoding(item));
  });

  it('leaves out what is null', () => {
    const api = toApiEncoding(deletedItem('b', '2026-03-02T00:00:00Z'));
    expect(Object.keys(api)).not.toContain('configuration');
    expect(Object.keys(api)).not.toContain('resourceCreationTime');
    expect(api).toMatchObject({ tags: {}, supplementaryConfiguration: {} });
  });

  it('calls the name of a relationship relationshipName', () => {
    const kms = { resourceType: 'AWS::KMS::Key', resourceId: 'k', name: 'Is encrypted by ' };
    expect(toApiEncoding(bucketItem('b', { relationships: [kms] })).relationships).toEqual([
      { resourceType: 'AWS::KMS::Key', resourceId: 'k', relationshipName: 'Is encrypted by ' },
    ]);
  });
});

describe('toSnapshotEncoding', () => {
  it('differs from the event in the ACL only', () => {
    const { supplementaryConfiguration, ...rest } = toSnapshotEncoding(item);
    expect(item).toMatchObject(rest);
    expect(supplementaryConfiguration?.['AccessControlList']).toHaveProperty('owner.id', 'f00d');
    expect(supplementaryConfiguration?.['BucketPolicy']).toEqual({ policyText: null });
  });
});

describe('toSelectResult', () => {
  it('drops nulls and lists tags', () => {
    const row = JSON.parse(toSelectResult(item));
    expect(row).toMatchObject({
      ...{ accountId: '111122223333', version: '1.3', configurationStateId: '1772359200250' },
      configurationItemCaptureTime: '2026-03-01T10:00:00.250Z',
      tags: [{ key: 'team', value: 'a', tag: 'team=a' }],
    });
    expect(row.configuration.owner).toEqual({ id: 'f00d' });
    expect(row.supplementaryConfiguration.BucketVersioningConfiguration).toEqual({ status: 'Off' });
    expect(row.supplementaryConfiguration.BucketPolicy).toEqual({});
  });

  it('nests selected paths', () => {
    const fields = [
      'resourceId',
      'configuration.name',
      'configuration.owner.id',
      'configuration.no',
    ];
    expect(JSON.parse(toSelectResult(item, fields))).toEqual({
      resourceId: 'b',
      configuration: { name: 'b', owner: { id: 'f00d' } },
    });
  });
});
