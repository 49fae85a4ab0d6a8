import type { Finding } from '../engine/finding.ts';
import type { RuleWords } from '../engine/words.ts';
import { cut, printable } from '../values/text.ts';
import { labelsOf, primaryLabelsOf } from './requirement-labels.ts';

/** The name of the product, of the keys of its fields, and of the author of its notes. */
export const PRODUCT = 's3-config-rules';

/** Our keys in ProductFields that are read back. */
export const STATE_FIELD = `${PRODUCT}/state`;
export const DIGEST_FIELD = `${PRODUCT}/digest`;
export const WAIVER_FIELD = `${PRODUCT}/waiver`;
export const HASH_FIELD = `${PRODUCT}/contentHash`;
/**
 * When the result or the record was made that the finding stands on (ISO). `UpdatedAt` may be later, because each update needs a
 * later one; which of two findings is newer is decided by this.
 */
export const EVIDENCE_FIELD = `${PRODUCT}/evidenceAt`;

/** The most that RelatedRequirements holds; the others go to ProductFields. */
export const RELATED_AT_MOST = 32;

/** What a finding says in ProductFields, without what depends on the time and the release. */
export function productFieldsOf(
  finding: Finding,
  { requirements: links }: RuleWords,
): Record<string, string> {
  const { state, messageId, waiver, waiverTerms, requirements, subject } = finding;
  const isWaived = state === 'WAIVED';
  const fields: Record<string, string | undefined> = {
    [STATE_FIELD]: state,
    [`${PRODUCT}/messageId`]: messageId,
    [`${PRODUCT}/resourceType`]: subject.type,
    [`${PRODUCT}/resourceId`]: subject.id,
    [`${PRODUCT}/primaryRequirements`]: primaryLabelsOf(requirements, links).join('; '),
    ...(isWaived && waiver ? { [WAIVER_FIELD]: printable(waiver) } : {}),
    ...(isWaived && waiverTerms
      ? {
          [`${PRODUCT}/waivedUntil`]: printable(waiverTerms.expires),
          [`${PRODUCT}/waiverOwner`]: printable(waiverTerms.owner),
          [`${PRODUCT}/waiverApprover`]: printable(waiverTerms.approver),
        }
      : {}),
  };
  const labels = labelsOf(requirements);
  for (let start = RELATED_AT_MOST; start < labels.length; start += RELATED_AT_MOST) {
    fields[`${PRODUCT}/requirements-${start + 1}`] = labels
      .slice(start, start + RELATED_AT_MOST)
      .join('; ');
  }
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value ? [[key, cut(value, 2048)]] : [])),
  );
}
