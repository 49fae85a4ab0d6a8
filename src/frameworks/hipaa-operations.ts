import { organizational, outsideS3, type Requirement } from './framework.ts';

/** 45 CFR 164.308(a)(5) to (8): training, incidents, contingencies, evaluation. */
export const administrativeOperations = {
  '164.308(a)(5)(i)': {
    title: 'Security awareness and training',
    text: 'Implement a security awareness and training program for all members of its workforce […]',
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
      'effects of security incidents that are known to the covered entity or business associate; and document security ' +
      'incidents and their outcomes.',
    implementation: 'required',
  },
  '164.308(a)(7)(i)': {
    title: 'Contingency plan',
    text:
      'Establish (and implement as needed) policies and procedures for responding to an emergency or other occurrence ' +
      '(for example, fire, vandalism, system failure, and natural disaster) that damages systems that contain ' +
      'electronic protected health information.',
    implementation: 'required',
    unserved: organizational('a plan; its technical parts are cited one by one.'),
  },
  '164.308(a)(7)(ii)(A)': {
    title: 'Data backup plan',
    text:
      'Establish and implement procedures to create and maintain retrievable exact copies of electronic protected ' +
      'health information',
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
    text:
      'Assess the relative criticality of specific applications and data in support of other contingency plan ' +
      'components',
    implementation: 'addressable',
  },
  '164.308(a)(8)': {
    title: 'Evaluation',
    text:
      'Perform a periodic technical and nontechnical evaluation, based initially upon the standards implemented under ' +
      'this rule and, subsequently, in response to environmental or operational changes affecting the security of ' +
      'electronic protected health information, that establishes the extent to which a covered entity’s or business ' +
      'associate’s security policies and procedures meet the requirements of this subpart.',
    implementation: 'required',
  },
} as const satisfies Readonly<Record<string, Requirement>>;
