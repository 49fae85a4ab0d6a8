import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../contract-server/faults.ts';
import { bucketWith, scheduledEvent, startLambda } from '../lambda/world.ts';

/** Scheduled runs of the functions with a known answer: two sound buckets, and one whose default encryption names a key. */
interface Case {
  readonly id: string;
  readonly rule: string;
  readonly key: string;
}

const file = new URL('../../../shared/known-answers/services.json', import.meta.url);
const isThere = existsSync(file);
const cases: readonly Case[] = isThere
  ? JSON.parse(readFileSync(file, 'utf8')).handler_cases.cases
  : [];
if (!isThere) it.skip('known answers: skipped, ../shared/known-answers is not there', () => {});

const ACCOUNT = '111122223333';
const SOUND = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const answers = {
  DescribeKey: ({ KeyId }: { readonly KeyId?: unknown }) => {
    if (KeyId !== SOUND) throw new ServiceError('InvalidArnException', 'Invalid arn');
    return {
      KeyMetadata: {
        ...{ Arn: SOUND, AWSAccountId: ACCOUNT, KeyId: SOUND.slice(-36) },
        ...{ KeyState: 'Enabled', KeyManager: 'CUSTOMER' },
        ...{ KeySpec: 'SYMMETRIC_DEFAULT', Origin: 'AWS_KMS' },
      },
    };
  },
  GetKeyRotationStatus: { KeyRotationEnabled: true, RotationPeriodInDays: 365 },
  GetKeyPolicy: {
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        ...{ Effect: 'Allow', Action: 'kms:*', Resource: '*' },
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      },
    }),
  },
};
const encryptedWith = (name: string, kmsMasterKeyID: string) =>
  bucketWith(name, {
    ServerSideEncryptionConfiguration: {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID } }],
    },
  });

describe.runIf(isThere)('a scheduled run with a key that cannot be asked for', () => {
  for (const { id, rule, key } of cases) {
    it(`${id}: reports the other buckets`, async () => {
      const items = [
        encryptedWith('good-1', SOUND),
        encryptedWith('bad', key),
        encryptedWith('good-2', SOUND),
      ];
      const { handle, results } = await startLambda({ items, answers });
      await handle(scheduledEvent(rule));
      const verdicts = results().map((each) => [each.resourceId, each.complianceType]);
      expect(Object.fromEntries(verdicts)).toEqual({
        ...{ 'good-1': 'COMPLIANT', bad: 'NON_COMPLIANT', 'good-2': 'COMPLIANT' },
      });
    });
  }
});
