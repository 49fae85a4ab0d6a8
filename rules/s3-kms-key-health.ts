import { defineRule, fail, pass, skip, supporting } from '../src/engine/rule.ts';
import { judgeKeyHealth, keyTerms } from '../src/knowledge/buckets/key-health.ts';

const FIX = `Cancel the deletion or enable the key; switch on its rotation (EnableKeyRotation); narrow the statement of the key policy to approved principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID.`;

export default defineRule({
  id: 's3-kms-key-health',
  areas: ['encryption'],
  severity: 'high',
  title: 'The KMS keys of S3 buckets are enabled, rotated and closed to strangers',
  rationale: `Data is no better protected than its key: without the key nobody reads it again, and whoever else may use the key is one permission away from it.`,
  limits: [
    `Judges the key of the default encryption now, not those under which objects were stored earlier, and no grants (kms:CreateGrant). AWS services that a key policy names, and whom the account of the key lets use it by IAM, are not judged, nor the rotation of keys with imported material or in custom key stores, which KMS cannot do by itself. The policy of a key in another account can be read in that account alone. How long a deletion waits shows only once it is under way, and then the rule fails anyway.`,
  ],
  requirements: {
    'gdpr 32(1)(a)': supporting('The key that encrypts personal data is renewed and held by the controller.'),
    'gdpr 32(1)(b)': supporting('Data does not become unreadable because its key goes unnoticed.'),
    'hipaa 164.312(a)(2)(iv)': supporting('The mechanism that encrypts and decrypts is kept in order.'),
  },
  reads: ['encryptionKey'],
  parameters: keyTerms,
  messages: {
    healthy: pass('The key {name} is enabled, rotated where KMS can, and used by approved accounts alone.'),
    awsManaged: pass('AWS manages the key {name}: it is enabled, and rotated every year.'),
    policyUnseen: pass('The key {name} is in order; its policy is in account {account} and accepted unseen.'),
    notKms: skip('No KMS key encrypts new objects, so there is none to judge.'),
    gone: fail('KMS has no key {name}: new objects cannot be stored, and old ones may be lost.', { fix: FIX }),
    notEnabled: fail('The key {name} is in state {state}, so data under it can be neither read nor stored.', {
      fix: FIX,
    }),
    notRotated: fail('The key {name} is never rotated.', { fix: FIX }),
    rotatedLate: fail('The key {name} is rotated every {days} days, less often than every {maximum}.', { fix: FIX }),
    openPolicy: fail('Statement {sid} of the policy of key {name} lets {caller} perform {action}{condition}.', {
      fix: FIX,
    }),
  },
  evaluate: ({ bucket, params }) => judgeKeyHealth(bucket, params),
});
