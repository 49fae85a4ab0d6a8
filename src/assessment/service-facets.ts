import { SubjectGone } from '../facets/asked.ts';
import { facetOf } from '../facets/facet-of.ts';
import type { FacetName } from '../facts/index.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { SubjectKind } from '../records/kinds.ts';
import type { Reading } from '../records/reading.ts';
import { reasonOf } from '../services/failures.ts';
import type { Services } from '../services/services.ts';
import type { Question } from '../sources/source.ts';
import { absenceOf, type ServiceReadings } from './subject.ts';

/** A record with what the services said of the resource. */
export interface Answered {
  /** Marked as deleted when a service said that the resource is gone. */
  readonly item: ConfigurationItem;
  /** A facet whose reading failed stands among them as missing evidence. */
  readonly readings: ServiceReadings;
  /** The errors that are worth another try, by the facet that they are missing for. */
  readonly errors: ReadonlyMap<FacetName, unknown>;
  /** What each facet asked the services. */
  readonly questions: ReadonlyMap<FacetName, readonly Question[]>;
}

/** Asks the services for the facets that AWS Config does not record. It throws nothing: each error is that of its facet. */
export async function askServices(
  kind: SubjectKind,
  item: ConfigurationItem,
  reads: readonly FacetName[],
  services: Services,
): Promise<Answered> {
  const readings = new Map<FacetName, Reading<unknown>>();
  const errors = new Map<FacetName, unknown>();
  const questions = new Map<FacetName, readonly Question[]>();
  if (absenceOf(item) !== null) return { item, readings, errors, questions };
  for (const name of reads) {
    const facet = facetOf(kind, name);
    if (facet.from !== 'service') continue;
    const asked: Question[] = [];
    questions.set(name, asked);
    try {
      readings.set(name, await facet.read(noted(services, asked), item));
    } catch (error) {
      if (error instanceof SubjectGone) {
        const gone = { ...item, status: 'ResourceDeleted' } as const;
        return { item: gone, readings, errors: new Map(), questions };
      }
      readings.set(name, { unavailable: reasonOf(error) });
      errors.set(name, error);
    }
  }
  return { item, readings, errors, questions };
}

const noted = (services: Services, asked: Question[]): Services => ({
  ask(operation, input, region) {
    asked.push({ operation, input, region });
    return services.ask(operation, input, region);
  },
});
