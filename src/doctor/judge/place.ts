import health from '../../../rules/config-recorder-health.ts';
import { fill } from '../../engine/message.ts';
import type { Recorder } from '../../facts/pack.ts';
import { recordingGaps } from '../../knowledge/accounts/pack-health.ts';
import { isKnown } from '../../records/reading.ts';
import { homeRegionOf, isJudgedInMembers } from '../../settings-file/deployment.ts';
import { partitionOf } from '../../values/region.ts';
import { about, type Diagnosis, shell } from '../diagnosis.ts';
import type { PlaceFacts, Plan } from '../facts.ts';
import { judgeDeliveries } from './deliveries.ts';
import { judgeDeployedRules } from './deployed.ts';
import { judgeQuotas } from './quotas.ts';

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

/** As the rule will say it. @throws Error when it has no such message */
function sentence(id: string, values: object): string {
  const message = health.messages[id];
  if (message === undefined) throw new Error(`${health.id} has no message ${id}.`);
  return fill(message.sentence, { ...values, region: 'this Region' }, health.id);
}

function judgeRecorder(facts: PlaceFacts, plan: Plan): readonly Diagnosis[] {
  const { account, region, recorder } = facts;
  const { fix, from } = about('recorder', { account, region });
  const isHome = region === homeRegionOf(plan.deployment);
  if (isKnown(recorder) && recorder.value !== null) {
    return [judgeRunning(facts, recorder.value), judgeTypes(facts, recorder.value, plan)];
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

/** Reported separately from whether it runs. */
function judgeTypes(
  { account, region }: PlaceFacts,
  recorder: Recorder,
  { pack, terms }: Plan,
): Diagnosis {
  const { ok, fix } = about('recorded-types', { account, region });
  const { missing, late } = recordingGaps({ pack, recorder, region }, terms);
  const { name } = recorder;
  // Writing a recorder removes what is left out, so the existing one is edited, never written anew.
  const edit = (change: string) =>
    `Save the recorder from: aws configservice describe-configuration-recorders --region ${region}; in it, ${change}; ` +
    'write it back with: aws configservice put-configuration-recorder --configuration-recorder file://recorder.json ' +
    `--region ${region}, with its recordingGroup as --recording-group. If AWS Control Tower manages the recorder, change ` +
    'it there (docs/with-other-tools.md)';
  if (missing.length > 0) {
    const types = missing.join(', ');
    return fix(
      sentence('notRecorded', { recorder: name, types }),
      edit(
        recorder.only === null
          ? `remove ${types} from the excluded types, or include global types if these are IAM types`
          : `add ${types} to its resourceTypes`,
      ),
    );
  }
  if (late.length > 0) {
    return fix(
      sentence('recordedDaily', { recorder: name, types: late.join(', ') }),
      edit('set recordingMode to CONTINUOUS for them'),
    );
  }
  return ok('It records what the rules need.');
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
