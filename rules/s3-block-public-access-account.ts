import { defineRule, fail, ownList, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { FLAGS, flagEntry, flagsOff } from '../src/knowledge/buckets/block-public-access.ts';
import { list } from '../src/values/text.ts';

const BLOCK = {
  fix: 'Switch on the four flags of Block Public Access for the account (PutPublicAccessBlock of S3 Control).',
  caution:
    'This applies to every bucket: public sites stop working, and a bucket with a public policy is only open to its own account and AWS ' +
    'services. List public buckets first.',
};

export default defineRule({
  id: 's3-block-public-access-account',
  areas: ['public-access'],
  severity: 'high',
  tier: 'essential',
  title: 'The account blocks public access to all of its S3 buckets',
  rationale: 'One forgotten bucket without flags of its own is enough to put data on the internet.',
  limits: [
    'AWS Config records a change of the flags at once in the Region where it is made. One made outside of the home Region is found once ' +
      'a day, and so is every change if the recorder leaves out AWS::S3::AccountPublicAccessBlock.',
    'An organization policy that enforces the flags is not looked at.',
  ],
  requirements: {
    'gdpr 25(2)': primary('By default, S3 refuses access by an indefinite number of persons to the buckets of the account.'),
    'gdpr 5(1)(f)': primary('S3 refuses public access to personal data in the account.'),
    'gdpr 32(1)(b)': supporting('A mistake in one bucket policy does not make the bucket public.'),
    'hipaa 164.312(a)(1)': primary('S3 refuses public access throughout the account.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('Public access needs a decision for the whole account.'),
  },
  subject: 'account',
  reads: ['blockPublicAccess'],
  parameters: { flags: ownList(flagEntry, 'Flags that must be on; all four if empty.', FLAGS) },
  messages: {
    blocked: pass('The account blocks public access with all four flags.'),
    partly: pass('The account does not block all public access ({off} off), but has the flags on that are required.', {
      except: ['gdpr 25(2)', 'gdpr 5(1)(f)', 'hipaa 164.312(a)(1)'],
    }),
    neverSet: fail('Block Public Access was never set for the account, so all four flags are off.', BLOCK),
    flagsOff: fail('Block Public Access of the account has {flags} off.', BLOCK),
  },
  evaluate({ account: { blockPublicAccess }, params }) {
    if (blockPublicAccess === null) return say('neverSet');
    const off = flagsOff(blockPublicAccess);
    const missing = off.filter((flag) => params.flags.length === 0 || params.flags.includes(flag));
    if (missing.length > 0) return say('flagsOff', { flags: list(missing) });
    return off.length === 0 ? say('blocked') : say('partly', { off: list(off) });
  },
});
