import { readFileSync } from 'node:fs';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { ofType, packBody, synthesized, type Template } from './world.ts';

/**
 * Upgrades of a deployment. A rule that is replaced loses its results and with them the history in AWS Config, so no release may
 * rename one, nor the functions and queues that the rest of the world knows by name.
 */

/** The member stack of the last release: npm run record-release. */
const released: Template = JSON.parse(readFileSync('test/infra/released.json', 'utf8'));
const { member } = synthesized();

const HARMLESS = [ResourceImpact.NO_CHANGE, ResourceImpact.WILL_CREATE, ResourceImpact.WILL_UPDATE];

/** What changing one template into the other would replace or delete, by logical id. */
function losses(from: object, to: object): Readonly<Record<string, ResourceImpact>> {
  const lost: Record<string, ResourceImpact> = {};
  fullDiff(from, to).resources.forEachDifference((id, { changeImpact }) => {
    if (!HARMLESS.includes(changeImpact)) lost[id] = changeImpact;
  });
  return lost;
}

const lossesOfUpgrade = (from: Template, to: Template) => ({
  ...losses(from, to),
  ...losses(parse(packBody(from)), parse(packBody(to))),
});

describe('an upgrade from the last release', () => {
  it('replaces and removes no rule, no function and nothing else', () => {
    expect(lossesOfUpgrade(released, member)).toEqual({});
  });

  it('is compared with a release that has rules', () => {
    const { Resources } = parse(packBody(released));
    expect(Object.keys(Resources).length).toBeGreaterThan(34);
    expect(ofType(released, 'AWS::Lambda::Function')).toHaveLength(3);
  });
});

describe('the comparison', () => {
  const withPack = (change: (pack: { Resources: Record<string, Resource> }) => void): Template => {
    const copy = structuredClone(member);
    const pack = parse(packBody(copy));
    change(pack);
    for (const [, { Properties }] of ofType(copy, 'AWS::Config::ConformancePack')) {
      Properties.TemplateBody = stringify(pack);
    }
    return copy;
  };
  type Resource = { Properties: Record<string, unknown> };

  it.each<[string, (pack: { Resources: Record<string, Resource | undefined> }) => void, object]>([
    [
      'a rule with another name',
      ({ Resources }) =>
        Object.assign(Resources['S3TlsOnly']?.Properties ?? {}, { ConfigRuleName: 'x' }),
      { S3TlsOnly: 'WILL_REPLACE' },
    ],
    [
      'a rule with another logical id',
      ({ Resources }) => {
        Resources['Other'] = Resources['S3TlsOnly'];
        delete Resources['S3TlsOnly'];
      },
      { S3TlsOnly: 'WILL_DESTROY' },
    ],
  ])('sees %s', (_, change, expected) => {
    expect(lossesOfUpgrade(member, withPack(change))).toEqual(expected);
  });

  it('sees a function with another name, and lets code, parameters and new rules change', () => {
    const copy = structuredClone(member);
    const live = copy.Resources['LiveFunction']?.Properties;
    live.Code.ZipFile = 'exports.handler = 1;';
    expect(losses(member, copy)).toEqual({});
    live.FunctionName = 'other';
    expect(losses(member, copy)).toMatchObject({ LiveFunction: 'WILL_REPLACE' });
    const grown = withPack(({ Resources }) => {
      Object.assign(Resources['S3TlsOnly']?.Properties ?? {}, { Description: 'New words.' });
      Resources['New'] = structuredClone(Resources['S3TlsOnly'] as Resource);
    });
    expect(lossesOfUpgrade(member, grown)).toEqual({});
  });
});
