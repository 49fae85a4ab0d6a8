import type { Inventory } from '../facets/inventory.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { Services } from '../services/services.ts';

/**
 * Where the records of an assessment come from: files, AWS Config's own API, a live account. Every source speaks
 * configuration items and answers of services, so that each facet has one reader.
 */
export interface Source {
  /** The records to judge, each once. */
  items(): AsyncIterable<ConfigurationItem>;
  /** What the records say of one another. */
  readonly inventory: Inventory;
  /** Finds out, before these items are judged, what the inventory needs to know for them. */
  prepare?(items: readonly ConfigurationItem[]): Promise<void>;
  /** What the services say of one account. */
  services(account: string): Services;
}

/** A record or a file that could not be used, as a sentence. What was readable next to it is still used. */
export type Complain = (sentence: string, kind: 'record' | 'file') => void;
