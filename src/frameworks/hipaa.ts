import type { Framework } from './framework.ts';
import { administrativeSafeguards } from './hipaa-administrative.ts';
import { physicalSafeguards } from './hipaa-physical.ts';
import { technicalSafeguards } from './hipaa-technical.ts';

export const hipaa = {
  id: 'hipaa',
  name: 'HIPAA Security Rule',
  citation: '45 CFR Part 164, Subpart C',
  url: 'https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-C',
  requirements: {
    ...administrativeSafeguards,
    ...physicalSafeguards,
    ...technicalSafeguards,
    // The one paragraph of the Privacy Rule that a setting of S3 can help to satisfy.
    '164.502(b)(1)': {
      title: 'Minimum necessary applies (Privacy Rule, Subpart E)',
      text:
        'a covered entity or business associate must make reasonable efforts to limit protected health information to ' +
        'the minimum necessary to accomplish the intended purpose of the use, disclosure, or request',
    },
  },
} as const satisfies Framework;
