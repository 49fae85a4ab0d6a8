import { SubjectGone } from '../facets/asked.ts';
import { facetOf } from '../facets/facet-of.ts';
import type { FacetName } from '../facts/index.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { SubjectKind } from '../records/kinds.ts';
import type { Reading } from '../records/reading.ts';
import type { Services } from '../services/services.ts';
import { absenceOf, type ServiceReadings } from './subject.ts';

/** A record with what the services said of the resource. */
export interface Answered {
  /** Marked as deleted when a service said that the resource is gone. */
  readonly item: ConfigurationItem;
  readonly readings: ServiceReadings;
}

/** Asks the services for the facets that AWS Config does not record. @throws whatever is worth another try. */
export async function askServices(
  kind: SubjectKind,
  item: ConfigurationItem,
  reads: readonly FacetName[],
  services: Services,
): Promise<Answered> {
  const readings = new Map<FacetName, Reading<unknown>>();
  if (absenceOf(item) !== null) return { item, readings };
  try {
    for (const name of reads) {
      const facet = facetOf(kind, name);
      if (facet.from === 'service') readings.set(name, await facet.read(services, item));
    }
    return { item, readings };
  } catch (error) {
    if (!(error instanceof SubjectGone)) throw error;
    return { item: { ...item, status: 'ResourceDeleted' }, readings };
  }
}
