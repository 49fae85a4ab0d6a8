import type { ConfigurationItem } from '../core/configuration-item.ts';
import { type Absence, type Context, evaluate, evaluateAbsent } from '../core/engine.ts';
import type { FacetName, SubjectKind } from '../core/facets.ts';
import type { Finding } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';
import { type Identity, type Reading, type Subject, subjectOf } from '../core/subject.ts';
import { facetNames, facets } from '../facets/index.ts';
import type { Inventory } from '../facets/inventory.ts';

/** The recorded resource type of each kind of subject. */
export const RESOURCE_TYPE: { readonly [K in SubjectKind]: string } = {
  bucket: 'AWS::S3::Bucket',
  accessPoint: 'AWS::S3::AccessPoint',
};

/** Facets that the source has asked the service for, by name. */
export type ServiceReadings = ReadonlyMap<FacetName, Reading<unknown>>;

export function identityOf(item: ConfigurationItem): Identity {
  const { resourceType, resourceId, resourceName, arn, account, region } = item;
  return { type: resourceType, id: resourceId, name: resourceName, arn, account, region };
}

/** Why a recorded resource is not to be judged, or null when it is there. */
export function absenceOf(item: ConfigurationItem): Absence | null {
  switch (item.status) {
    case 'OK':
    case 'ResourceDiscovered':
      return null;
    case 'ResourceNotRecorded':
      return 'resourceNotRecorded';
    case 'ResourceDeleted':
    case 'ResourceDeletedNotRecorded':
      return 'resourceDeleted';
  }
}

/** The subject an item describes, its facets read when asked for. */
export function subjectFrom(
  item: ConfigurationItem,
  inventory: Inventory,
  service: ServiceReadings = new Map(),
): Subject {
  return subjectOf(identityOf(item), facetNames, (name) => {
    const facet = facets[name];
    switch (facet.from) {
      case 'item':
        return facet.read(item);
      case 'inventory':
        return facet.read(item, inventory);
      case 'service':
        return service.get(name) ?? notAsked(facet.permissions);
    }
  });
}

function notAsked([action]: readonly string[]): Reading<never> {
  return { unavailable: 'AWS Config does not record it', ...(action ? { action } : {}) };
}

/** What a rule says of a recorded resource, whether it is still there or gone. */
export function findingOn(
  rule: Rule,
  item: ConfigurationItem,
  subject: Subject,
  context: Omit<Context, 'capturedAt'>,
): Finding {
  const capturedAt = item.captureTime;
  const absence = absenceOf(item);
  return absence
    ? evaluateAbsent(rule, subject, absence, capturedAt)
    : evaluate(rule, subject, { ...context, capturedAt });
}
