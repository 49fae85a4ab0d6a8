import type { Versioning } from '../../../facts/bucket-settings.ts';
import { object, oneOf, optionalFlag } from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'BucketVersioningConfiguration';

/** Config writes "Off" where the S3 API leaves the status out; MFA delete that was never set is null. */
export const versioning = recorded<Versioning>(KEY, (value) => {
  const { status, isMfaDeleteEnabled } = object(value, KEY);
  return {
    status: oneOf(status, ['Enabled', 'Suspended', 'Off'], `${KEY}.status`),
    mfaDelete: optionalFlag(isMfaDeleteEnabled, `${KEY}.isMfaDeleteEnabled`),
  };
});
