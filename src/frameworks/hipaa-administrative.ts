import { organizational, type Requirement } from './framework.ts';

/** 45 CFR 164.308(a)(1) to (4), in the order of Appendix A to Subpart C of Part 164. */
export const administrativeSafeguards = {
  '164.308(a)(1)(i)': {
    title: 'Security management process',
    text: 'Implement policies and procedures to prevent, detect, contain, and correct security violations',
    implementation: 'required',
    unserved: organizational(
      'the process is defined and run by people; its technical parts are cited one by one.',
    ),
  },
  '164.308(a)(1)(ii)(A)': {
    title: 'Risk analysis',
    text:
      'Conduct an accurate and thorough assessment of the potential risks and vulnerabilities to the confidentiality, ' +
      'integrity, and availability of electronic protected health information […]',
    implementation: 'required',
  },
  '164.308(a)(1)(ii)(B)': {
    title: 'Risk management',
    text:
      'Implement security measures sufficient to reduce risks and vulnerabilities to a reasonable and appropriate level ' +
      '[…]',
    implementation: 'required',
  },
  '164.308(a)(1)(ii)(C)': {
    title: 'Sanction policy',
    text:
      'Apply appropriate sanctions against workforce members who fail to comply with the security policies and ' +
      'procedures […]',
    implementation: 'required',
    unserved: organizational('a matter of employment.'),
  },
  '164.308(a)(1)(ii)(D)': {
    title: 'Information system activity review',
    text:
      'Implement procedures to regularly review records of information system activity, such as audit logs, access ' +
      'reports, and security incident tracking reports',
    implementation: 'required',
  },
  '164.308(a)(2)': {
    title: 'Assigned security responsibility',
    text:
      'Identify the security official who is responsible for the development and implementation of the policies and ' +
      'procedures […]',
    implementation: 'required',
    unserved: organizational('an appointment.'),
  },
  '164.308(a)(3)(i)': {
    title: 'Workforce security',
    text:
      'Implement policies and procedures to ensure that all members of its workforce have appropriate access to ' +
      'electronic protected health information, as provided under paragraph (a)(4) of this section, and to prevent ' +
      'those workforce members who do not have access under paragraph (a)(4) of this section from obtaining access to ' +
      'electronic protected health information.',
    implementation: 'required',
  },
  '164.308(a)(3)(ii)(A)': {
    title: 'Authorization and/or supervision',
    text:
      'Implement procedures for the authorization and/or supervision of workforce members who work with electronic ' +
      'protected health information […]',
    implementation: 'addressable',
    unserved: organizational('supervision is done by people.'),
  },
  '164.308(a)(3)(ii)(B)': {
    title: 'Workforce clearance procedure',
    text:
      'Implement procedures to determine that the access of a workforce member to electronic protected health ' +
      'information is appropriate',
    implementation: 'addressable',
    unserved: organizational('a decision on a person.'),
  },
  '164.308(a)(3)(ii)(C)': {
    title: 'Termination procedures',
    text:
      'Implement procedures for terminating access to electronic protected health information when the employment of, ' +
      'or other arrangement with, a workforce member ends […]',
    implementation: 'addressable',
  },
  '164.308(a)(4)(i)': {
    title: 'Information access management',
    text: 'Implement policies and procedures for authorizing access to electronic protected health information […]',
    implementation: 'required',
  },
  '164.308(a)(4)(ii)(A)': {
    title: 'Isolating health care clearinghouse functions',
    text:
      'If a health care clearinghouse is part of a larger organization, the clearinghouse must implement policies and ' +
      'procedures that protect the electronic protected health information of the clearinghouse from unauthorized ' +
      'access by the larger organization.',
    implementation: 'required',
    unserved: organizational(
      'applies to a clearinghouse inside a larger organization, which no bucket shows.',
    ),
  },
  '164.308(a)(4)(ii)(B)': {
    title: 'Access authorization',
    text:
      'Implement policies and procedures for granting access to electronic protected health information, for example, ' +
      'through access to a workstation, transaction, program, process, or other mechanism.',
    implementation: 'addressable',
  },
  '164.308(a)(4)(ii)(C)': {
    title: 'Access establishment and modification',
    text:
      'Implement policies and procedures that, based upon the covered entity’s or the business associate’s access ' +
      'authorization policies, establish, document, review, and modify a user’s right of access to a workstation, ' +
      'transaction, program, or process.',
    implementation: 'addressable',
  },
} as const satisfies Readonly<Record<string, Requirement>>;
