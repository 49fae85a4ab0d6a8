import type { Policy } from '../policy/language/document.ts';
import type { AccessPointSettings } from './bucket-settings.ts';
/** What a rule on an access point may read. */
export interface AccessPointFacets {
  /** By which policies name it: with the alias in it where it is a Multi-Region Access Point. */
  readonly accessPointArn: string;
  /** null when the access point has no policy. */
  readonly accessPointPolicy: Policy | null;
  readonly accessPointSettings: AccessPointSettings;
}
