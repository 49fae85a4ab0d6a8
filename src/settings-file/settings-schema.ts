import { schemaOf } from '../engine/parameter-schema.ts';
import type { Rule } from '../engine/rule.ts';
import { addressableEntry } from '../settings/addressable.ts';
import { populationEntry } from '../settings/population.ts';
import { DATE } from '../settings/review.ts';
import { recordEntries, type SettingsList, settingsEntries } from '../settings/settings.ts';

const TEXT = { type: 'string', minLength: 1, maxLength: 2000 };

const WAIVER = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'rule', 'subject', 'owner', 'approver', 'reason', 'created', 'expires'],
  properties: {
    id: {
      type: 'string',
      pattern: '^[A-Za-z0-9._-]{1,64}$',
      description: 'a name of letters, digits, dots, dashes and underscores',
    },
    rule: TEXT,
    subject: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
      properties: {
        arn: {
          type: 'string',
          pattern: '^arn:[a-z-]+:[a-z0-9]+:',
          description: 'the ARN of a subject',
        },
        account: {
          type: 'string',
          pattern: '^[0-9]{12}$',
          description: 'an account id of twelve digits',
        },
        ou: {
          type: 'string',
          pattern: '^ou-[a-z0-9-]{9,66}$',
          description: 'the id of an organizational unit such as ou-ab12-11111111',
        },
      },
    },
    owner: TEXT,
    approver: TEXT,
    reason: TEXT,
    ticket: TEXT,
    created: DATE,
    expires: DATE,
  },
};

const ACCOUNTS = {
  type: 'object',
  description: 'account ids of twelve digits, in quotes',
  additionalProperties: false,
  patternProperties: {
    '^[0-9]{12}$': {
      type: 'string',
      pattern: '^o-[a-z0-9]{10,32}/r-[a-z0-9]{4,32}/(ou-[a-z0-9-]{9,66}/)*$',
      description:
        'where the account is in the organization, such as o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/',
    },
  },
};

const NAMES = {
  type: 'object',
  description:
    'ids of accounts (twelve digits, in quotes) and organizational units (ou-ab12-11111111)',
  additionalProperties: false,
  patternProperties: {
    '^([0-9]{12}|ou-[a-z0-9-]{9,66})$': {
      type: 'string',
      pattern: '^\\P{C}{1,128}$',
      description: 'a name of at most 128 characters',
    },
  },
};

/** The JSON Schema of a settings file, from the rules there are. */
export function settingsSchemaOf(rules: readonly Rule[]): Record<string, unknown> {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of s3-config-rules',
    type: 'object',
    additionalProperties: false,
    properties: {
      ...sections(),
      rules: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.id, schemaOf(rule, true)])),
      },
      waivers: { type: 'array', items: WAIVER },
    },
  };
}

function sections(): Record<string, unknown> {
  const found: Record<string, { type: 'object'; additionalProperties: false; properties: object }> =
    {};
  for (const [path, { pattern, expected }] of Object.entries(settingsEntries)) {
    const [section = '', key = ''] = (path as SettingsList).split('.');
    const items = { type: 'string', pattern, description: expected };
    const properties = { ...found[section]?.properties, [key]: { type: 'array', items } };
    found[section] = { type: 'object', additionalProperties: false, properties };
  }
  const grants = { type: 'array', items: recordEntries['trust.grants'] };
  return {
    ...found,
    trust: extended(found['trust'], { grants }),
    organization: extended(found['organization'], { accounts: ACCOUNTS, names: NAMES }),
    population: populationEntry({ pattern: settingsEntries['organization.homeRegions'].pattern }),
    reviews: { type: 'array', items: recordEntries.reviews },
    attestations: { type: 'array', items: recordEntries.attestations },
    retention: { type: 'array', items: recordEntries.retention },
    addressable: { type: 'array', items: addressableEntry },
  };
}

const extended = (section: { readonly properties: object } | undefined, more: object) => ({
  ...section,
  properties: { ...section?.properties, ...more },
});
