import type { SecurityHub } from '@aws-sdk/client-securityhub';

/**
 * What the command line needs of the account it is run in. The packages of the AWS SDK are loaded here, when they are
 * needed: a machine that only judges files does not have them.
 */

/** The account id of whoever calls. @throws MissingPackage */
export async function callerAccount(): Promise<string> {
  const { STSClient, GetCallerIdentityCommand } = await loaded(
    '@aws-sdk/client-sts',
    () => import('@aws-sdk/client-sts'),
  );
  const { Account } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
  if (Account === undefined) throw new Error('AWS did not say which account this is.');
  return Account;
}

/** The Region that the environment or the AWS configuration names; null when neither does. @throws MissingPackage */
export async function configuredRegion(profile: string | undefined): Promise<string | null> {
  const { STSClient } = await loaded('@aws-sdk/client-sts', () => import('@aws-sdk/client-sts'));
  try {
    return await new STSClient(profile === undefined ? {} : { profile }).config.region();
  } catch {
    return null;
  }
}

/** Security Hub of a Region, one attempt a call. @throws MissingPackage */
export async function securityHubIn(region: string): Promise<SecurityHub> {
  const sdk = await loaded(
    '@aws-sdk/client-securityhub',
    () => import('@aws-sdk/client-securityhub'),
  );
  return new sdk.SecurityHub({ region, maxAttempts: 1 });
}

/** A package of the AWS SDK is not installed. */
export class MissingPackage extends Error {
  override readonly name = 'MissingPackage';
}

/** @throws MissingPackage */
export async function loaded<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw error;
    throw new MissingPackage(`This needs the package ${name}: npm install ${name}`, {
      cause: error,
    });
  }
}
