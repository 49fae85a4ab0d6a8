import type { Framework } from './framework.ts';

export const gdpr = {
  id: 'gdpr',
  name: 'GDPR',
  citation: 'Regulation (EU) 2016/679 (General Data Protection Regulation)',
  url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  requirements: {
    '5(1)(c)': {
      title: 'Principles relating to processing of personal data (data minimisation)',
      text: 'adequate, relevant and limited to what is necessary in relation to the purposes for which they are processed',
    },
    '5(1)(e)': {
      title: 'Principles relating to processing of personal data (storage limitation)',
      text: 'kept in a form which permits identification of data subjects for no longer than is necessary for the purposes for which the personal data are processed',
    },
    '5(1)(f)': {
      title: 'Principles relating to processing of personal data (integrity and confidentiality)',
      text: 'processed in a manner that ensures appropriate security of the personal data, including protection against unauthorised or unlawful processing and against accidental loss, destruction or damage',
    },
    '5(2)': {
      title: 'Principles relating to processing of personal data (accountability)',
      text: 'The controller shall be responsible for, and be able to demonstrate compliance with, paragraph 1',
    },
    '25(2)': {
      title: 'Data protection by design and by default',
      text: 'by default personal data are not made accessible without the individual’s intervention to an indefinite number of natural persons',
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
      text: 'the ability to restore the availability and access to personal data in a timely manner in the event of a physical or technical incident',
    },
    '32(1)(d)': {
      title: 'Security of processing',
      text: 'a process for regularly testing, assessing and evaluating the effectiveness of technical and organisational measures for ensuring the security of the processing',
    },
    '32(2)': {
      title: 'Security of processing',
      text: 'In assessing the appropriate level of security account shall be taken in particular of the risks that are presented by processing, in particular from accidental or unlawful destruction, loss, alteration, unauthorised disclosure of, or access to personal data transmitted, stored or otherwise processed',
    },
    '32(4)': {
      title: 'Security of processing',
      text: 'any natural person acting under the authority of the controller or the processor who has access to personal data does not process them except on instructions from the controller',
    },
    '33(5)': {
      title: 'Notification of a personal data breach to the supervisory authority',
      text: 'The controller shall document any personal data breaches, comprising the facts relating to the personal data breach, its effects and the remedial action taken',
    },
    '34(3)(a)': {
      title: 'Communication of a personal data breach to the data subject',
      text: 'measures that render the personal data unintelligible to any person who is not authorised to access it, such as encryption',
    },
  },
} as const satisfies Framework;
