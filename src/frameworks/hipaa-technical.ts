import { organizational, outsideS3, type Requirement } from './framework.ts';

/** 45 CFR 164.312. */
export const technicalSafeguards = {
  '164.312(a)(1)': {
    title: 'Access control',
    text:
      'Implement technical policies and procedures for electronic information systems that maintain electronic ' +
      'protected health information to allow access only to those persons or software programs that have been granted ' +
      'access rights as specified in § 164.308(a)(4).',
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
    text:
      'Implement policies and procedures to protect electronic protected health information from improper alteration or ' +
      'destruction',
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
} as const satisfies Readonly<Record<string, Requirement>>;
