import { partition } from '@aws-sdk/core/client';
import { describe, expect, it } from 'vitest';
import { cautionsOf } from '../../src/settings-file/deployment/cautions.ts';
import { loadDeployment } from '../../src/settings-file/deployment/deployment.ts';
import { contradictions } from '../../src/settings-file/deployment/placed-accounts.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import { KNOWN_REGIONS } from '../../src/values/known-regions.ts';
import { isRegion, partitionOf } from '../../src/values/region.ts';

const example = await loadDeployment('examples/deployment.yaml');
const { organization } = await loadSettings('examples/settings.yaml');
const delivery = { bucket: 'examplehealth-config' };

describe('what is probably not meant', () => {
  it.each([
    ['eu-centrall-1', ' Did you mean eu-central-1?'],
    ['us-esat-1', ' Did you mean us-east-1?'],
    ['eu-central-9', ' Did you mean eu-central-1?'],
    ['xx-nowhere-77', ''],
  ])('is a Region that nobody knows: %s', (region, hint) => {
    expect(cautionsOf({ ...example, regions: ['eu-central-1', region] })).toEqual([
      `regions names ${region}, which is not a Region that this release knows.${hint}`,
    ]);
  });

  it('is a delivery that nothing reads', () => {
    expect(cautionsOf(example)).toEqual([]);
    expect(cautionsOf({ ...example, delivery })).toEqual([
      expect.stringMatching(/^delivery is not used with rules: members: .*examplehealth-config/),
    ]);
    expect(cautionsOf({ ...example, delivery, rules: 'both' })).toEqual([]);
  });

  it('is a StackSet in China, which AWS says cannot use Organizations', () => {
    const regions = ['cn-north-1', 'cn-northwest-1'];
    expect(cautionsOf({ ...example, regions })).toEqual([
      expect.stringMatching(/^In China, .* Choose rules: central, or run npm run deploy:here/),
    ]);
    expect(cautionsOf({ ...example, regions, delivery, rules: 'central' })).toEqual([]);
  });

  it('is judged by Regions as the SDK has them, each in its partition', () => {
    expect(KNOWN_REGIONS.length).toBeGreaterThan(40);
    for (const region of KNOWN_REGIONS) {
      expect(isRegion(region), region).toBe(true);
      const { name, description } = partition(region) as { name: string; description?: string };
      expect([region, name, typeof description]).toEqual([region, partitionOf(region), 'string']);
    }
  });
});

describe('a deployment and the places of accounts in the settings', () => {
  const problemsOf = (units: readonly string[], ...canaries: readonly string[]) =>
    contradictions(
      {
        ...example,
        organization: { ...example.organization, units },
        canary: { accounts: canaries, moving: [] },
      },
      organization,
      'd.yaml',
    );

  it('agree in the example', () => {
    expect(contradictions(example, organization, 'd.yaml')).toEqual([]);
    // Nothing is known of it.
    expect(problemsOf(['ou-exa1-workload'], '999999999999')).toEqual([]);
    expect(problemsOf(['r-exa1'], '210987654321')).toEqual([]);
    expect(problemsOf(['ou-exa1-production'], '444455556666')).toEqual([]);
  });

  it('refuse another home Region than the settings name', () => {
    expect(contradictions({ ...example, regions: ['us-east-1'] }, organization, 'd.yaml')).toEqual([
      'd.yaml: the first of regions is us-east-1, expected one of organization.homeRegions of the settings: eu-central-1.',
    ]);
  });

  it('refuse a canary that is in none of the units', () => {
    expect(problemsOf(['ou-exa1-workload'], '123456789012', '210987654321')).toEqual([
      'd.yaml: canary.accounts names 210987654321, which is in none of organization.units: it is in ou-exa1-sandboxes by ' +
        'organization.accounts of the settings. Correct one of them.',
    ]);
  });

  it('refuse a unit below another one, which would take its stacks away when it is named no more', () => {
    expect(problemsOf(['ou-exa1-analytics', 'ou-exa1-security', 'ou-exa1-workload'])).toEqual([
      expect.stringMatching(/names ou-exa1-analytics, which is in ou-exa1-workload by/),
    ]);
  });
});
