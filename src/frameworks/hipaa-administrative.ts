import { organizational, outsideS3, type Requirement } from './framework.ts';

/** 45 CFR 164.308, in the order of Appendix A to Subpart C of Part 164. */
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
      'integrity, and availability of electronic protected health information',
    implementation: 'required',
  },
  '164.308(a)(1)(ii)(B)': {
    title: 'Risk management',
    text: 'Implement security measures sufficient to reduce risks and vulnerabilities to a reasonable and appropriate level',
    implementation: 'required',
  },
  '164.308(a)(1)(ii)(C)': {
    title: 'Sanction policy',
    text: 'Apply appropriate sanctions against workforce members who fail to comply with the security policies and procedures',
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
    text: 'Identify the security official who is responsible for the development and implementation of the policies and procedures',
    implementation: 'required',
    unserved: organizational('an appointment.'),
  },
  '164.308(a)(3)(i)': {
    title: 'Workforce security',
    text:
      'Implement policies and procedures to ensure that all members of its workforce have appropriate access to ' +
      'electronic protected health information',
    implementation: 'required',
    unserved: organizational('who works for whom is not recorded in AWS.'),
  },
  '164.308(a)(3)(ii)(A)': {
    title: 'Authorization and/or supervision',
    text:
      'Implement procedures for the authorization and/or supervision of workforce members who work with electronic ' +
      'protected health information',
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
      'Implement procedures for terminating access to electronic protected health information when the employment of, or ' +
      'other arrangement with, a workforce member ends',
    implementation: 'addressable',
  },
  '164.308(a)(4)(i)': {
    title: 'Information access management',
    text: 'Implement policies and procedures for authorizing access to electronic protected health information',
    implementation: 'required',
  },
  '164.308(a)(4)(ii)(A)': {
    title: 'Isolating health care clearinghouse functions',
    text:
      'If a health care clearinghouse is part of a larger organization, it must implement policies and procedures that ' +
      'protect its information from unauthorized access by the larger organization',
    implementation: 'required',
    unserved: organizational(
      'applies to a clearinghouse inside a larger organization, which no bucket shows.',
    ),
  },
  '164.308(a)(4)(ii)(B)': {
    title: 'Access authorization',
    text: 'Implement policies and procedures for granting access to electronic protected health information',
    implementation: 'addressable',
  },
  '164.308(a)(4)(ii)(C)': {
    title: 'Access establishment and modification',
    text:
      'Implement policies and procedures that, based upon the access authorization policies, establish, document, ' +
      'review, and modify a user’s right of access to a workstation, transaction, program, or process',
    implementation: 'addressable',
  },
  '164.308(a)(5)(i)': {
    title: 'Security awareness and training',
    text: 'Implement a security awareness and training program for all members of its workforce',
    implementation: 'required',
    unserved: organizational('training of people.'),
  },
  '164.308(a)(5)(ii)(A)': {
    title: 'Security reminders',
    text: 'Periodic security updates',
    implementation: 'addressable',
    unserved: organizational('communication with people.'),
  },
  '164.308(a)(5)(ii)(B)': {
    title: 'Protection from malicious software',
    text: 'Procedures for guarding against, detecting, and reporting malicious software',
    implementation: 'addressable',
    unserved: outsideS3('objects are not looked into.'),
  },
  '164.308(a)(5)(ii)(C)': {
    title: 'Log-in monitoring',
    text: 'Procedures for monitoring log-in attempts and reporting discrepancies',
    implementation: 'addressable',
    unserved: outsideS3('requests to S3 are not log-ins.'),
  },
  '164.308(a)(5)(ii)(D)': {
    title: 'Password management',
    text: 'Procedures for creating, changing, and safeguarding passwords',
    implementation: 'addressable',
    unserved: outsideS3('passwords are not looked at; access keys are no passwords.'),
  },
  '164.308(a)(6)(i)': {
    title: 'Security incident procedures',
    text: 'Implement policies and procedures to address security incidents',
    implementation: 'required',
    unserved: organizational('the procedures are carried out by people.'),
  },
  '164.308(a)(6)(ii)': {
    title: 'Response and reporting',
    text:
      'Identify and respond to suspected or known security incidents; mitigate, to the extent practicable, harmful ' +
      'effects; and document security incidents and their outcomes',
    implementation: 'required',
  },
  '164.308(a)(7)(i)': {
    title: 'Contingency plan',
    text:
      'Establish (and implement as needed) policies and procedures for responding to an emergency or other occurrence ' +
      'that damages systems that contain electronic protected health information',
    implementation: 'required',
    unserved: organizational('a plan; its technical parts are cited one by one.'),
  },
  '164.308(a)(7)(ii)(A)': {
    title: 'Data backup plan',
    text: 'Establish and implement procedures to create and maintain retrievable exact copies of electronic protected health information',
    implementation: 'required',
  },
  '164.308(a)(7)(ii)(B)': {
    title: 'Disaster recovery plan',
    text: 'Establish (and implement as needed) procedures to restore any loss of data',
    implementation: 'required',
  },
  '164.308(a)(7)(ii)(C)': {
    title: 'Emergency mode operation plan',
    text:
      'Establish (and implement as needed) procedures to enable continuation of critical business processes for ' +
      'protection of the security of electronic protected health information while operating in emergency mode',
    implementation: 'required',
    unserved: organizational('a way of working, not a setting.'),
  },
  '164.308(a)(7)(ii)(D)': {
    title: 'Testing and revision procedures',
    text: 'Implement procedures for periodic testing and revision of contingency plans',
    implementation: 'addressable',
    unserved: organizational('exercises held by people.'),
  },
  '164.308(a)(7)(ii)(E)': {
    title: 'Applications and data criticality analysis',
    text: 'Assess the relative criticality of specific applications and data in support of other contingency plan components',
    implementation: 'addressable',
  },
  '164.308(a)(8)': {
    title: 'Evaluation',
    text:
      'Perform a periodic technical and nontechnical evaluation that establishes the extent to which security policies ' +
      'and procedures meet the requirements of this subpart',
    implementation: 'required',
  },
  '164.308(b)(1)': {
    title: 'Business associate contracts and other arrangements',
    text:
      'A covered entity may permit a business associate to create, receive, maintain, or transmit electronic protected ' +
      'health information on its behalf only if it obtains satisfactory assurances that the business associate will ' +
      'appropriately safeguard the information',
    implementation: 'required',
  },
} as const satisfies Readonly<Record<string, Requirement>>;
