import { isDeepStrictEqual } from 'node:util';
import { flagsOf } from '../facets/bucket/recorded/public-access-block.ts';
import { reading } from '../facets/facet.ts';
import type { PublicAccessBlock } from '../facts/bucket-settings.ts';
import type { ConfigurationItem } from '../records/configuration-item.ts';
import type { Reading } from '../records/reading.ts';
import { object } from '../values/json.ts';

type Flags = Reading<PublicAccessBlock | null>;

const NEVER_RECORDED: Flags = { value: null };
const CONTESTED: Flags = {
  unavailable: 'the records of the account contradict each other, or do not count',
};

/**
 * Block Public Access of accounts: one setting, recorded by every Region. The latest record counts; of those that may be it, what
 * they say has to be the same.
 */
export class AccountFlags {
  readonly #dated = new Map<string, { readonly at: string; readonly flags: Flags }>();
  readonly #undated = new Map<string, Flags>();

  of(account: string): Flags {
    const [dated, undated] = [this.#dated.get(account)?.flags, this.#undated.get(account)];
    if (dated !== undefined && undated !== undefined) return agreed(dated, undated);
    return dated ?? undated ?? NEVER_RECORDED;
  }

  /** @param isContested what the record says does not count, and nor does what older ones say. */
  add(item: ConfigurationItem, isContested = false): void {
    const { account, captureTime: at } = item;
    const flags = isContested || item.flaw !== undefined ? CONTESTED : flagsIn(item);
    if (at === null) {
      const known = this.#undated.get(account);
      this.#undated.set(account, known === undefined ? flags : agreed(known, flags));
      return;
    }
    const known = this.#dated.get(account);
    if (known !== undefined && at < known.at) return;
    const isAsLate = known?.at === at;
    this.#dated.set(account, { at, flags: isAsLate ? agreed(known.flags, flags) : flags });
  }
}

/** Of this one the end counts too: flags that were deleted protect nothing any more. */
export function flagsIn({ status, configuration }: ConfigurationItem): Flags {
  if (status !== 'OK' && status !== 'ResourceDiscovered') return NEVER_RECORDED;
  return reading(() => flagsOf(object(configuration, 'configuration'), 'configuration'));
}

const agreed = (one: Flags, other: Flags): Flags =>
  isDeepStrictEqual(one, other) ? one : CONTESTED;
