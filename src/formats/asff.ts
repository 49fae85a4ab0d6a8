import { createHash } from 'node:crypto';
import type { Finding, State } from '../engine/finding.ts';
import type { Severity } from '../engine/rule.ts';
import type { RuleWords } from '../engine/words.ts';
import { adviceFor } from '../engine/words.ts';
import { type Release, releaseFields } from '../release/release.ts';
import { cut } from '../values/text.ts';
import {
  DIGEST_FIELD,
  EVIDENCE_FIELD,
  PRODUCT,
  productFieldsOf,
  RELATED_AT_MOST,
} from './asff-fields.ts';
import { reported } from './asff-reported.ts';
import { resourceOf } from './asff-resource.ts';
import { labelsOf } from './requirement-labels.ts';

/** What a finding in the AWS Security Finding Format says beyond our own finding. */
export interface AsffContext {
  readonly rule: RuleWords;
  readonly partition: string;
  /** The Region whose Security Hub it is for. */
  readonly region: string;
  /** ISO. Security Hub takes an update only when `updatedAt` is later than what it holds. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Where docs/rules is published. */
  readonly pagesUrl?: string | undefined;
  /** SHA-256 of the code and settings that judged. */
  readonly contentHash?: string | undefined;
  readonly release?: Release | undefined;
}

export type Asff = ReturnType<typeof asffOf>;

/**
 * A finding in the AWS Security Finding Format, within the limits of BatchImportFindings (AWS Security Hub API Reference,
 * AwsSecurityFinding; Security Hub User Guide, "Required top-level ASFF attributes"). It has none of the fields that
 * belong to the customer: Workflow, Note, UserDefinedFields, VerificationState, and Severity and Types outside of
 * FindingProviderFields.
 */
export function asffOf(judged: Finding, context: AsffContext) {
  const { rule, partition, region, createdAt, updatedAt } = context;
  const finding = reported(judged, rule);
  const { account } = finding.subject;
  const content = {
    SchemaVersion: '2018-10-08',
    Id: asffId(finding, partition, region),
    ProductArn: productArn(partition, region, account),
    ProductName: PRODUCT,
    GeneratorId: rule.id,
    AwsAccountId: account,
    Title: cut(`${PREFIXES[finding.state]}${rule.title}`, 256),
    Description: cut(`${finding.message} ${rule.rationale}`, 1024),
    ...remediation(finding, context),
    Resources: [resourceOf(finding.subject, partition, region)],
    Compliance: complianceOf(finding, rule),
    FindingProviderFields: {
      Severity: {
        Label: isOpen(finding) ? LABELS[finding.severity] : 'INFORMATIONAL',
        Original: finding.severity,
      },
      Types: typesOf(finding),
    },
    RecordState: finding.state === 'NOT_APPLICABLE' ? 'ARCHIVED' : 'ACTIVE',
  };
  const fields = productFieldsOf(finding, rule);
  // Without times, hash and release: a new release must not send again what it judges as before.
  const digest = createHash('sha256')
    .update(JSON.stringify([content, fields]))
    .digest('hex');
  return {
    ...content,
    CreatedAt: createdAt,
    UpdatedAt: updatedAt,
    ProductFields: {
      ...fields,
      ...releaseFields(PRODUCT, context),
      [EVIDENCE_FIELD]: finding.capturedAt ?? updatedAt,
      [DIGEST_FIELD]: digest,
    },
  };
}

/** One for each rule and resource, permanently: it does not depend on the names that AWS Config gives rules inside packs. */
export function asffId(
  { rule, subject }: Pick<Finding, 'rule' | 'subject'>,
  partition: string,
  region: string,
): string {
  const prefix = idPrefix(partition, region, subject.account);
  const id = `${prefix}${rule}/${subject.type}/${subject.id}`;
  if (id.length <= 512) return id;
  const hash = createHash('sha256').update(id).digest('hex');
  return `${prefix}${rule}/${subject.type}/${hash}`;
}

export const idPrefix = (partition: string, region: string, account: string) =>
  `${partition}/${region}/${account}/${PRODUCT}/`;

/** Of the product that every account may send findings for. */
export const productArn = (partition: string, region: string, account: string) =>
  `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;

/** The title of a rule describes the compliant state; the title of a finding must say that it is not met. */
export const PREFIXES: Readonly<Record<State, string>> = {
  PASS: '',
  FAIL: 'Not met: ',
  UNKNOWN: 'Not assessed: ',
  WAIVED: 'Waived: ',
  NOT_APPLICABLE: '',
};

/** Whether there is something to look at; what passes or does not apply is INFORMATIONAL, "no issue was found". */
export const isOpen = ({ state }: Pick<Finding, 'state'>) =>
  state !== 'PASS' && state !== 'NOT_APPLICABLE';

const LABELS: Readonly<Record<Severity, string>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
};

/**
 * UNKNOWN is WARNING, which the API reference explains with "some information is missing": FAILED would claim what no one
 * has seen. What is waived has failed; that it is accepted shows in its workflow.
 */
const STATUSES: Readonly<Record<State, string>> = {
  PASS: 'PASSED',
  FAIL: 'FAILED',
  UNKNOWN: 'WARNING',
  WAIVED: 'FAILED',
  NOT_APPLICABLE: 'NOT_AVAILABLE',
};

function complianceOf({ state, messageId, message, requirements }: Finding, { id }: RuleWords) {
  return {
    Status: STATUSES[state],
    SecurityControlId: id,
    RelatedRequirements: labelsOf(requirements).slice(0, RELATED_AT_MOST),
    StatusReasons: [{ ReasonCode: messageId, Description: cut(message, 1024) }],
  };
}

/** A finding with nothing to fix has a link to its rule at most. */
function remediation(finding: Finding, { rule, pagesUrl }: AsffContext) {
  const Text = remediationOf(finding, rule);
  const Url = pagesUrl ? `${pagesUrl.replace(/\/$/, '')}/${rule.id}.md` : undefined;
  if (Text === null && Url === undefined) return {};
  const Recommendation = {
    ...(Text === null ? {} : { Text: cut(Text, 512) }),
    ...(Url ? { Url } : {}),
  };
  return { Remediation: { Recommendation } };
}

/** What to do about a finding, with what that may break; null where there is nothing to fix. */
export function remediationOf(finding: Finding, rule: RuleWords): string | null {
  const advice = adviceFor(finding, [rule]);
  if (advice === null) return null;
  return advice.caution === undefined ? advice.fix : `${advice.fix} Caution: ${advice.caution}`;
}

/** Of the taxonomy of types that the user guide lists. */
const CHECKS = 'Software and Configuration Checks';
const STANDARDS: Readonly<Record<string, string>> = {
  gdpr: `${CHECKS}/Industry and Regulatory Standards/GDPR Controls (Europe)`,
  hipaa: `${CHECKS}/Industry and Regulatory Standards/HIPAA Controls (USA)`,
};

function typesOf({ requirements }: Finding): string[] {
  const served = new Set(requirements.map((id) => STANDARDS[id.slice(0, id.indexOf(' '))]));
  return [
    `${CHECKS}/AWS Security Best Practices`,
    ...[...served].filter((type) => type !== undefined),
  ];
}
