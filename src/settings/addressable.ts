import { DATE } from './review.ts';

/**
 * What the organization decided about an addressable implementation specification of the HIPAA Security Rule, with what 45 CFR
 * 164.306(d)(3) asks to document: "(i) Assess whether each implementation specification is a reasonable and appropriate safeguard in
 * its environment […]; and (ii) […] (A) Implement the implementation specification if reasonable and appropriate; or (B) If
 * implementing the implementation specification is not reasonable and appropriate— (1) Document why it would not be reasonable and
 * appropriate […]; and (2) Implement an equivalent alternative measure if reasonable and appropriate." No rule judges by it.
 */
export interface AddressableDecision {
  /** "hipaa 164.312(a)(2)(iv)". */
  readonly requirement: string;
  readonly decision: 'implemented' | 'alternative' | 'notReasonable';
  /** What the assessment came to: (d)(3)(i). */
  readonly assessment: string;
  /** Why it would not be reasonable and appropriate: (d)(3)(ii)(B)(1). Of all decisions but `implemented`. */
  readonly reason?: string;
  /** The equivalent measure that was implemented instead, or with `notReasonable` why none is reasonable: (d)(3)(ii)(B)(2). */
  readonly alternative?: string;
  /** A role, rather than a person. */
  readonly decidedBy: string;
  /** ISO date. */
  readonly at: string;
  /** Where the written record is, which is kept for six years: 164.316(b)(1)(ii) and (b)(2)(i). */
  readonly document: string;
}

const TEXT = {
  ...{ type: 'string', minLength: 1, maxLength: 2000, pattern: '\\S' },
  description: 'a text that is not blank',
};

/** As JSON Schema. */
export const addressableEntry = {
  type: 'object',
  additionalProperties: false,
  required: ['requirement', 'decision', 'assessment', 'decidedBy', 'at', 'document'],
  properties: {
    requirement: {
      type: 'string',
      pattern: '^hipaa 164[.]3[0-9()a-zA-Z]{2,30}$',
      description: 'an addressable requirement such as hipaa 164.312(a)(2)(iv)',
    },
    decision: {
      enum: ['implemented', 'alternative', 'notReasonable'],
      description: 'implemented, alternative or notReasonable',
    },
    assessment: TEXT,
    reason: TEXT,
    alternative: TEXT,
    decidedBy: TEXT,
    at: DATE,
    document: TEXT,
  },
};

/** What a decision lacks, as "reason" or "alternative"; null where it is whole. */
export const lackingIn = ({ decision, reason, alternative }: AddressableDecision): string | null =>
  decision === 'implemented'
    ? null
    : reason === undefined
      ? 'reason'
      : alternative === undefined
        ? 'alternative'
        : null;
