import type { Tri } from './tri.ts';

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function parseIPv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return null;
    value = value * 256n + BigInt(part);
  }
  return value;
}

function parseIPv6(text: string): bigint | null {
  if (text.length > 45) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  let value = 0n;
  for (const group of [...head, ...new Array<string>(missing).fill('0'), ...tail]) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
    value = value * 65536n + BigInt(`0x${group}`);
  }
  return value;
}

function parseAddress(text: string): Address | null {
  const four = parseIPv4(text);
  if (four !== null) return { bits: 32, value: four };
  const six = parseIPv6(text);
  return six === null ? null : { bits: 128, value: six };
}

interface Block {
  readonly start: Address;
  /** How many leading bits are fixed. */
  readonly length: number;
}

/** Reads `203.0.113.0/24`, `2001:db8::/32` or one address; null for anything else. */
export function parseBlock(block: string): Block | null {
  const [network = '', length, ...more] = block.split('/');
  const start = parseAddress(network);
  if (start === null || more.length > 0) return null;
  if (length === undefined) return { start, length: start.bits };
  if (!/^\d{1,3}$/.test(length) || Number(length) > start.bits) return null;
  return { start, length: Number(length) };
}

/**
 * Is the address inside the CIDR block (`203.0.113.0/24`, `2001:db8::/32`, or one address)? Maybe
 * when either cannot be read, and when an IPv4 block meets an IPv6 address that may embed one.
 * Source: IAM "Condition operators", IP address.
 */
export function inBlock(address: string, block: string): Tri {
  const have = parseAddress(address);
  const want = parseBlock(block);
  if (have === null || want === null) return 0;
  const { start, length } = want;
  if (have.bits !== start.bits)
    return have.value >> 32n === 0xffffn || start.value >> 32n === 0xffffn ? 0 : -1;
  const shift = BigInt(have.bits - length);
  return have.value >> shift === start.value >> shift ? 1 : -1;
}
