import { describe, expect, it } from 'vitest';
import { seenPlaces } from '../../src/results/population/seen-places.ts';
import { GLOBAL_REGION } from '../../src/values/region.ts';

const place = (
  account: string,
  region: string,
  assessed: 'yes' | 'partly' | 'no',
  subjects = 1,
) => ({
  ...{ account, region, assessed, subjects },
});

describe('what was seen whole', () => {
  it('is a Region that was assessed, and had anything', () => {
    const seen = seenPlaces([
      place('one', 'eu-central-1', 'yes'),
      place('one', 'us-east-1', 'partly'),
      place('two', 'eu-central-1', 'yes', 0),
    ]);
    expect([...seen]).toEqual(['one eu-central-1']);
  });

  it('is IAM only where no Region of the account lacks anything', () => {
    const seen = seenPlaces([
      place('one', 'eu-central-1', 'yes'),
      place('one', 'us-east-1', 'no', 0),
      place('one', GLOBAL_REGION, 'yes'),
      place('two', 'eu-central-1', 'yes'),
      place('two', GLOBAL_REGION, 'yes'),
    ]);
    expect([...seen]).toEqual(['one eu-central-1', 'two eu-central-1', `two ${GLOBAL_REGION}`]);
  });
});
