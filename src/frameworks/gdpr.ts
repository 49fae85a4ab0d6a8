import { type Framework, organizational, outsideS3 } from './framework.ts';

/** The articles that the security and the lifetime of stored data touch. */
export const gdpr = {
  id: 'gdpr',
  name: 'GDPR',
  citation: 'Regulation (EU) 2016/679 (General Data Protection Regulation)',
  url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  requirements: {
    '5(1)(a)': {
      title:
        'Principles relating to processing of personal data (lawfulness, fairness and transparency)',
      text: 'processed lawfully, fairly and in a transparent manner in relation to the data subject',
      unserved: organizational('a matter of law and of information given to people.'),
    },
    '5(1)(b)': {
      title: 'Principles relating to processing of personal data (purpose limitation)',
      text:
        'collected for specified, explicit and legitimate purposes and not further processed in a manner that is ' +
        'incompatible with those purposes',
      unserved: organizational('purposes are not recorded in AWS.'),
    },
    '5(1)(c)': {
      title: 'Principles relating to processing of personal data (data minimisation)',
      text: 'adequate, relevant and limited to what is necessary in relation to the purposes for which they are processed',
    },
    '5(1)(d)': {
      title: 'Principles relating to processing of personal data (accuracy)',
      text: 'accurate and, where necessary, kept up to date',
      unserved: outsideS3('the content of objects is not looked into.'),
    },
    '5(1)(e)': {
      title: 'Principles relating to processing of personal data (storage limitation)',
      text:
        'kept in a form which permits identification of data subjects for no longer than is necessary for the purposes ' +
        'for which the personal data are processed',
    },
    '5(1)(f)': {
      title: 'Principles relating to processing of personal data (integrity and confidentiality)',
      text:
        'processed in a manner that ensures appropriate security of the personal data, including protection against ' +
        'unauthorised or unlawful processing and against accidental loss, destruction or damage',
    },
    '5(2)': {
      title: 'Principles relating to processing of personal data (accountability)',
      text: 'The controller shall be responsible for, and be able to demonstrate compliance with, paragraph 1',
    },
    '17(1)': {
      title: 'Right to erasure (‘right to be forgotten’)',
      text:
        'The data subject shall have the right to obtain from the controller the erasure of personal data concerning him ' +
        'or her without undue delay',
    },
    '24(1)': {
      title: 'Responsibility of the controller',
      text:
        'the controller shall implement appropriate technical and organisational measures to ensure and to be able to ' +
        'demonstrate that processing is performed in accordance with this Regulation. Those measures shall be reviewed ' +
        'and updated where necessary',
    },
    '25(1)': {
      title: 'Data protection by design and by default',
      text:
        'implement appropriate technical and organisational measures which are designed to implement data-protection ' +
        'principles in an effective manner',
    },
    '25(2)': {
      title: 'Data protection by design and by default',
      text:
        'by default personal data are not made accessible without the individual’s intervention to an indefinite number ' +
        'of natural persons',
    },
    '28(3)': {
      title: 'Processor',
      text: 'Processing by a processor shall be governed by a contract or other legal act',
      unserved: organizational('the content of a contract.'),
    },
    '30(1)': {
      title: 'Records of processing activities',
      text: 'Each controller shall maintain a record of processing activities under its responsibility',
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
    '32(1)(a)': {
      title: 'Security of processing',
      text: 'the pseudonymisation and encryption of personal data',
    },
    '32(1)(b)': {
      title: 'Security of processing',
      text: 'the ability to ensure the ongoing confidentiality, integrity, availability and resilience of processing systems and services',
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
        'disclosure of, or access to personal data transmitted, stored or otherwise processed',
    },
    '32(4)': {
      title: 'Security of processing',
      text:
        'any natural person acting under the authority of the controller or the processor who has access to personal ' +
        'data does not process them except on instructions from the controller',
    },
    '33(1)': {
      title: 'Notification of a personal data breach to the supervisory authority',
      text:
        'In the case of a personal data breach, the controller shall without undue delay and, where feasible, not later ' +
        'than 72 hours after having become aware of it, notify the personal data breach to the supervisory authority',
    },
    '33(5)': {
      title: 'Notification of a personal data breach to the supervisory authority',
      text:
        'The controller shall document any personal data breaches, comprising the facts relating to the personal data ' +
        'breach, its effects and the remedial action taken',
    },
    '34(3)(a)': {
      title: 'Communication of a personal data breach to the data subject',
      text: 'measures that render the personal data unintelligible to any person who is not authorised to access it, such as encryption',
    },
    '35(1)': {
      title: 'Data protection impact assessment',
      text:
        'the controller shall, prior to the processing, carry out an assessment of the impact of the envisaged ' +
        'processing operations on the protection of personal data',
      unserved: organizational('an assessment by people.'),
    },
    '44': {
      title: 'General principle for transfers',
      text:
        'Any transfer of personal data to a third country or to an international organisation shall take place only if ' +
        'the conditions laid down in this Chapter are complied with',
    },
    '46(1)': {
      title: 'Transfers subject to appropriate safeguards',
      text:
        'a controller or processor may transfer personal data to a third country or an international organisation only ' +
        'if the controller or processor has provided appropriate safeguards, and on condition that enforceable data ' +
        'subject rights and effective legal remedies for data subjects are available',
    },
  },
} as const satisfies Framework;
