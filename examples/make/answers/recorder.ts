import { rules } from '../../../rules/index.ts';
import { needsOf } from '../../../src/facets/needs.ts';
import { type AccountName, ASKED, HOME_REGION, type Region, uuidOf } from '../accounts.ts';
import { type Answer, answer, type Corner } from './answer.ts';

/** How AWS Config and the pack are, where not all is well. */
interface State {
  readonly stopped?: true;
  /** Types that are not recorded, and types that are recorded once a day. */
  readonly leftOut?: readonly ('AWS::CloudTrail::Trail' | 'AWS::KMS::Alias')[];
  readonly daily?: readonly 'AWS::S3::Bucket'[];
  readonly delivered?: string;
  readonly missing?: string;
  readonly failing?: string;
}

const STATES: Readonly<Partial<Record<`${AccountName} ${Region}`, State>>> = {
  // Nothing changes there, and the channel delivers no snapshots.
  'logArchive us-east-1': { delivered: '2026-10-30T18:21:44.000Z' },
  // The function was renamed by hand.
  'production us-east-1': { failing: 's3-tls-only' },
  // To save costs, as somebody thought.
  'analytics eu-central-1': { daily: ['AWS::S3::Bucket'] },
  'analytics us-east-1': { leftOut: ['AWS::CloudTrail::Trail', 'AWS::KMS::Alias'] },
  // Deployed from an older release.
  'sandbox eu-central-1': { missing: 's3-residency' },
  'sandbox us-east-1': { stopped: true },
};

/** What AWS Config says of itself: its recorder, its channel, and the rules of the pack. */
export function recorderAnswers(corner: Corner): readonly Answer[] {
  const state = STATES[`${corner.name} ${corner.region}`] ?? {};
  return [...recorder(corner, state), ...channel(corner, state), ...deployed(corner, state)];
}

const NAME = 'default';

function recorder(corner: Corner, { stopped, leftOut = [], daily = [] }: State): readonly Answer[] {
  const recordingGroup =
    leftOut.length > 0
      ? {
          allSupported: false,
          includeGlobalResourceTypes: false,
          exclusionByResourceTypes: { resourceTypes: leftOut },
          recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' as const },
        }
      : {
          allSupported: true,
          includeGlobalResourceTypes: corner.region === HOME_REGION,
          recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' as const },
        };
  const overrides = { resourceTypes: daily, recordingFrequency: 'DAILY' } as const;
  const recordingMode = {
    recordingFrequency: 'CONTINUOUS',
    recordingModeOverrides: daily.length > 0 ? [overrides] : [],
  } as const;
  const status = { name: NAME, recording: !stopped, lastStatus: 'Success' } as const;
  return [
    answer(
      corner,
      'DescribeConfigurationRecorders',
      {},
      {
        ConfigurationRecorders: [{ name: NAME, recordingGroup, recordingMode }],
      },
    ),
    answer(
      corner,
      'DescribeConfigurationRecorderStatus',
      {},
      {
        ConfigurationRecordersStatus: [status],
      },
    ),
  ];
}

/** The channels of all accounts deliver to one bucket of their Region. */
function channel(corner: Corner, { delivered = ASKED }: State): readonly Answer[] {
  const success = {
    lastStatus: 'Success' as const,
    lastAttemptTime: delivered,
    lastSuccessfulTime: delivered,
  };
  const status = { name: NAME, configHistoryDeliveryInfo: success, configSnapshotDeliveryInfo: {} };
  const s3BucketName = `examplehealth-org-config-${corner.region === HOME_REGION ? 'eu' : 'us'}`;
  const channels = { DeliveryChannels: [{ name: NAME, s3BucketName }] };
  return [
    answer(corner, 'DescribeDeliveryChannels', {}, channels),
    answer(corner, 'DescribeDeliveryChannelStatus', {}, { DeliveryChannelsStatus: [status] }),
  ];
}

/** A pack appends the same letters to the names of all its rules. */
function deployed(corner: Corner, { missing, failing }: State): readonly Answer[] {
  const suffix = uuidOf(`pack ${corner.account} ${corner.region}`).slice(0, 8);
  const nameOf = (id: string) => `${id}-conformance-pack-${suffix}`;
  const functionOf = (name: string) =>
    `arn:aws:lambda:${corner.region}:${corner.account}:function:s3-config-rules-${name}`;
  const atHome = corner.region === HOME_REGION;
  const here = rules.filter((rule) => !rule.draft && (atHome || !needsOf(rule).homeRegionOnly));
  const ConfigRules = here
    .filter(({ id }) => id !== missing)
    .map((rule) => ({
      ConfigRuleName: nameOf(rule.id),
      ConfigRuleState: 'ACTIVE' as const,
      InputParameters: JSON.stringify({ rule: rule.id }),
      Source: {
        Owner: 'CUSTOM_LAMBDA' as const,
        SourceIdentifier: functionOf(needsOf(rule).function),
      },
    }));
  const failure = {
    ConfigRuleName: nameOf(failing ?? ''),
    LastFailedInvocationTime: ASKED,
    LastErrorCode: 'ResourceNotFoundException',
  };
  return [
    answer(corner, 'DescribeConfigRules', {}, { ConfigRules }),
    answer(
      corner,
      'DescribeConfigRuleEvaluationStatus',
      {},
      {
        ConfigRulesEvaluationStatus: failing ? [failure] : [],
      },
    ),
  ];
}
