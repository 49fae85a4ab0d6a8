import { about, type Diagnosis, shell } from '../diagnosis.ts';
import type { NotExamined, Plan } from '../facts.ts';

/** What was not examined is reported as such, so that no one treats it as OK. */
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
      'Name a role that each account has and that the central account can assume: --role <name>',
    );
  }
  return unknown(
    `Not examined, because the role ${role?.name} could not be assumed`,
    unread,
    'Check that the account has the role and that the role trusts the caller: aws iam get-role --role-name ' +
      `${shell(role?.name ?? '')}. docs/doctor.md lists the permissions of the role. The caller, usually in account ` +
      `${deployment.centralAccount}, needs sts:AssumeRole for it.`,
  );
}

/** No service-managed stack set reaches the management account (CloudFormation User Guide, "Considerations when targeting accounts"). */
export function judgeManagementAccount({ deployment }: Plan): Diagnosis {
  const account = deployment.organization.managementAccount;
  return about('account', { account }).warn(
    'The management account is in the units, but no service-managed stack set reaches it.',
    'In each Region, bootstrap the account and, with its credentials, run: AWS_REGION=<Region> npm run deploy:here',
  );
}
