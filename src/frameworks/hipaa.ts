import type { Framework } from './framework.ts';

export const hipaa = {
  id: 'hipaa',
  name: 'HIPAA Security Rule',
  citation: '45 CFR Part 164, Subpart C',
  url: 'https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-C',
  requirements: {
    '164.308(a)(1)(ii)(B)': {
      title: 'Risk management',
      text: 'Implement security measures sufficient to reduce risks and vulnerabilities to a reasonable and appropriate level',
      implementation: 'required',
    },
    '164.308(a)(1)(ii)(D)': {
      title: 'Information system activity review',
      text: 'Implement procedures to regularly review records of information system activity, such as audit logs, access reports, and security incident tracking reports',
      implementation: 'required',
    },
    '164.308(a)(4)(i)': {
      title: 'Information access management',
      text: 'Implement policies and procedures for authorizing access to electronic protected health information',
      implementation: 'required',
    },
    '164.308(a)(4)(ii)(B)': {
      title: 'Access authorization',
      text: 'Implement policies and procedures for granting access to electronic protected health information',
      implementation: 'addressable',
    },
    '164.308(a)(4)(ii)(C)': {
      title: 'Access establishment and modification',
      text: 'Implement policies and procedures that, based upon the covered entity’s or the business associate’s access authorization policies, establish, document, review, and modify a user’s right of access to a workstation, transaction, program, or process',
      implementation: 'addressable',
    },
    '164.308(a)(7)(ii)(A)': {
      title: 'Data backup plan',
      text: 'Establish and implement procedures to create and maintain retrievable exact copies of electronic protected health information',
      implementation: 'required',
    },
    '164.308(b)(1)': {
      title: 'Business associate contracts and other arrangements',
      text: 'A covered entity may permit a business associate to create, receive, maintain, or transmit electronic protected health information on its behalf only if it obtains satisfactory assurances that the business associate will appropriately safeguard the information',
      implementation: 'required',
    },
    '164.312(a)(1)': {
      title: 'Access control',
      text: 'Implement technical policies and procedures to allow access only to those persons or software programs that have been granted access rights',
      implementation: 'required',
    },
    '164.312(a)(2)(iv)': {
      title: 'Encryption and decryption',
      text: 'Implement a mechanism to encrypt and decrypt electronic protected health information',
      implementation: 'addressable',
    },
    '164.312(b)': {
      title: 'Audit controls',
      text: 'Implement hardware, software, and/or procedural mechanisms that record and examine activity in information systems that contain or use electronic protected health information',
      implementation: 'required',
    },
    '164.312(c)(1)': {
      title: 'Integrity',
      text: 'Implement policies and procedures to protect electronic protected health information from improper alteration or destruction',
      implementation: 'required',
    },
    '164.312(d)': {
      title: 'Person or entity authentication',
      text: 'Implement procedures to verify that a person or entity seeking access to electronic protected health information is the one claimed',
      implementation: 'required',
    },
    '164.312(e)(1)': {
      title: 'Transmission security',
      text: 'Implement technical security measures to guard against unauthorized access to electronic protected health information that is being transmitted over an electronic communications network',
      implementation: 'required',
    },
    '164.312(e)(2)(i)': {
      title: 'Integrity controls',
      text: 'Implement security measures to ensure that electronically transmitted electronic protected health information is not improperly modified without detection until disposed of',
      implementation: 'addressable',
    },
    '164.312(e)(2)(ii)': {
      title: 'Encryption',
      text: 'Implement a mechanism to encrypt electronic protected health information whenever deemed appropriate',
      implementation: 'addressable',
    },
    '164.316(b)(2)(i)': {
      title: 'Time limit',
      text: 'Retain the documentation required by paragraph (b)(1) of this section for 6 years from the date of its creation or the date when it last was in effect, whichever is later',
      implementation: 'required',
    },
    '164.502(b)(1)': {
      title: 'Minimum necessary applies (Privacy Rule, Subpart E)',
      text: 'When using or disclosing protected health information or when requesting protected health information from another covered entity or business associate, a covered entity or business associate must make reasonable efforts to limit protected health information to the minimum necessary to accomplish the intended purpose of the use, disclosure, or request',
    },
  },
} as const satisfies Framework;
