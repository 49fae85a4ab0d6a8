import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { typesOf } from '../../records/kinds.ts';
import type { Source } from '../../sources/source.ts';
import type { KnownFrom, SubjectRow } from '../rows.ts';
import type { Inputs } from '../run/inputs.ts';

/** Where a record comes from. */
export interface Origin extends Pick<SubjectRow, 'observedAt'> {
  readonly knownFrom: KnownFrom;
}

/** The account itself is as observed when it was asked; everything else when the snapshot was taken that it was found in. */
export function originIn(
  source: Source | undefined,
  inputs: Inputs,
): (item: ConfigurationItem) => Origin {
  return (item) => {
    if (typesOf('account').includes(item.resourceType)) {
      return { knownFrom: 'services', observedAt: item.captureTime };
    }
    const file = source?.originOf?.(item)?.file;
    const input = file === undefined ? undefined : inputs.get(file)?.head;
    const holds = input?.holds;
    const knownFrom = holds === 'snapshot' || holds === 'history' ? holds : 'items';
    return { knownFrom, observedAt: input?.deliveredAt ?? null };
  };
}
