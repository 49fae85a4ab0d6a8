import type { FacetName } from '../core/facets.ts';
import type { Identity, Reading } from '../core/subject.ts';
import type { ServiceClients } from '../facets/facet.ts';
import { facets } from '../facets/index.ts';
import type { ServiceReadings } from './subject.ts';

/** Asks the services for the facets that AWS Config does not record. @throws SubjectGone, and whatever is worth another try. */
export async function serviceReadings(
  reads: readonly FacetName[],
  subject: Identity,
  clients: ServiceClients,
): Promise<ServiceReadings> {
  const readings = new Map<FacetName, Reading<unknown>>();
  for (const name of reads) {
    const facet = facets[name];
    if (facet.from === 'service') readings.set(name, await facet.read(clients, subject));
  }
  return readings;
}
