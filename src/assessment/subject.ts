import { type Absence, type Context, evaluate, evaluateAbsent } from '../engine/evaluate.ts';
import type { Finding } from '../engine/finding.ts';
import type { Rule } from '../engine/rule.ts';
import {
  type ReadFacet,
  type Subject,
  type SubjectClass,
  subjectClass,
} from '../engine/subject.ts';
import { facetOf } from '../facets/facet-of.ts';
import { facets } from '../facets/index.ts';
import type { Inventory } from '../facets/inventory.ts';
import { permissionsOf } from '../facets/needs.ts';
import type { FacetName } from '../facts/index.ts';
import type { Pack } from '../facts/pack.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import { kindNames, kinds, type SubjectKind } from '../records/kinds.ts';
import type { Identity, Reading } from '../records/reading.ts';

/** Whether a rule judges resources of this type. */
export const isJudgedBy = ({ resourceType }: ConfigurationItem, { subject }: Rule) =>
  Object.hasOwn(kinds[subject].types, resourceType);

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

/** What the facets of a subject may be read from. */
export interface Circumstances {
  readonly inventory: Inventory;
  /** The time of the evaluation (ISO, UTC). */
  readonly now: string;
  readonly answers?: ServiceReadings;
  /** What rules may know of all rules; null where that is not at hand. */
  readonly pack?: Pack | null;
}

/** One class for each kind of subject, with the facets of that kind and no others. */
const classes = Object.fromEntries(
  kindNames.map((kind) => [kind, subjectClass(Object.keys(facets[kind]) as FacetName[])]),
) as Readonly<Record<SubjectKind, SubjectClass>>;

/** The subject of a kind that an item describes, its facets read when a rule asks for them. */
export const subjectFrom = (
  kind: SubjectKind,
  item: ConfigurationItem,
  circumstances: Circumstances,
): Subject =>
  subjectOf(kind, identityOf(item), (name) => readFacet(kind, name, item, circumstances));

export const subjectOf = (kind: SubjectKind, identity: Identity, read: ReadFacet): Subject =>
  new classes[kind](identity, read);

/** Reads one facet of the subject that an item describes. */
export function readFacet(
  kind: SubjectKind,
  name: FacetName,
  item: ConfigurationItem,
  { inventory, now, answers, pack = null }: Circumstances,
): Reading<unknown> {
  const facet = facetOf(kind, name);
  switch (facet.from) {
    case 'item':
      return facet.read(item);
    case 'inventory':
      return facet.read(item, inventory);
    case 'service':
      return answers?.get(name) ?? notAsked(permissionsOf(facet));
    case 'clock':
      return facet.read(now);
    case 'pack':
      return pack ? facet.read(pack) : { unavailable: 'the rules of the pack are not at hand' };
  }
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
    ? evaluateAbsent(rule, subject, absence, { params: context.params, capturedAt })
    : evaluate(rule, subject, { ...context, capturedAt });
}
