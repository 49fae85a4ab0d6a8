import {
  type Attestation,
  MAXIMUM_ATTESTATION_DAYS,
  type Watch,
} from '../../settings/attestation.ts';
import { cut } from '../../values/text.ts';
import { daysBetween } from '../../values/time.ts';

/** What is watched or not: where it is, and the time of the evaluation (ISO, UTC). */
interface Watched {
  readonly account: string;
  readonly region: string;
  readonly now: string;
}

/**
 * The attestations of one kind that count for an account now. One of the account's own does not: there the thing itself can be
 * seen. Nor does one of a day that has not begun (UTC), or of more than a year ago.
 */
export function attestationsFor(
  attestations: readonly Attestation[],
  watches: Watch,
  { account, now }: Watched,
): readonly Attestation[] {
  return attestations.filter(
    (each) =>
      each.watches === watches &&
      ownerOf(each) !== account &&
      covers(each.accounts, account) &&
      each.at <= now.slice(0, 10) &&
      daysBetween(each.at, now) <= MAXIMUM_ATTESTATION_DAYS,
  );
}

/** Whether the store is attested for the Region: by itself only for the one in its ARN. */
export const isForRegion = ({ regions, arn }: Attestation, region: string) =>
  covers(regions ?? [regionOf(arn)], region);

/** An analyzer for external access sees only its Region (IAM User Guide, "Getting started with IAM Access Analyzer"). */
export const isInRegion = ({ arn }: Attestation, region: string) => regionOf(arn) === region;

const regionOf = (arn: string) => arn.split(':')[3] ?? '';

/** The account that an attestation says something of: what is in it can be seen only there. */
export const ownerOf = ({ arn }: Pick<Attestation, 'arn'>) => arn.split(':')[4] ?? '';

/** The attestation in words of a message: what it names, whose it is, and who answers for it since when. */
export const wordsOf = (attestation: Attestation) => ({
  owner: ownerOf(attestation),
  name: cut(attestation.arn.slice(attestation.arn.lastIndexOf('/') + 1), 40),
  attestedBy: attestation.attestedBy,
  at: attestation.at,
});

const covers = (entries: readonly string[], id: string) =>
  entries.includes('*') || entries.includes(id);
