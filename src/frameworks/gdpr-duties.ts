import { organizational, type Requirement } from './framework.ts';

/** GDPR, Articles 28 to 46: processors, records, security, breaches and transfers. */
export const duties = {
  '44': {
    title: 'General principle for transfers',
    text:
      'Any transfer of personal data which are undergoing processing or are intended for processing after transfer to a ' +
      'third country or to an international organisation shall take place only if, subject to the other provisions of ' +
      'this Regulation, the conditions laid down in this Chapter are complied with by the controller and processor […]',
  },
  '45': {
    title: 'Transfers on the basis of an adequacy decision',
    text:
      'A transfer of personal data to a third country or an international organisation may take place where the ' +
      'Commission has decided that the third country, a territory or one or more specified sectors within that third ' +
      'country, or the international organisation in question ensures an adequate level of protection. Such a transfer ' +
      'shall not require any specific authorisation.',
    unserved: organizational(
      'which countries have a decision is looked up by people, who then list their Regions in allowedRegions of s3-residency.',
    ),
  },
  '28(1)': {
    title: 'Processor',
    text:
      'Where processing is to be carried out on behalf of a controller, the controller shall use only processors ' +
      'providing sufficient guarantees to implement appropriate technical and organisational measures in such a manner ' +
      'that processing will meet the requirements of this Regulation and ensure the protection of the rights of the ' +
      'data subject.',
    unserved: organizational(
      'the choice of a processor and its guarantees; for AWS, see its audit reports.',
    ),
  },
  '28(3)': {
    title: 'Processor',
    text: 'Processing by a processor shall be governed by a contract or other legal act […]',
    unserved: organizational('the content of a contract.'),
  },
  '28(3)(c)': {
    title: 'Processor (measures under Article 32)',
    text: 'takes all measures required pursuant to Article 32',
    unserved: organizational(
      'a term of the contract; the measures themselves are cited under Article 32.',
    ),
  },
  '28(3)(h)': {
    title: 'Processor (demonstrating compliance, audits)',
    text:
      'makes available to the controller all information necessary to demonstrate compliance with the obligations laid ' +
      'down in this Article and allow for and contribute to audits, including inspections, conducted by the controller ' +
      'or another auditor mandated by the controller.',
  },
  '30(1)': {
    title: 'Records of processing activities',
    text:
      'Each controller and, where applicable, the controller’s representative, shall maintain a record of processing ' +
      'activities under its responsibility.',
    unserved: organizational('a document that the controller keeps; logs are not that record.'),
  },
  '30(1)(c)': {
    title: 'Records of processing activities (categories of data)',
    text: 'a description of the categories of data subjects and of the categories of personal data',
  },
  '30(1)(f)': {
    title: 'Records of processing activities (time limits for erasure)',
    text: 'where possible, the envisaged time limits for erasure of the different categories of data',
  },
  '30(1)(g)': {
    title: 'Records of processing activities (security measures)',
    text:
      'where possible, a general description of the technical and organisational security measures referred to in ' +
      'Article 32(1).',
  },
  '32(1)(a)': {
    title: 'Security of processing',
    text: 'the pseudonymisation and encryption of personal data',
  },
  '32(1)(b)': {
    title: 'Security of processing',
    text:
      'the ability to ensure the ongoing confidentiality, integrity, availability and resilience of processing systems ' +
      'and services',
  },
  '32(1)(c)': {
    title: 'Security of processing',
    text:
      'the ability to restore the availability and access to personal data in a timely manner in the event of a ' +
      'physical or technical incident',
  },
  '32(1)(d)': {
    title: 'Security of processing',
    text:
      'a process for regularly testing, assessing and evaluating the effectiveness of technical and organisational ' +
      'measures for ensuring the security of the processing',
  },
  '32(2)': {
    title: 'Security of processing',
    text:
      'In assessing the appropriate level of security account shall be taken in particular of the risks that are ' +
      'presented by processing, in particular from accidental or unlawful destruction, loss, alteration, unauthorised ' +
      'disclosure of, or access to personal data transmitted, stored or otherwise processed.',
  },
  '32(4)': {
    title: 'Security of processing',
    text:
      'The controller and processor shall take steps to ensure that any natural person acting under the authority of ' +
      'the controller or the processor who has access to personal data does not process them except on instructions ' +
      'from the controller, unless he or she is required to do so by Union or Member State law.',
  },
  '33(1)': {
    title: 'Notification of a personal data breach to the supervisory authority',
    text:
      'In the case of a personal data breach, the controller shall without undue delay and, where feasible, not later ' +
      'than 72 hours after having become aware of it, notify the personal data breach to the supervisory authority […]',
  },
  '33(5)': {
    title: 'Notification of a personal data breach to the supervisory authority',
    text:
      'The controller shall document any personal data breaches, comprising the facts relating to the personal data ' +
      'breach, its effects and the remedial action taken',
  },
  '34(3)(a)': {
    title: 'Communication of a personal data breach to the data subject',
    text:
      'the controller has implemented appropriate technical and organisational protection measures, and those measures ' +
      'were applied to the personal data affected by the personal data breach, in particular those that render the ' +
      'personal data unintelligible to any person who is not authorised to access it, such as encryption',
  },
  '35(1)': {
    title: 'Data protection impact assessment',
    text:
      '[…] the controller shall, prior to the processing, carry out an assessment of the impact of the envisaged ' +
      'processing operations on the protection of personal data',
    unserved: organizational('an assessment by people.'),
  },
  '46(1)': {
    title: 'Transfers subject to appropriate safeguards',
    text:
      'In the absence of a decision pursuant to Article 45(3), a controller or processor may transfer personal data to ' +
      'a third country or an international organisation only if the controller or processor has provided appropriate ' +
      'safeguards, and on condition that enforceable data subject rights and effective legal remedies for data subjects ' +
      'are available.',
  },
} as const satisfies Readonly<Record<string, Requirement>>;
