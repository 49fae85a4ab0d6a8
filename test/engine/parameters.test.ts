import { describe, expect, it } from 'vitest';
import logRetention from '../../rules/s3-log-retention.ts';
import approvedKeys from '../../rules/s3-sse-kms-approved-keys.ts';
import { fromStrings } from '../../src/engine/pack-parameters.ts';
import { expectationOf } from '../../src/engine/parameter-schema.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { parameterProblems } from '../../src/settings-file/problems/parameters.ts';
import { validatorOf } from '../../src/settings-file/validators.ts';

const problems = (given: Record<string, unknown>, rule = logRetention) =>
  parameterProblems(rule, parametersOf(rule, emptySettings, given), validatorOf(rule.id));

describe('the strings of AWS Config', () => {
  it.each([
    [{ minimumDays: '90' }, { minimumDays: 90 }],
    [{ minimumDays: ' 90 ' }, { minimumDays: 90 }],
    [{ minimumDays: '' }, {}],
    [{ minimumDays: null }, {}],
    [{ minimumDays: '1y' }, { minimumDays: '1y' }],
    [{ minimumDays: '9'.repeat(400) }, { minimumDays: '9'.repeat(400) }],
    [{ allowUnlimited: 'True' }, { allowUnlimited: true }],
    [{ allowUnlimited: 'yes' }, { allowUnlimited: 'yes' }],
    [
      { minimumDays: 90, allowUnlimited: false },
      { minimumDays: 90, allowUnlimited: false },
    ],
    [{ unheardOf: 'x' }, { unheardOf: 'x' }],
    [{ __proto__: 'x', constructor: 'y' }, { constructor: 'y' }],
  ])('%j', (given, typed) => {
    expect(fromStrings(logRetention, given)).toEqual(typed);
  });

  it('takes a list as comma-separated text', () => {
    const given = { approvedKeys: ' alias/a, ,account:111122223333 ' };
    expect(fromStrings(approvedKeys, given)).toEqual({
      approvedKeys: ['alias/a', 'account:111122223333'],
    });
  });
});

describe('problems with parameters', () => {
  it.each([
    [{}, []],
    [
      { minimumDays: '1y' },
      [
        's3-log-retention: minimumDays must be an integer from 1 to 36500, at most maximumDays, got "1y".',
      ],
    ],
    [
      { minimumDays: 0 },
      [
        's3-log-retention: minimumDays must be an integer from 1 to 36500, at most maximumDays, got 0.',
      ],
    ],
    [{ minimumDays: 1.5 }, [expect.stringContaining('got 1.5.')]],
    [
      { minimumDays: 400, maximumDays: 399 },
      [
        's3-log-retention: minimumDays must be an integer from 1 to 36500, at most maximumDays, got 400.',
      ],
    ],
    [
      { allowUnlimited: 'yes' },
      ['s3-log-retention: allowUnlimited must be true or false, got "yes".'],
    ],
    [
      { minDays: 1 },
      [
        's3-log-retention: there is no parameter "minDays"; it has logBuckets, minimumDays, maximumDays, allowUnlimited, requireVersioning, requireDeletionProtection, minimumDaysAfterDeletion.',
      ],
    ],
    [{ 'a\u001b[2J': 1 }, [expect.stringContaining('there is no parameter "a\\u001b[2J"')]],
  ])('%j', (given, expected) => {
    expect(problems(given)).toEqual(expected);
  });

  it('names the entry of a list', () => {
    expect(problems({ approvedKeys: ['alias/a', 'not a key'] }, approvedKeys)).toEqual([
      's3-sse-kms-approved-keys: approvedKeys must be a list, each entry a key ARN or id, an alias ARN or name (wildcards * and ?), or account:<id>, got "not a key".',
    ]);
  });
});

describe('where values come from', () => {
  const settings = {
    ...emptySettings,
    kms: { approvedKeys: ['alias/settings'] },
    rules: { [logRetention.id]: { minimumDays: 100 } },
  };

  it('takes defaults, then the settings, then what Config hands over', () => {
    const minimumDays = logRetention.parameters['minimumDays']?.default;
    expect(parametersOf(logRetention, emptySettings)).toMatchObject({ minimumDays });
    expect(parametersOf(logRetention, settings)).toMatchObject({
      minimumDays: 100,
      maximumDays: 2557,
    });
    expect(parametersOf(logRetention, settings, { minimumDays: 50 })).toMatchObject({
      minimumDays: 50,
    });
    expect(parametersOf(approvedKeys, settings)).toMatchObject({
      approvedKeys: ['alias/settings'],
    });
    expect(parametersOf(approvedKeys, settings, { approvedKeys: ['alias/own'] })).toMatchObject({
      approvedKeys: ['alias/own'],
    });
  });
});

it('describes every kind of parameter', () => {
  expect(expectationOf({ type: 'string', enum: ['a', 'b'], default: 'a', description: '' })).toBe(
    'one of a, b',
  );
});
