import { list } from '../../values/text.ts';
import type { Manifest } from './manifest.ts';

/** A bundle with the SHA-256 of its manifest. */
export interface Linked {
  readonly name: string;
  readonly manifest: Manifest;
  readonly manifestSha256: string;
}

/**
 * What is wrong between bundles that should follow one another, as sentences. A chain does not show what was cut off at its end, so
 * the caller says how many bundles there are.
 * @param count how many bundles the chain has, where that is known from elsewhere.
 */
export function faultsInChain(bundles: readonly Linked[], count: number | null): readonly string[] {
  const sorted = [...bundles].sort((a, b) => a.manifest.sequence - b.manifest.sequence);
  const faults: string[] = [];
  sorted.forEach((each, index) => {
    const before = sorted[index - 1];
    const { sequence, previous } = each.manifest;
    if (before === undefined) return;
    if (sequence !== before.manifest.sequence + 1) {
      faults.push(
        `Between ${before.name} (number ${before.manifest.sequence}) and ${each.name} (number ${sequence}) bundles are missing or double.`,
      );
    } else if (previous !== before.manifestSha256) {
      faults.push(
        `${each.name} does not follow ${before.name}: it names another manifest before it.`,
      );
    }
  });
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (count !== null && first && first.manifest.sequence !== 1)
    faults.push(`The first bundle is missing: ${first.name} is number ${first.manifest.sequence}.`);
  if (count !== null && last && last.manifest.sequence !== count) {
    faults.push(`The chain ends with number ${last.manifest.sequence}, and not with ${count}.`);
  }
  return faults;
}

/**
 * What a reader has to know of bundles that follow one another, and what is no fault by itself, as sentences: where they do not begin
 * with the first, are signed by several keys, or leave out time.
 */
export function notesOnChain(bundles: readonly Linked[]): readonly string[] {
  const sorted = [...bundles].sort((a, b) => a.manifest.sequence - b.manifest.sequence);
  const [first] = sorted;
  if (first === undefined || sorted.length < 2) return [];
  const { sequence } = first.manifest;
  const signers = new Set(sorted.map(({ manifest }) => manifest.signer ?? 'none'));
  return [
    ...(sequence > 1
      ? [`${first.name} is number ${sequence}: those before it were not given.`]
      : []),
    ...(signers.size > 1
      ? [`The bundles name ${signers.size} signers: ${list([...signers])}.`]
      : []),
    ...sorted.flatMap(({ name, manifest: { period } }, index) => {
      const before = sorted[index - 1];
      const end = before?.manifest.period.to;
      if (before === undefined || end === undefined || end === period.from) return [];
      return period.from > end
        ? [
            `No bundle is about the time from ${end} to ${period.from}, between ${before.name} and ${name}.`,
          ]
        : [`${name} begins at ${period.from}, before ${before.name} ends at ${end}.`];
    }),
  ];
}
