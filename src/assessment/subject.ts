import { type Absence, type Context, evaluate, evaluateAbsent } from '../engine/evaluate.ts';
import type { Finding } from '../engine/finding.ts';
import type { Rule } from '../engine/rule.ts';
import { type Subject, subjectOf } from '../engine/subject.ts';
import { facetNames, facets } from '../facets/index.ts';
import type { Inventory } from '../facets/inventory.ts';
import { permissionsOf } from '../facets/needs.ts';
import type { FacetName, SubjectKind } from '../facts/index.ts';
import type { Pack } from '../facts/pack.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import { normalise } from '../records/normalise.ts';
import type { Identity, Reading } from '../records/reading.ts';

/** The resource types of each kind of subject, as AWS Config names them. */
export const RESOURCE_TYPES: { readonly [K in SubjectKind]: readonly string[] } = {
  account: ['AWS::::Account'],
  accessPoint: ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPoint'],
  bucket: ['AWS::S3::Bucket'],
  iamPolicy: ['AWS::IAM::Policy', 'AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role'],
  iamUser: ['AWS::IAM::User'],
};

/** Whether a rule judges resources of this type. */
export const isJudgedBy = ({ resourceType }: ConfigurationItem, { subject }: Rule) =>
  RESOURCE_TYPES[subject].includes(resourceType);

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

/**
 * The subject an item describes, its facets read when asked for.
 * @param now the time of the evaluation (ISO, UTC).
 * @param pack what the subject's facets may need to know of all rules.
 */
export function subjectFrom(
  item: ConfigurationItem,
  inventory: Inventory,
  now: string,
  service: ServiceReadings = new Map(),
  pack: Pack | null = null,
): Subject {
  return subjectOf(identityOf(item), facetNames, (name) => {
    const facet = facets[name];
    switch (facet.from) {
      case 'item':
        return facet.read(item);
      case 'inventory':
        return facet.read(item, inventory);
      case 'service':
        return service.get(name) ?? notAsked(permissionsOf(facet));
      case 'clock':
        return facet.read(now);
      case 'pack':
        return pack ? facet.read(pack) : { unavailable: 'the rules of the pack are not at hand' };
    }
  });
}

function notAsked([action]: readonly string[]): Reading<never> {
  return { unavailable: 'AWS Config does not record it', ...(action ? { action } : {}) };
}

/** An account has no record of its own: this stands for it, seen from one Region at one time (ISO). */
export const accountItem = (account: string, region: string, at: string): ConfigurationItem =>
  normalise({
    resourceType: 'AWS::::Account',
    resourceId: account,
    awsAccountId: account,
    awsRegion: region,
    configurationItemStatus: 'OK',
    configurationItemCaptureTime: at,
  });

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
