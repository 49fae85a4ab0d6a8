import { describe, expect, it } from 'vitest';
import { Everywhere, scopeOf } from '../../src/policy/questions/everywhere.ts';

type Scope = ReturnType<typeof scopeOf>;
const BUCKETS = 'arn:aws:s3:::???*';
const OBJECTS = 'arn:aws:s3:::???*/?*';
const POINTS = 'arn:aws:s3:*:*:accesspoint/*';
const OTHERS = 'arn:aws:s3:*';

const everywhere = new Everywhere('aws');
const resources = (entries: readonly string[], not = false, complete = true) => ({
  entries,
  not,
  complete,
});
const granted = (given: ReturnType<typeof resources>, scope: Scope) =>
  everywhere.granted(given, scope).map(({ arns }) => arns);

describe('what a statement grants of everything', () => {
  it.each<[string, Scope, readonly string[]]>([
    ['arn:aws:s3:::*', 'bucket', [BUCKETS]],
    ['*', 'bucket', [BUCKETS]],
    ['arn:aws:s3:::?*', 'bucket', [BUCKETS]],
    ['arn:aws:s3:::*?', 'bucket', [BUCKETS]],
    ['arn:aws:s3:::*-*', 'bucket', ['arn:aws:s3:::*-*']],
    ['arn:*:s3:::*', 'bucket', [BUCKETS]],
    ['arn:aws-cn:s3:::*', 'bucket', []],
    ['arn:aws:s3:::logs', 'bucket', []],
    ['arn:aws:s3:::logs-*', 'bucket', []],
    ['arn:aws:s3:::*-logs', 'bucket', []],
    ['arn:aws:s3:::*/*', 'bucket', []],
    [POINTS, 'bucket', []],
    ['arn:aws:s3:::*/*', 'object', [OBJECTS]],
    ['arn:aws:s3:::*', 'object', [OBJECTS]],
    ['arn:aws:s3:::*/logs/*', 'object', ['arn:aws:s3:::???*/logs/*']],
    ['arn:aws:s3:::*.csv', 'object', ['arn:aws:s3:::???*/*.csv']],
    ['arn:aws:s3:::*-*/a', 'object', ['arn:aws:s3:::*-*/a']],
    ['arn:aws:s3:::logs/*', 'object', []],
    ['arn:aws:s3:::logs*', 'object', []],
    ['arn:aws:s3:::*/', 'object', ['arn:aws:s3:::???*/*/']],
    ['*', 'object', [OBJECTS, POINTS]],
    [POINTS, 'object', [POINTS]],
    [POINTS, 'point', [POINTS]],
    [
      'arn:aws:s3:eu-west-1:111122223333:accesspoint/*',
      'point',
      ['arn:aws:s3:eu-west-1:111122223333:accesspoint/*'],
    ],
    [
      'arn:aws:s3:eu-west-1:111122223333:*',
      'point',
      ['arn:aws:s3:eu-west-1:111122223333:accesspoint/*'],
    ],
    ['arn:aws:s3:eu-west-1:111122223333:accesspoint/one', 'point', []],
    ['arn:aws:s3:eu-west-1:111122223333:accesspoint/one-*', 'point', []],
    ['arn:aws:s3:::*', 'point', []],
    ['arn:aws:ec2:*:*:accesspoint/*', 'point', []],
    ['arn:aws-cn:s3:*:*:accesspoint/*', 'point', []],
    ['*', 'other', [OTHERS]],
    ['arn:aws:s3:*', 'other', [OTHERS]],
    ['arn:aws:s3:::*', 'other', []],
    ['*', 'newer', [BUCKETS, OBJECTS, POINTS]],
    ['arn:aws:s3:::*', 'newer', [BUCKETS, OBJECTS]],
    ['arn:aws:s3:::*/*', 'newer', [OBJECTS]],
  ])('by %s, to a %s', (entry, scope, places) => {
    expect(granted(resources([entry]), scope)).toEqual(places);
  });

  it('is everything but what is left out, unless that is everything', () => {
    expect(granted(resources(['arn:aws:s3:::logs'], true), 'bucket')).toEqual([BUCKETS]);
    expect(granted(resources(['arn:aws:s3:::*'], true), 'bucket')).toEqual([]);
    expect(granted(resources(['arn:aws:s3:::*'], true), 'object')).toEqual([POINTS]);
    expect(granted(resources(['*'], true), 'other')).toEqual([]);
  });

  it('is everything where the statement cannot be read, or is too long', () => {
    expect(granted(resources([], false, false), 'bucket')).toEqual([BUCKETS]);
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => `arn:aws:s3:::*/k${at}/*`);
    expect(granted(resources(many(64)), 'object')).toHaveLength(64);
    expect(granted(resources(many(65)), 'object')).toEqual([
      OBJECTS,
      POINTS,
      'arn:aws:s3:::???*/k0/*',
    ]);
  });

  it('is everything where entries name all beginnings together', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
    const all = letters.map((letter) => `arn:aws:s3:::${letter}*`);
    expect(granted(resources(all), 'bucket')).toEqual([BUCKETS]);
    expect(granted(resources(all.slice(1)), 'bucket')).toEqual([]);
  });

  it('names the entry that grants it, as it is written', () => {
    const [place] = everywhere.granted(
      resources(['arn:aws:s3:::logs', 'arn:aws:s3:::*?']),
      'bucket',
    );
    expect(place).toEqual({ arns: BUCKETS, entry: 'arn:aws:s3:::*?' });
    expect(everywhere.granted(resources(['arn:aws:s3:::x'], true), 'bucket')[0]?.entry).toBeNull();
  });
});

describe('what a statement denies of everything', () => {
  const at = (arns: string) => ({ arns, entry: null });
  it.each<[string, string, boolean]>([
    ['*', BUCKETS, true],
    ['arn:aws:s3:::*', BUCKETS, true],
    ['arn:aws:s3:::logs', BUCKETS, false],
    ['arn:aws:s3:::*-*', BUCKETS, false],
    ['arn:aws:s3:::*', OBJECTS, true],
    ['arn:aws:s3:::*/*', OBJECTS, true],
    ['arn:aws:s3:::*/*', BUCKETS, false],
    ['arn:aws:s3:::*/logs/*', 'arn:aws:s3:::???*/logs/*', true],
    ['arn:aws:s3:::*/logs/*', OBJECTS, false],
    ['arn:aws:s3:::*', POINTS, false],
    [POINTS, POINTS, true],
  ])('by %s, of %s', (entry, place, isDenied) => {
    const scope: Scope = place === BUCKETS ? 'bucket' : place === POINTS ? 'point' : 'object';
    expect(everywhere.denied(resources([entry]), scope, at(place))).toBe(isDenied);
  });

  it.each<[readonly string[], boolean, boolean]>([
    [['arn:aws:s3:::logs'], true, true],
    [['arn:aws:s3:::*'], true, false],
    [['arn:aws:s3:::*-*'], true, false],
    [['arn:aws:s3:::*/*'], true, true],
    [['arn:aws:s3:::logs'], false, false],
  ])('by all but %j (read whole: %s)', (entries, isWhole, isDenied) => {
    const given = resources(entries, true, isWhole);
    expect(everywhere.denied(given, 'bucket', at(BUCKETS))).toBe(isDenied);
  });
});

it.each<[string, Scope]>([
  ['s3:listbucket', 'bucket'],
  ['s3:putbucketpolicy', 'bucket'],
  ['s3:getobject', 'object'],
  ['s3:putobjectretention', 'object'],
  ['s3:putaccesspointpolicy', 'point'],
  ['s3:deleteaccesspoint', 'point'],
  ['s3:listaccesspoints', 'other'],
  ['s3:putaccountpublicaccessblock', 'other'],
  ['s3:putaccesspointpolicyforobjectlambda', 'other'],
  ['s3:somethingnew', 'newer'],
])('%s acts on a %s', (action, scope) => {
  expect(scopeOf(action)).toBe(scope);
});
