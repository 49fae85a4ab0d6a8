import { hash } from 'node:crypto';
import type { Identity } from '../records/reading.ts';

/** The namespace of the ids of findings: a UUID that was made for this purpose. */
const NAMESPACE = Buffer.from('6f1b7a9e0c5d4f0e9a3b2d8c71e64f05', 'hex');

const LENGTH = NAMESPACE.length;
/** The namespace, and room for a name. */
const room = Buffer.concat([NAMESPACE, Buffer.alloc(4096)]);

/** A UUID of version 5 (RFC 9562, section 5.5): the same for the same name. */
export function uuidOf(name: string): string {
  // A character of a text is three bytes of UTF-8 at most.
  const fits = name.length * 3 <= room.length - LENGTH;
  const bytes = fits
    ? room.subarray(0, LENGTH + room.write(name, LENGTH))
    : Buffer.concat([NAMESPACE, Buffer.from(name)]);
  const hex = hash('sha1', bytes);
  // The version, and the two highest bits of the variant.
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return (
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-` +
    hex.slice(20, 32)
  );
}

/**
 * The id of a finding. A resource that was deleted and created again has the same ARN and is another one, so the time of creation
 * belongs to it (ISO, UTC; null where it is not known).
 */
export const findingId = (rule: string, subject: Identity, created: string | null): string =>
  findingIds(subject, created)(rule);

/** As {@link findingId}, for many rules on one subject. */
export function findingIds(subject: Identity, created: string | null): (rule: string) => string {
  const { account, region, arn, id } = subject;
  const rest = JSON.stringify([account, region, arn || id, created]).slice(1);
  return (rule) => uuidOf(`[${JSON.stringify(rule)},${rest}`);
}

/** What subjects are sorted by in every table. Its parts end with two NULs, which no part of it can hold. */
export const subjectKey = ({ account, region, type, id }: Identity): string =>
  [account, region, type, id]
    .map((part) => part.replaceAll('\u0000', '\u0000\u0001'))
    .join('\u0000\u0000');
