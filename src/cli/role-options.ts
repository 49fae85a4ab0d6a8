import { isExternalId, isRoleName, type Role } from '../services/role.ts';
import { UsageError } from './io.ts';

/** How a role is named on the command line, with the option that names it. @throws UsageError */
export function roleOf(
  option: string,
  { name, externalId }: Readonly<Record<'name' | 'externalId', string | undefined>>,
): Role | undefined {
  if (externalId !== undefined && name === undefined)
    throw new UsageError(`--external-id needs ${option}: the role that expects it.`);
  if (externalId !== undefined) checkExternalId(externalId);
  if (name === undefined) return undefined;
  if (!isRoleName(name))
    throw new UsageError(
      `${option}: ${name} is not the name of a role. Use the name without its ARN.`,
    );
  return { name, externalId };
}

/** @throws UsageError */
export function checkExternalId(text: string): void {
  if (!isExternalId(text))
    throw new UsageError(
      '--external-id: this is not an external ID, which has 2 to 1,224 letters, digits or _+=,.@:/-',
    );
}

export const EXTERNAL_ID_OPTION = [
  '--external-id <id>',
  'the external ID that the trust policy of the role expects',
] as const;
