import type { Finding, State } from '../engine/finding.ts';
import type { Severity } from '../engine/rule.ts';
import type { RuleWords } from '../engine/words.ts';
import type { Release } from '../release/release.ts';
import { asffId, isOpen, remediationOf } from './asff.ts';
import { PRODUCT } from './asff-fields.ts';
import { labelsOf, primaryLabelsOf, standardsOf } from './requirement-labels.ts';

/** The version of the Open Cybersecurity Schema Framework: the one that Security Hub itself speaks (schema.ocsf.io/1.6.0). */
export const OCSF_VERSION = '1.6.0';

export interface OcsfContext {
  readonly rule: RuleWords;
  readonly partition: string;
  readonly region: string;
  /** When the finding is made (ISO). */
  readonly at: string;
  readonly pagesUrl?: string | undefined;
  readonly release?: Release | undefined;
}

const CLASS = 2003;
const AWS_ACCOUNT = 10;
const RULE = 1;
const AFFECTED = 3;

/** A finding as a Compliance Finding (class 2003, profile cloud), for Security Lake and other stores of security data. */
export function ocsfOf(finding: Finding, context: OcsfContext) {
  const { rule, partition, region, at, pagesUrl, release } = context;
  const { state, severity, subject, message, messageId, requirements } = finding;
  const { waiver, waiverTerms } = finding;
  const time = Date.parse(at);
  // A clock that runs ahead, or an evaluation as of an earlier time: nothing is seen after the finding says so.
  const seen = Math.min(time, Date.parse(finding.capturedAt ?? '') || time);
  const [activityId, activity] = isOpen(finding) ? CREATE : CLOSE;
  const [complianceStatus, compliance] = COMPLIANCE[state];
  const [severityId, severityName] = isOpen(finding) ? SEVERITIES[severity] : INFORMATIONAL;
  const [statusId, status] = STATUSES[state];
  const references = pagesUrl
    ? { references: [`${pagesUrl.replace(/\/$/, '')}/${rule.id}.md`] }
    : {};
  const remedy = remediationOf(finding, rule);
  return {
    activity_id: activityId,
    activity_name: activity,
    category_uid: 2,
    category_name: 'Findings',
    class_uid: CLASS,
    class_name: 'Compliance Finding',
    type_uid: CLASS * 100 + activityId,
    type_name: `Compliance Finding: ${activity}`,
    time,
    severity_id: severityId,
    severity: severityName,
    status_id: statusId,
    status,
    message,
    metadata: {
      version: OCSF_VERSION,
      profiles: ['cloud'],
      product: {
        ...{ name: PRODUCT, vendor_name: PRODUCT },
        ...(release ? { version: release.version } : {}),
      },
    },
    cloud: {
      provider: 'AWS',
      region,
      cloud_partition: partition,
      account: { uid: subject.account, type: 'AWS Account', type_id: AWS_ACCOUNT },
    },
    compliance: {
      control: rule.id,
      desc: rule.title,
      standards: standardsOf(requirements),
      requirements: labelsOf(requirements),
      status_id: complianceStatus,
      status: compliance,
      status_code: messageId,
      status_details: [message],
    },
    finding_info: {
      uid: asffId(finding, partition, region),
      title: rule.title,
      desc: rule.rationale,
      // The record that shows it, so that another run over the same record does not create the finding anew.
      created_time: seen,
      last_seen_time: seen,
      modified_time: time,
      analytic: { uid: rule.id, name: rule.title, type: 'Rule', type_id: RULE },
    },
    ...(remedy === null ? {} : { remediation: { desc: remedy, ...references } }),
    resources: [
      {
        uid: subject.arn || subject.id,
        name: subject.name,
        type: subject.type,
        region: subject.region,
        cloud_partition: partition,
        role: 'Affected',
        role_id: AFFECTED,
      },
    ],
    unmapped: {
      state,
      // Nor has it one for how strongly a rule supports a requirement.
      primary_requirements: primaryLabelsOf(requirements, rule.requirements),
      ...(waiver === undefined ? {} : { waiver }),
      ...(waiverTerms === undefined ? {} : { waiver_terms: waiverTerms }),
      // The schema has a place for the version of a product, but not for its commit.
      ...(release ? { commit: release.commit } : {}),
    },
  };
}

type Coded = readonly [id: number, caption: string];

/** Warning is what the schema says of a check without a result "due to missing information". */
const COMPLIANCE: Readonly<Record<State, Coded>> = {
  PASS: [1, 'Pass'],
  FAIL: [3, 'Fail'],
  UNKNOWN: [2, 'Warning'],
  WAIVED: [3, 'Fail'],
  NOT_APPLICABLE: [99, 'Not applicable'],
};

const STATUSES: Readonly<Record<State, Coded>> = {
  PASS: [4, 'Resolved'],
  FAIL: [1, 'New'],
  UNKNOWN: [1, 'New'],
  WAIVED: [3, 'Suppressed'],
  NOT_APPLICABLE: [5, 'Archived'],
};

/** Security Hub takes for active what is not closed (User Guide, "OCSF findings in Security Hub"). */
const CREATE: Coded = [1, 'Create'];
const CLOSE: Coded = [3, 'Close'];

const INFORMATIONAL: Coded = [1, 'Informational'];
const SEVERITIES: Readonly<Record<Severity, Coded>> = {
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};
