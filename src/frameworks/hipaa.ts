import type { Framework } from './framework.ts';
import { administrativeSafeguards } from './hipaa-administrative.ts';
import { physicalSafeguards } from './hipaa-physical.ts';
import { technicalSafeguards } from './hipaa-technical.ts';

export const hipaa = {
  id: 'hipaa',
  name: 'HIPAA Security Rule',
  citation: '45 CFR Part 164, Subpart C',
  url: 'https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-C',
  requirements: { ...administrativeSafeguards, ...physicalSafeguards, ...technicalSafeguards },
} as const satisfies Framework;
