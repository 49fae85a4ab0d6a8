import type { Password } from '../../facts/iam.ts';
import { asked } from '../asked.ts';
import { passwordOf, REPORT, reportedRow } from './credential-report.ts';

/** When the password was set and used. */
export const password = asked<Password | null, (typeof REPORT)[number]>(REPORT, async (ask, user) =>
  passwordOf(await reportedRow(ask, user)),
);
