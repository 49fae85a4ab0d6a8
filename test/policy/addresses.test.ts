import { describe, expect, it } from 'vitest';
import { inBlock } from '../../src/policy/language/addresses.ts';
import { accountOf, matchArn } from '../../src/policy/language/arns.ts';
import type { Tri } from '../../src/policy/language/tri.ts';

describe('addresses', () => {
  it.each<[string, string, Tri]>([
    ['203.0.113.7', '203.0.113.0/24', 1],
    ['203.0.114.7', '203.0.113.0/24', -1],
    ['203.0.113.7', '203.0.113.7', 1],
    ['203.0.113.8', '203.0.113.7/32', -1],
    ['8.8.8.8', '0.0.0.0/0', 1],
    ['2001:db8::1', '2001:db8::/32', 1],
    ['2001:db9::1', '2001:db8::/32', -1],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', 1],
    ['::', '::/0', 1],
    ['2001:db8::1', '0.0.0.0/0', -1],
    ['203.0.113.7', '::/0', -1],
    ['::ffff:cb00:7107', '203.0.113.0/24', 0],
    ['203.0.113.7', '203.0.113.0/33', 0],
    ['203.0.113.7', '203.0.113.0/', 0],
    ['203.0.113.7', '203.0.113.0/24/8', 0],
    ['203.0.113.256', '203.0.113.0/24', 0],
    ['203.0.113', '203.0.113.0/24', 0],
    ['1::2::3', '::/0', 0],
    ['1:2:3:4:5:6:7', '::/0', 0],
    ['1:2:3:4:5:6:7:8::', '::/0', 0],
    ['banana', '0.0.0.0/0', 0],
  ])('%s in %s is %i', (address, block, expected) => {
    expect(inBlock(address, block)).toBe(expected);
  });
});

describe('ARNs', () => {
  it.each<[string, string, Tri]>([
    ['arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:role/a/b:c', 1],
    ['arn:aws:iam::*:role/x', 'arn:aws:iam::1:2:role/x', -1],
    ['arn:*:iam::111122223333:role/x', 'arn:aws-cn:iam::111122223333:role/x', 1],
    ['arn:*', 'arn:aws:iam::111122223333:role/x', 0],
    ['*', 'arn:aws:iam::111122223333:role/x', 0],
    ['arn:aws:s3:::a', 'arn:aws:s3:::a', 1],
    ['arn:aws:iam::111122223333:role/x', 'no arn', 0],
  ])('%s against %s is %i', (pattern, arn, expected) => {
    expect(matchArn(pattern, arn)).toBe(expected);
  });

  it('have their account in field five only', () => {
    expect(accountOf('arn:aws:iam::444455556666:user/111122223333')).toBe('444455556666');
    expect(accountOf('arn:aws:s3:::111122223333')).toBe(null);
    expect(accountOf('arn:aws:iam::1111222233334:root')).toBe(null);
    expect(accountOf('111122223333')).toBe(null);
  });
});
