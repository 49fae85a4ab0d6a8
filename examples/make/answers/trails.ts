import { accounts, keyArn, type Region } from '../accounts.ts';
import { ORGANIZATION_LOG } from './alarms.ts';
import { type Answer, answer, type Corner } from './answer.ts';

interface Trail {
  readonly name: string;
  readonly account: string;
  readonly home: Region;
  readonly bucket: string;
  readonly isOrganizationTrail: boolean;
  readonly isMultiRegion: boolean;
  readonly validates: boolean;
  readonly isEncrypted: boolean;
  readonly isLogging: boolean;
  /** Beginnings of ARNs of objects that are left out of its data events; null: it selects none. */
  readonly leavesOut: readonly string[] | null;
}

const arnOf = ({ name, account, home }: Trail) =>
  `arn:aws:cloudtrail:${home}:${account}:trail/${name}`;

const organizationTrail: Trail = {
  name: 'examplehealth-org-trail',
  account: accounts.logArchive,
  home: 'eu-central-1',
  bucket: 'examplehealth-org-cloudtrail-eu',
  isOrganizationTrail: true,
  isMultiRegion: true,
  validates: true,
  isEncrypted: true,
  isLogging: true,
  leavesOut: [
    // Its own log files: each delivery would be an event to deliver.
    'arn:aws:s3:::examplehealth-org-cloudtrail-eu/',
    // Millions of requests a day that nobody wanted to pay for.
    'arn:aws:s3:::examplehealth-athena-results-',
    'arn:aws:s3:::examplehealth-notebooks-eu/scratch/',
  ],
};

const plain: Trail = {
  ...organizationTrail,
  isOrganizationTrail: false,
  isMultiRegion: false,
  isEncrypted: false,
  leavesOut: null,
};

/** The sandbox joined the organization the day before: CloudTrail takes that long to give it the trail of the organization. */
const TRAILS: Readonly<Record<string, readonly Trail[]>> = {
  [accounts.logArchive]: [
    organizationTrail,
    {
      ...plain,
      name: 'examplehealth-legacy-trail',
      home: 'us-east-1',
      bucket: 'examplehealth-cloudtrail-legacy',
      isLogging: false,
    },
  ],
  [accounts.production]: [
    organizationTrail,
    {
      ...plain,
      name: 'examplehealth-data-events',
      account: accounts.production,
      bucket: 'examplehealth-data-events-eu',
      leavesOut: ['arn:aws:s3:::examplehealth-data-events-eu/'],
    },
  ],
  [accounts.analytics]: [organizationTrail],
  [accounts.sandbox]: [
    {
      ...plain,
      name: 'sandbox-trail',
      account: accounts.sandbox,
      bucket: 'examplehealth-cloudtrail-legacy',
      validates: false,
    },
  ],
};

/** A trail is shown in its home and, if it records all Regions, in every other as its shadow. */
const trailsIn = ({ account, region }: Corner) =>
  (TRAILS[account] ?? []).filter(({ home, isMultiRegion }) => isMultiRegion || home === region);

export function trailAnswers(corner: Corner): readonly Answer[] {
  const trails = trailsIn(corner);
  const trailList = trails.map((trail) => ({
    Name: trail.name,
    S3BucketName: trail.bucket,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: trail.isMultiRegion,
    HomeRegion: trail.home,
    TrailARN: arnOf(trail),
    LogFileValidationEnabled: trail.validates,
    ...(trail.isEncrypted
      ? { KmsKeyId: keyArn('examplehealth-logs', trail.account, trail.home) }
      : {}),
    ...(trail.isOrganizationTrail ? { CloudWatchLogsLogGroupArn: `${ORGANIZATION_LOG}:*` } : {}),
    HasCustomEventSelectors: trail.leavesOut !== null,
    HasInsightSelectors: false,
    IsOrganizationTrail: trail.isOrganizationTrail,
  }));
  return [
    answer(corner, 'DescribeTrails', { includeShadowTrails: true }, { trailList }),
    answer(corner, 'ListEventDataStores', {}, { EventDataStores: [] }),
    // Asked in the home Region, so once however many Regions the trail is shown in.
    ...trails
      .filter(({ home }) => home === corner.region)
      .flatMap((trail) => details(corner, trail)),
  ];
}

function details(corner: Corner, trail: Trail): readonly Answer[] {
  const arn = arnOf(trail);
  const delivered = trail.isLogging ? '2026-11-02T05:5' : '2024-03-12T17:2';
  const status = {
    IsLogging: trail.isLogging,
    LatestDeliveryTime: `${delivered}7:31.402Z`,
    ...(trail.validates ? { LatestDigestDeliveryTime: `${delivered}1:08.117Z` } : {}),
  };
  return [
    answer(corner, 'GetTrailStatus', { Name: arn }, status),
    answer(
      corner,
      'GetEventSelectors',
      { TrailName: arn },
      { TrailARN: arn, ...selectorsOf(trail) },
    ),
  ];
}

function selectorsOf({ leavesOut }: Trail) {
  if (leavesOut === null) {
    return {
      EventSelectors: [
        { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] } as const,
      ],
    };
  }
  return {
    AdvancedEventSelectors: [
      {
        Name: 'Management events',
        FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }],
      },
      {
        Name: 'Objects in S3',
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
          { Field: 'resources.ARN', NotStartsWith: [...leavesOut] },
        ],
      },
    ],
  };
}
