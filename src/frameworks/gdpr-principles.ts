import { organizational, outsideS3, type Requirement } from './framework.ts';

/** GDPR, Articles 5 to 25: the principles, erasure, and the responsibility of the controller. */
export const principles = {
  '5(1)(a)': {
    title:
      'Principles relating to processing of personal data (lawfulness, fairness and transparency)',
    text: 'processed lawfully, fairly and in a transparent manner in relation to the data subject […]',
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
    text: 'adequate, relevant and limited to what is necessary in relation to the purposes for which they are processed […]',
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
      'unauthorised or unlawful processing and against accidental loss, destruction or damage […]',
  },
  '5(2)': {
    title: 'Principles relating to processing of personal data (accountability)',
    text: 'The controller shall be responsible for, and be able to demonstrate compliance with, paragraph 1 […]',
  },
  '17(1)': {
    title: 'Right to erasure (‘right to be forgotten’)',
    text:
      'The data subject shall have the right to obtain from the controller the erasure of personal data concerning him ' +
      'or her without undue delay […]',
  },
  '24(1)': {
    title: 'Responsibility of the controller',
    text:
      'Taking into account the nature, scope, context and purposes of processing as well as the risks of varying ' +
      'likelihood and severity for the rights and freedoms of natural persons, the controller shall implement ' +
      'appropriate technical and organisational measures to ensure and to be able to demonstrate that processing is ' +
      'performed in accordance with this Regulation. Those measures shall be reviewed and updated where necessary.',
  },
  '25(1)': {
    title: 'Data protection by design and by default',
    text:
      '[…] the controller shall, both at the time of the determination of the means for processing and at the time of ' +
      'the processing itself, implement appropriate technical and organisational measures, such as pseudonymisation, ' +
      'which are designed to implement data-protection principles, such as data minimisation, in an effective manner ' +
      'and to integrate the necessary safeguards into the processing in order to meet the requirements of this ' +
      'Regulation and protect the rights of data subjects.',
  },
  '25(2)': {
    title: 'Data protection by design and by default',
    text:
      'The controller shall implement appropriate technical and organisational measures for ensuring that, by default, ' +
      'only personal data which are necessary for each specific purpose of the processing are processed. […] In ' +
      'particular, such measures shall ensure that by default personal data are not made accessible without the ' +
      'individual’s intervention to an indefinite number of natural persons.',
  },
} as const satisfies Readonly<Record<string, Requirement>>;
