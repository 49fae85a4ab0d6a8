import { physical, type Requirement } from './framework.ts';

/** 45 CFR 164.310, in the order of Appendix A to Subpart C of Part 164. */
export const physicalSafeguards = {
  '164.310(a)(1)': {
    title: 'Facility access controls',
    text:
      'Implement policies and procedures to limit physical access to its electronic information systems and the ' +
      'facility or facilities in which they are housed, while ensuring that properly authorized access is allowed.',
    implementation: 'required',
    unserved: physical('AWS controls access to its facilities; see its audit reports.'),
  },
  '164.310(a)(2)(i)': {
    title: 'Contingency operations',
    text:
      'Establish (and implement as needed) procedures that allow facility access in support of restoration of lost data ' +
      'under the disaster recovery plan and emergency mode operations plan in the event of an emergency.',
    implementation: 'addressable',
    unserved: physical('facilities.'),
  },
  '164.310(a)(2)(ii)': {
    title: 'Facility security plan',
    text: 'Implement policies and procedures to safeguard the facility and the equipment therein […]',
    implementation: 'addressable',
    unserved: physical('facilities.'),
  },
  '164.310(a)(2)(iii)': {
    title: 'Access control and validation procedures',
    text: 'Implement procedures to control and validate a person’s access to facilities […]',
    implementation: 'addressable',
    unserved: physical('facilities.'),
  },
  '164.310(a)(2)(iv)': {
    title: 'Maintenance records',
    text:
      'Implement policies and procedures to document repairs and modifications to the physical components of a facility ' +
      '[…]',
    implementation: 'addressable',
    unserved: physical('facilities.'),
  },
  '164.310(b)': {
    title: 'Workstation use',
    text:
      'Implement policies and procedures that specify the proper functions to be performed, the manner in which those ' +
      'functions are to be performed, and the physical attributes of the surroundings of a specific workstation or ' +
      'class of workstation that can access electronic protected health information.',
    implementation: 'required',
    unserved: physical('workstations.'),
  },
  '164.310(c)': {
    title: 'Workstation security',
    text: 'Implement physical safeguards for all workstations that access electronic protected health information […]',
    implementation: 'required',
    unserved: physical('workstations.'),
  },
  '164.310(d)(1)': {
    title: 'Device and media controls',
    text:
      'Implement policies and procedures that govern the receipt and removal of hardware and electronic media that ' +
      'contain electronic protected health information […]',
    implementation: 'required',
    unserved: physical('hardware is handled by AWS.'),
  },
  '164.310(d)(2)(i)': {
    title: 'Disposal',
    text:
      'Implement policies and procedures to address the final disposition of electronic protected health information, ' +
      'and/or the hardware or electronic media on which it is stored',
    implementation: 'required',
  },
  '164.310(d)(2)(ii)': {
    title: 'Media re-use',
    text:
      'Implement procedures for removal of electronic protected health information from electronic media before the ' +
      'media are made available for re-use',
    implementation: 'required',
    unserved: physical('media are handled by AWS.'),
  },
  '164.310(d)(2)(iii)': {
    title: 'Accountability',
    text: 'Maintain a record of the movements of hardware and electronic media and any person responsible therefore.',
    implementation: 'addressable',
    unserved: physical('hardware.'),
  },
  '164.310(d)(2)(iv)': {
    title: 'Data backup and storage',
    text:
      'Create a retrievable, exact copy of electronic protected health information, when needed, before movement of ' +
      'equipment',
    implementation: 'addressable',
    unserved: physical('about moving equipment.'),
  },
} as const satisfies Readonly<Record<string, Requirement>>;
