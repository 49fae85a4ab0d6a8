import type { Credentials } from '../../facts/iam.ts';
import { asked } from '../asked.ts';
import { credentialsOf, REPORT, reportedRow } from './credential-report.ts';

/** The access keys, and whether there are a password and an MFA device. */
export const credentials = asked<Credentials, (typeof REPORT)[number]>(REPORT, async (ask, user) =>
  credentialsOf(await reportedRow(ask, user)),
);
