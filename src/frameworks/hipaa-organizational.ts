import { organizational, type Requirement } from './framework.ts';

/** 45 CFR 164.308(b). */
export const businessAssociates = {
  '164.308(b)(1)': {
    title: 'Business associate contracts and other arrangements',
    text:
      'A covered entity may permit a business associate to create, receive, maintain, or transmit electronic protected ' +
      'health information on the covered entity’s behalf only if the covered entity obtains satisfactory assurances, in ' +
      'accordance with § 164.314(a), that the business associate will appropriately safeguard the information.',
    implementation: 'required',
  },
  '164.308(b)(3)': {
    title: 'Written contract or other arrangement',
    text:
      'Document the satisfactory assurances required by paragraph (b)(1) or (b)(2) of this section through a written ' +
      'contract or other arrangement with the business associate that meets the applicable requirements of § ' +
      '164.314(a).',
    implementation: 'required',
    unserved: organizational(
      'a contract; that accounts with access are on an approved list is cited at 164.308(b)(1).',
    ),
  },
} as const satisfies Readonly<Record<string, Requirement>>;

/** 45 CFR 164.314 and 164.316. */
export const organizationalRequirements = {
  '164.314(a)(1)': {
    title: 'Business associate contracts or other arrangements',
    text:
      'The contract or other arrangement required by § 164.308(b)(3) must meet the requirements of paragraph (a)(2)(i), ' +
      '(a)(2)(ii), or (a)(2)(iii) of this section, as applicable.',
    implementation: 'required',
    unserved: organizational('the content of a contract.'),
  },
  '164.314(b)(1)': {
    title: 'Requirements for group health plans',
    text:
      '[…] a group health plan must ensure that its plan documents provide that the plan sponsor will reasonably and ' +
      'appropriately safeguard electronic protected health information created, received, maintained, or transmitted to ' +
      'or by the plan sponsor on behalf of the group health plan.',
    implementation: 'required',
    unserved: organizational('the content of plan documents.'),
  },
  '164.316(a)': {
    title: 'Policies and procedures',
    text:
      'Implement reasonable and appropriate policies and procedures to comply with the standards, implementation ' +
      'specifications, or other requirements of this subpart […]',
    implementation: 'required',
    unserved: organizational('written by people.'),
  },
  '164.316(b)(1)': {
    title: 'Documentation',
    text:
      'Maintain the policies and procedures implemented to comply with this subpart in written (which may be ' +
      'electronic) form; and […] If an action, activity or assessment is required by this subpart to be documented, ' +
      'maintain a written (which may be electronic) record of the action, activity, or assessment.',
    implementation: 'required',
  },
  '164.316(b)(2)(i)': {
    title: 'Time limit',
    text:
      'Retain the documentation required by paragraph (b)(1) of this section for 6 years from the date of its creation ' +
      'or the date when it last was in effect, whichever is later',
    implementation: 'required',
  },
  '164.316(b)(2)(ii)': {
    title: 'Availability',
    text:
      'Make documentation available to those persons responsible for implementing the procedures to which the ' +
      'documentation pertains',
    implementation: 'required',
    unserved: organizational('how documents are shared.'),
  },
  '164.316(b)(2)(iii)': {
    title: 'Updates',
    text: 'Review documentation periodically, and update as needed […]',
    implementation: 'required',
    unserved: organizational('a review by people.'),
  },
} as const satisfies Readonly<Record<string, Requirement>>;
