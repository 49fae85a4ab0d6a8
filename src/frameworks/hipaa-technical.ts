import { organizational, outsideS3, type Requirement } from './framework.ts';

/** 45 CFR 164.312, 164.314 and 164.316. */
export const technicalSafeguards = {
  '164.312(a)(1)': {
    title: 'Access control',
    text:
      'Implement technical policies and procedures to allow access only to those persons or software programs that have ' +
      'been granted access rights',
    implementation: 'required',
  },
  '164.312(a)(2)(i)': {
    title: 'Unique user identification',
    text: 'Assign a unique name and/or number for identifying and tracking user identity',
    implementation: 'required',
  },
  '164.312(a)(2)(ii)': {
    title: 'Emergency access procedure',
    text:
      'Establish (and implement as needed) procedures for obtaining necessary electronic protected health information ' +
      'during an emergency',
    implementation: 'required',
    unserved: organizational('a procedure for people; copies of data do not grant access to them.'),
  },
  '164.312(a)(2)(iii)': {
    title: 'Automatic logoff',
    text: 'Implement electronic procedures that terminate an electronic session after a predetermined time of inactivity',
    implementation: 'addressable',
    unserved: outsideS3('sessions belong to IAM and to applications.'),
  },
  '164.312(a)(2)(iv)': {
    title: 'Encryption and decryption',
    text: 'Implement a mechanism to encrypt and decrypt electronic protected health information',
    implementation: 'addressable',
  },
  '164.312(b)': {
    title: 'Audit controls',
    text:
      'Implement hardware, software, and/or procedural mechanisms that record and examine activity in information ' +
      'systems that contain or use electronic protected health information',
    implementation: 'required',
  },
  '164.312(c)(1)': {
    title: 'Integrity',
    text: 'Implement policies and procedures to protect electronic protected health information from improper alteration or destruction',
    implementation: 'required',
  },
  '164.312(c)(2)': {
    title: 'Mechanism to authenticate electronic protected health information',
    text:
      'Implement electronic mechanisms to corroborate that electronic protected health information has not been altered ' +
      'or destroyed in an unauthorized manner',
    implementation: 'addressable',
  },
  '164.312(d)': {
    title: 'Person or entity authentication',
    text:
      'Implement procedures to verify that a person or entity seeking access to electronic protected health information ' +
      'is the one claimed',
    implementation: 'required',
  },
  '164.312(e)(1)': {
    title: 'Transmission security',
    text:
      'Implement technical security measures to guard against unauthorized access to electronic protected health ' +
      'information that is being transmitted over an electronic communications network',
    implementation: 'required',
  },
  '164.312(e)(2)(i)': {
    title: 'Integrity controls',
    text:
      'Implement security measures to ensure that electronically transmitted electronic protected health information is ' +
      'not improperly modified without detection until disposed of',
    implementation: 'addressable',
  },
  '164.312(e)(2)(ii)': {
    title: 'Encryption',
    text: 'Implement a mechanism to encrypt electronic protected health information whenever deemed appropriate',
    implementation: 'addressable',
  },
  '164.314(a)(1)': {
    title: 'Business associate contracts or other arrangements',
    text: 'The contract or other arrangement required by 164.308(b)(3) must meet the requirements of this section',
    implementation: 'required',
    unserved: organizational('the content of a contract.'),
  },
  '164.314(b)(1)': {
    title: 'Requirements for group health plans',
    text:
      'The plan documents of a group health plan must provide that the plan sponsor will reasonably and appropriately ' +
      'safeguard the information',
    implementation: 'required',
    unserved: organizational('the content of plan documents.'),
  },
  '164.316(a)': {
    title: 'Policies and procedures',
    text: 'Implement reasonable and appropriate policies and procedures to comply with the standards of this subpart',
    implementation: 'required',
    unserved: organizational('written by people.'),
  },
  '164.316(b)(1)': {
    title: 'Documentation',
    text:
      'Maintain the policies and procedures, and records of required actions, activities, or assessments, in written ' +
      '(which may be electronic) form',
    implementation: 'required',
    unserved: organizational('written by people.'),
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
    text: 'Make documentation available to those persons responsible for implementing the procedures to which the documentation pertains',
    implementation: 'required',
    unserved: organizational('how documents are shared.'),
  },
  '164.316(b)(2)(iii)': {
    title: 'Updates',
    text: 'Review documentation periodically, and update as needed',
    implementation: 'required',
    unserved: organizational('a review by people.'),
  },
} as const satisfies Readonly<Record<string, Requirement>>;
