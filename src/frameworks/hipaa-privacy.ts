import { organizational, type Requirement } from './framework.ts';

/** What storage can help to satisfy in the Breach Notification Rule (Subpart D) and the Privacy Rule (Subpart E). */
export const breachAndPrivacy = {
  '164.402': {
    title: 'Definitions (unsecured protected health information)',
    text:
      'Unsecured protected health information means protected health information that is not rendered unusable, ' +
      'unreadable, or indecipherable to unauthorized persons through the use of a technology or methodology specified ' +
      'by the Secretary in the guidance issued under section 13402(h)(2) of Public Law 111-5.',
  },
  '164.502(b)(1)': {
    title: 'Minimum necessary applies',
    text:
      'When using or disclosing protected health information or when requesting protected health information from ' +
      'another covered entity or business associate, a covered entity or business associate must make reasonable ' +
      'efforts to limit protected health information to the minimum necessary to accomplish the intended purpose of the ' +
      'use, disclosure, or request.',
  },
  '164.530(c)': {
    title: 'Safeguards',
    text:
      'A covered entity must have in place appropriate administrative, technical, and physical safeguards to protect ' +
      'the privacy of protected health information.',
  },
  '164.530(j)': {
    title: 'Retention period',
    text:
      'A covered entity must retain the documentation required by paragraph (j)(1) of this section for six years from ' +
      'the date of its creation or the date when it last was in effect, whichever is later.',
    unserved: organizational(
      'documentation of the Privacy Rule, kept by people; how long logs are kept is cited at 164.316(b)(2)(i).',
    ),
  },
} as const satisfies Readonly<Record<string, Requirement>>;
