import health from '../../rules/config-recorder-health.ts';
import { rules } from '../../rules/index.ts';
import { packOf } from '../assessment/pack-of.ts';
import { parametersOf } from '../engine/parameters.ts';
import { tiersUpTo } from '../engine/tier.ts';
import type { Terms } from '../knowledge/accounts/pack-health.ts';
import type { Role } from '../services/role.ts';
import type { Settings } from '../settings/settings.ts';
import {
  type Deployment,
  homeRegionOf,
  packOf as packOfDeployment,
} from '../settings-file/deployment/deployment.ts';
import type { Plan } from './facts.ts';

/** The recorders must meet what config-recorder-health will require, with the same settings. */
export function planOf(deployment: Deployment, settings: Settings, role: Role | undefined): Plan {
  const pack = packOfDeployment(deployment);
  const terms = parametersOf(health, settings, {
    frameworks: pack.frameworks,
    homeRegions: [homeRegionOf(deployment)],
    tiers: pack.tier ? tiersUpTo(pack.tier) : [],
  });
  return { deployment, role, pack: packOf(rules), terms: terms as unknown as Terms };
}
