import type { Framework } from './framework.ts';
import { duties } from './gdpr-duties.ts';
import { principles } from './gdpr-principles.ts';

/** The paragraphs that the security and the lifetime of stored data touch. */
export const gdpr = {
  id: 'gdpr',
  name: 'GDPR',
  citation: 'Regulation (EU) 2016/679 (General Data Protection Regulation)',
  url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  asOf: '2019-05-10',
  source:
    'a copy of the articles of the Regulation (aptible/www.aptible.com, source/gdpr/articles); whether a later corrigendum changes ' +
    'these paragraphs was not verified',
  leftOut:
    'lawfulness and consent (Articles 6 to 11), the rights of the data subject other than erasure (12 to 16, 18 to 23), joint ' +
    'controllers and representatives (26, 27), prior consultation (36), data protection officers, codes and certification (37 to ' +
    '43), other grounds for transfers (47 to 50), and authorities, remedies and special situations (51 to 99)',
  requirements: { ...principles, ...duties },
} as const satisfies Framework;
