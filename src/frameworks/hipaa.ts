import type { Framework } from './framework.ts';
import { administrativeSafeguards } from './hipaa-administrative.ts';
import { administrativeOperations } from './hipaa-operations.ts';
import { businessAssociates, organizationalRequirements } from './hipaa-organizational.ts';
import { physicalSafeguards } from './hipaa-physical.ts';
import { breachAndPrivacy } from './hipaa-privacy.ts';
import { technicalSafeguards } from './hipaa-technical.ts';

export const hipaa = {
  id: 'hipaa',
  name: 'HIPAA',
  citation: '45 CFR Part 164, Subparts C (Security), D (Breach Notification) and E (Privacy)',
  url: 'https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164',
  asOf: '2019-05-10',
  source:
    'copies of the sections (aptible/www.aptible.com, source/hipaa/regulations), but 164.310(d)(2)(ii) from a quotation of the eCFR ' +
    'of 2026-10-07; whether one of the paragraphs was amended after 2019 was not verified',
  leftOut:
    '164.306 (general rules), 164.308(b)(2) and 164.314(a)(2) and (b)(2) (what contracts and plan documents must say), Subpart D ' +
    'except for the definition of unsecured information (notification is done by people), and Subpart E except for minimum necessary, ' +
    'safeguards and documentation, for example 164.514(d) and 164.528',
  parts: {
    '164.30': 'Security Rule',
    '164.31': 'Security Rule',
    '164.4': 'Breach Notification Rule',
    '164.5': 'Privacy Rule',
  },
  requirements: {
    ...administrativeSafeguards,
    ...administrativeOperations,
    ...businessAssociates,
    ...physicalSafeguards,
    ...technicalSafeguards,
    ...organizationalRequirements,
    ...breachAndPrivacy,
  },
} as const satisfies Framework;
