import { defineRule, fail, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { flagsOff } from '../src/knowledge/buckets/block-public-access.ts';
import { list } from '../src/values/text.ts';

const FIX = `Turn on the four flags in the S3 settings of the account (Block Public Access for this account).`;

export default defineRule({
  id: 's3-block-public-access-account',
  areas: ['public-access'],
  severity: 'high',
  title: 'The account blocks public access to all of its S3 buckets',
  rationale: 'One forgotten bucket without flags of its own is enough to put data on the internet.',
  limits: [`The flags are asked of S3 once a day. A policy of the organization that enforces them is not looked at.`],
  requirements: {
    'gdpr 25(2)': primary(`By default nothing in the account reaches an indefinite number of persons.`),
    'gdpr 5(1)(f)': primary('Personal data is shielded from access by anyone on the internet.'),
    'gdpr 32(1)(b)': supporting('A mistake in one policy does not end confidentiality.'),
    'hipaa 164.312(a)(1)': primary(`Access by persons without granted rights is refused throughout the account.`),
    'hipaa 164.308(a)(4)(ii)(B)': supporting(`Public access needs a decision at the level of the account.`),
  },
  subject: 'account',
  reads: ['blockPublicAccess'],
  messages: {
    blocked: pass('The account blocks public access with all four flags.'),
    neverSet: fail('The account has never set Block Public Access, so all four flags are off.', { fix: FIX }),
    flagsOff: fail('Block Public Access of the account leaves {flags} off.', { fix: FIX }),
  },
  evaluate({ account: { blockPublicAccess } }) {
    if (blockPublicAccess === null) return say('neverSet');
    const flags = flagsOff(blockPublicAccess);
    return flags.length === 0 ? say('blocked') : say('flagsOff', { flags: list(flags) });
  },
});
