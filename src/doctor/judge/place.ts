import type { Recorder } from '../../facts/pack.ts';
import { isKnown } from '../../records/reading.ts';
import { homeRegionOf, isJudgedInMembers } from '../../settings-file/deployment/deployment.ts';
import { partitionOf } from '../../values/region.ts';
import { about, type Diagnosis, shell } from '../diagnosis.ts';
import type { PlaceFacts, Plan } from '../facts.ts';
import { judgeDeliveries } from './deliveries.ts';
import { judgeDeployedRules } from './deployed.ts';
import { judgeQuotas } from './quotas.ts';
import { judgeComplianceRecords, judgeTypes, sentence } from './recorded.ts';

/** Is this account, in this Region, ready for the rules? */
export function judgePlace(facts: PlaceFacts, plan: Plan): readonly Diagnosis[] {
  return [
    ...judgeRecorder(facts, plan),
    judgeChannel(facts),
    ...judgeDeliveries(facts, plan),
    // Without rules in the account nothing of them can be wrong.
    ...(isJudgedInMembers(plan.deployment)
      ? [...judgeHub(facts), ...judgeDeployedRules(facts, plan), ...judgeQuotas(facts, plan)]
      : []),
  ];
}

function judgeRecorder(facts: PlaceFacts, plan: Plan): readonly Diagnosis[] {
  const { account, region, recorder } = facts;
  const { fix, from } = about('recorder', { account, region });
  const isHome = region === homeRegionOf(plan.deployment);
  if (isKnown(recorder) && recorder.value !== null) {
    const { value } = recorder;
    return [
      judgeRunning(facts, value),
      judgeTypes(facts, value, plan),
      ...(isJudgedInMembers(plan.deployment) ? [judgeComplianceRecords(facts, value, plan)] : []),
    ];
  }
  const unread = { what: 'The configuration recorder could not be examined' };
  return [
    from(recorder, unread, () =>
      fix(
        sentence('noRecorder', {}),
        'aws iam create-service-linked-role --aws-service-name config.amazonaws.com; aws configservice ' +
          'put-configuration-recorder --configuration-recorder ' +
          `name=default,roleARN=arn:${partitionOf(region)}:iam::${account}:role/` +
          'aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig ' +
          `--recording-group allSupported=true,includeGlobalResourceTypes=${isHome} --region ${region}; then create a ` +
          'delivery channel, then: aws configservice start-configuration-recorder --configuration-recorder-name default ' +
          `--region ${region}`,
      ),
    ),
  ];
}

function judgeRunning({ account, region }: PlaceFacts, recorder: Recorder): Diagnosis {
  const { ok, fix, warn } = about('recorder', { account, region });
  const { name, isRecording, status, error } = recorder;
  if (!isRecording) {
    return fix(
      sentence('stopped', { recorder: name }),
      `aws configservice start-configuration-recorder --configuration-recorder-name ${shell(name)} --region ${region}`,
    );
  }
  if (status === 'SUCCESS') return ok('The configuration recorder is running.');
  const reason = error === null ? '' : ` (${error})`;
  const said = sentence('recorderFailing', { recorder: name, status, reason });
  const look = `aws configservice describe-configuration-recorder-status --region ${region}`;
  return status === 'FAILURE'
    ? fix(said, `Fix the reported error, often in its role or the bucket: ${look}`)
    : warn(said, `Check again in a few minutes: ${look}`);
}

function judgeChannel({ account, region, channel }: PlaceFacts): Diagnosis {
  const { ok, fix, from } = about('delivery-channel', { account, region });
  const unread = { what: 'The delivery channel could not be examined' };
  return from(channel, unread, (found) => {
    if (found === null) {
      return fix(
        sentence('noChannel', {}),
        'aws configservice put-delivery-channel --delivery-channel name=default,s3BucketName=<bucket for AWS ' +
          `Config>,configSnapshotDeliveryProperties={deliveryFrequency=TwentyFour_Hours} --region ${region}`,
      );
    }
    const [failure] = found.failures;
    if (failure) {
      return fix(
        sentence('deliveryFailing', { channel: found.name, ...failure }),
        'Fix the reported error, often in the policy of the bucket or of its key: aws configservice ' +
          `describe-delivery-channel-status --region ${region}`,
      );
    }
    return ok('The delivery channel exists, and its last deliveries did not fail.');
  });
}

function judgeHub({ account, region, hub }: PlaceFacts): readonly Diagnosis[] {
  if (hub === undefined) return [];
  const { ok, fix, from } = about('security-hub', { account, region });
  return [
    from(hub, { what: 'Security Hub could not be examined' }, (isOn) =>
      isOn
        ? ok('Security Hub is enabled.')
        : fix(
            'Security Hub is not enabled, so findings cannot be published.',
            `aws securityhub enable-security-hub --no-enable-default-standards --region ${region}, or set ` +
              'consumers.securityHub: false in the deployment file',
          ),
    ),
  ];
}
