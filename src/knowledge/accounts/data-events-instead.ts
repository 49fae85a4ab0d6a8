import { pass } from '../../engine/message.ts';
import { flag, recordsFrom } from '../../engine/parameters.ts';
import type { Attestation } from '../../settings/attestation.ts';
import { attestationsFor, isForRegion, wordsOf } from './attestation.ts';

/** Parameters of a rule that asks for a record of requests, and may be content with data events of CloudTrail. */
export const dataEvents = {
  acceptDataEvents: flag(
    false,
    'Whether attested data events of CloudTrail count where access logging is off.',
  ),
  attestations: recordsFrom(
    'attestations',
    'Trails and stores of other accounts that log all data events, as someone attests.',
  ),
} as const;

/** What such a rule says where they do. The attestation stands for the technical record, and is none. */
export const attested = pass(
  'CloudTrail records the requests instead ({name} of account {owner}), as {attestedBy} attested on {at}.',
  { except: ['hipaa 164.312(b)'] },
);

interface Given {
  readonly acceptDataEvents: boolean;
  readonly attestations: readonly Attestation[];
}

/**
 * Who answers for data events that are logged elsewhere, in the words of the message; null where no one does, or they do not
 * count. Whether this account is shown the trail is not recorded, so a trail counts only for its own Region and those that the
 * attestation names, as a store does.
 */
export function loggedInstead(
  bucket: { readonly account: string; readonly region: string; readonly now: string },
  { acceptDataEvents, attestations }: Given,
): ReturnType<typeof wordsOf> | null {
  if (!acceptDataEvents) return null;
  const found = attestationsFor(attestations, 'dataEvents', bucket);
  const witness = found.find((each) => isForRegion(each, bucket.region));
  return witness === undefined ? null : wordsOf(witness);
}
