import { createHash } from 'node:crypto';
import type { Identity } from '../records/reading.ts';

/** The namespace of the ids of findings: a UUID that was made for this purpose. */
const NAMESPACE = Buffer.from('6f1b7a9e0c5d4f0e9a3b2d8c71e64f05', 'hex');

/** A UUID of version 5 (RFC 9562, section 5.5): the same for the same name. */
export function uuidOf(name: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join('-');
}

/**
 * The id of a finding. A resource that was deleted and created again has the same ARN and is another one, so the time of creation
 * belongs to it (ISO, UTC; null where it is not known).
 */
export const findingId = (rule: string, subject: Identity, created: string | null): string =>
  uuidOf(
    JSON.stringify([rule, subject.account, subject.region, subject.arn || subject.id, created]),
  );

/** What subjects are sorted by in every table. NUL is in no name that AWS gives, and sorts before all that is. */
export const subjectKey = ({ account, region, type, id }: Identity): string =>
  [account, region, type, id].join('\u0000');
