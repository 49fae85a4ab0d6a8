/** What logs arrive in a bucket, by who delivers them. */
export type LogRole =
  | 'access-log-target'
  | 'trail-target'
  | 'config-delivery'
  | 'load-balancer-logs'
  | 'vended-logs'
  | 'exported-logs'
  | 'cloudfront-logs'
  | 'redshift-logs'
  | 'guardduty-findings';

/** A service of AWS that delivers logs into buckets: what shows that a bucket is for it, and which buckets it cannot use. */
export interface LogDeliverer {
  readonly role: LogRole;
  /** What it delivers, fit to begin a sentence. */
  readonly logs: string;
  /** Service principals without a Region and without amazonaws.com: "logs" also means logs.eu-west-1.amazonaws.com. */
  readonly services: readonly string[];
  /** Accounts of AWS that write instead of a service principal. */
  readonly accounts?: ReadonlySet<string>;
  /** Canonical users that an ACL lets write. */
  readonly canonicalUsers?: ReadonlySet<string>;
  /** The group that an ACL lets write. */
  readonly group?: string;
  /**
   * Whether another resource or service names the buckets it writes to, and the facets read that. Where they do, the
   * policy of a bucket is no proof that it receives logs.
   */
  readonly hasSource: boolean;
  /** It cannot write under a default encryption with KMS. */
  readonly needsSseS3?: true;
  /** It cannot write to a bucket with any Object Lock, or with a default retention. */
  readonly refusesObjectLock?: 'always' | 'withDefaultRetention';
  readonly refusesRequesterPays?: true;
}

/**
 * The accounts of Elastic Load Balancing by Region, for Regions opened before August 2022 and the isolated ones.
 * Source: aws-cdk-lib region-info, ELBV2_ACCOUNT, after the Elastic Load Balancing User Guide, "Access logs for your
 * Application Load Balancer".
 */
export const loadBalancerAccounts: Readonly<Record<string, string>> = {
  'af-south-1': '098369216593',
  'ap-east-1': '754344448648',
  'ap-northeast-1': '582318560864',
  'ap-northeast-2': '600734575887',
  'ap-northeast-3': '383597477331',
  'ap-south-1': '718504428378',
  'ap-southeast-1': '114774131450',
  'ap-southeast-2': '783225319266',
  'ap-southeast-3': '589379963580',
  'ca-central-1': '985666609251',
  'cn-north-1': '638102146993',
  'cn-northwest-1': '037604701340',
  'eu-central-1': '054676820928',
  'eu-north-1': '897822967062',
  'eu-south-1': '635631232127',
  'eu-west-1': '156460612806',
  'eu-west-2': '652711504416',
  'eu-west-3': '009996457667',
  'me-south-1': '076674570225',
  'sa-east-1': '507241528517',
  'us-east-1': '127311923021',
  'us-east-2': '033677994240',
  'us-gov-east-1': '190560391635',
  'us-gov-west-1': '048591011584',
  'us-iso-east-1': '770363063475',
  'us-iso-west-1': '121062877647',
  'us-isob-east-1': '740734521339',
  'us-isof-east-1': '091100254016',
  'us-isof-south-1': '412137745753',
  'us-west-1': '027434742980',
  'us-west-2': '797873946194',
};

/**
 * Who delivers logs into buckets. Sources, in this order:
 * Amazon S3 User Guide, "Enabling Amazon S3 server access logging", and "Troubleshoot server access logging";
 * AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail";
 * AWS Config Developer Guide, "Managing the Delivery Channel" (the CloudFormation page of AWS::Config::DeliveryChannel refuses
 * any Object Lock, the guide only one with a default retention: the narrower statement is used);
 * Elastic Load Balancing User Guides, "Enable access logs" and "Enable health check logs" (SSE-S3 only);
 * Amazon CloudWatch Logs User Guide, "Logging from AWS services" (flow logs, AWS WAF, Network Load Balancers and others) and
 * API Reference, CreateExportTask (KMS and Object Lock are supported);
 * Amazon CloudFront Developer Guide, "Standard logging (legacy)" (the canonical users as public configurations write them);
 * Amazon Redshift Management Guide, "Database audit logging" (SSE-S3 only);
 * Amazon GuardDuty User Guide, "Exporting findings".
 */
export const logDeliverers: readonly LogDeliverer[] = [
  {
    role: 'access-log-target',
    logs: 'Server access logs',
    services: ['logging.s3'],
    group: 'LogDelivery',
    hasSource: true,
    needsSseS3: true,
    refusesObjectLock: 'always',
    refusesRequesterPays: true,
  },
  { role: 'trail-target', logs: 'CloudTrail logs', services: ['cloudtrail'], hasSource: true },
  {
    role: 'config-delivery',
    logs: 'AWS Config deliveries',
    services: ['config'],
    hasSource: true,
    refusesObjectLock: 'withDefaultRetention',
  },
  {
    role: 'load-balancer-logs',
    logs: 'Load balancer logs',
    services: ['logdelivery.elasticloadbalancing', 'logdelivery.elb'],
    accounts: new Set(Object.values(loadBalancerAccounts)),
    hasSource: false,
    needsSseS3: true,
  },
  {
    role: 'vended-logs',
    logs: 'Logs of AWS services',
    services: ['delivery.logs'],
    hasSource: false,
  },
  { role: 'exported-logs', logs: 'CloudWatch log exports', services: ['logs'], hasSource: false },
  {
    role: 'cloudfront-logs',
    logs: 'CloudFront logs',
    services: [],
    canonicalUsers: new Set([
      'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0',
      'a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56',
    ]),
    hasSource: false,
  },
  {
    role: 'redshift-logs',
    logs: 'Redshift audit logs',
    services: ['redshift'],
    hasSource: false,
    needsSseS3: true,
  },
  {
    role: 'guardduty-findings',
    logs: 'GuardDuty findings',
    services: ['guardduty'],
    hasSource: false,
  },
];

/** The deliverer whose service principal this is, in any Region and partition; undefined when it delivers no logs. */
export function delivererOf(principal: string): LogDeliverer | undefined {
  const name = principal.replace(/\.amazonaws\.com(\.cn)?$/, '');
  return logDeliverers.find(({ services }) =>
    services.some(
      (service) =>
        name === service ||
        (name.startsWith(`${service}.`) && REGION.test(name.slice(service.length + 1))),
    ),
  );
}

const REGION = /^[a-z]{2,5}(-[a-z]{1,20}){1,3}-[0-9]{1,2}$/;

/** The deliverer of a role. */
export function delivererIn(role: LogRole): LogDeliverer {
  const found = logDeliverers.find((each) => each.role === role);
  if (found === undefined) throw new Error(`No service delivers logs in the role ${role}.`);
  return found;
}

interface Settings {
  readonly encryption: { readonly algorithm: string } | null;
  readonly objectLock: { readonly defaultRetention: object | null } | null;
  readonly requesterPays: boolean;
}

/** Which setting of a bucket keeps the service from writing logs to it, fit to follow "with"; null when none does. */
export function deliveryObstacle(
  { needsSseS3, refusesObjectLock, refusesRequesterPays }: LogDeliverer,
  bucket: Settings,
): string | null {
  // Without a record S3 encrypts with SSE-S3 (Amazon S3 User Guide, "Default encryption FAQ").
  const algorithm = bucket.encryption?.algorithm ?? 'AES256';
  if (needsSseS3 && algorithm !== 'AES256') return algorithm;
  if (refusesObjectLock === 'always' && bucket.objectLock !== null) return 'Object Lock';
  if (refusesObjectLock !== undefined && bucket.objectLock?.defaultRetention) {
    return 'default Object Lock retention';
  }
  return refusesRequesterPays && bucket.requesterPays ? 'Requester Pays' : null;
}
