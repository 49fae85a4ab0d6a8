import { bucket, type Case } from '../../describe-rule.ts';

const OWNER = '999988887777';
const STORE = `arn:aws:cloudtrail:${bucket.region}:${OWNER}:eventdatastore/organization`;
const TRAIL = `arn:aws:cloudtrail:us-east-1:${OWNER}:trail/organization`;
const off = { logging: null };
const attested = (parts: object = {}, acceptDataEvents = true) => ({
  acceptDataEvents,
  attestations: [
    {
      watches: 'dataEvents',
      arn: STORE,
      accounts: ['*'],
      attestedBy: 'Head of security',
      at: '2025-12-01',
      ...parts,
    },
  ],
});

/** Data events instead of access logs: only where the settings accept them, and someone answers for them (kind 13). */
export const dataEventCases: readonly Case[] = [
  { when: 'off, a store attested', facts: off, params: attested(), says: 'attested' },
  { when: 'off, a trail attested for all Regions', facts: off, params: attested({ arn: TRAIL, regions: ['*'] }), says: 'attested' },
  { when: 'off, a trail of another Region', facts: off, params: attested({ arn: TRAIL }), says: 'off' },
  { when: 'off, attested but not accepted', facts: off, params: attested({}, false), says: 'off' },
  { when: 'off, accepted but not attested', facts: off, params: { acceptDataEvents: true }, says: 'off' },
  { when: 'off, attested for others', facts: off, params: attested({ accounts: ['111122223333'] }), says: 'off' },
  { when: 'off, attested a year ago', facts: off, params: attested({ at: '2024-12-31' }), says: 'off' },
  { when: 'off, attested for a day to come', facts: off, params: attested({ at: '2026-01-02' }), says: 'off' },
  { when: 'off, attested by itself', facts: off, params: attested({ arn: STORE.replace(OWNER, bucket.account) }), says: 'off' },
  { when: 'off, something else attested', facts: off, params: attested({ watches: 'alarms' }), says: 'off' },
  {
    when: 'to itself, data events accepted',
    facts: { logging: { bucket: bucket.name, prefix: '' } },
    params: attested(),
    says: 'itself',
  },
];
