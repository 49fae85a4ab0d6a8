import type { AllFacets, FacetName } from '../core/facets.ts';
import { accessAnalysis } from './access-analysis.ts';
import { accessPointPolicy } from './access-point-policy.ts';
import { accountPublicAccessBlock } from './account-public-access-block.ts';
import { acl } from './acl.ts';
import { blockPublicAccess } from './block-public-access.ts';
import { deliveryChannel } from './delivery-channel.ts';
import { deployedRules } from './deployed-rules.ts';
import { encryption } from './encryption.ts';
import type { Facet } from './facet.ts';
import { kmsAliases } from './kms-aliases.ts';
import { lifecycle } from './lifecycle.ts';
import { logTarget } from './log-target.ts';
import { logging } from './logging.ts';
import { now } from './now.ts';
import { objectLock } from './object-lock.ts';
import { ownership } from './ownership.ts';
import { pack } from './pack.ts';
import { policy } from './policy.ts';
import { policySha256 } from './policy-sha256.ts';
import { publicAccessBlock } from './public-access-block.ts';
import { recorder } from './recorder.ts';
import { replicaBuckets } from './replica-buckets.ts';
import { replication } from './replication.ts';
import { roles } from './roles.ts';
import { tags } from './tags.ts';
import { versioning } from './versioning.ts';

/** Every facet; the compiler keeps it complete and of the right type. */
export const facets: { readonly [F in FacetName]: Facet<AllFacets[F]> } = {
  accessAnalysis,
  accessPointPolicy,
  accountPublicAccessBlock,
  acl,
  blockPublicAccess,
  deliveryChannel,
  deployedRules,
  encryption,
  kmsAliases,
  lifecycle,
  logging,
  logTarget,
  now,
  objectLock,
  ownership,
  pack,
  policy,
  policySha256,
  publicAccessBlock,
  recorder,
  replicaBuckets,
  replication,
  roles,
  tags,
  versioning,
};

export const facetNames = Object.keys(facets) as FacetName[];
