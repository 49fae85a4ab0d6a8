import { about, type Diagnosis, shell } from '../diagnosis.ts';
import type { NotExamined, Plan } from '../facts.ts';

/** What was not looked into is said as such: nobody may take it for fine. */
export function judgeNotExamined(
  { account, reason, action, isRefused }: NotExamined,
  { role, deployment }: Plan,
): Diagnosis {
  const { unknown } = about('account', { account });
  const unread = { unavailable: reason, ...(action === undefined ? {} : { action }) };
  if (!isRefused) {
    return unknown(
      'Not examined',
      unread,
      'Name a role that each account has and that the central account may assume: --role <name>',
    );
  }
  return unknown(
    `Not examined, as the role ${role} could not be assumed`,
    unread,
    `See whether the account has the role, and trusts the caller: aws iam get-role --role-name ${shell(role ?? '')}. docs/doctor.md says what the role needs; the caller, usually of ${deployment.centralAccount}, needs sts:AssumeRole on it.`,
  );
}

/** No service-managed stack set reaches the management account (CloudFormation User Guide, "Considerations when targeting accounts"). */
export function judgeManagementAccount({ deployment }: Plan): Diagnosis {
  const account = deployment.organization.managementAccount;
  return about('account', { account }).warn(
    'The management account is in the units, but no service-managed stack set reaches it.',
    'With its credentials, and bootstrapped, in each Region: AWS_REGION=<Region> npm run deploy:here',
  );
}
