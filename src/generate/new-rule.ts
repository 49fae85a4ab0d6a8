import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** npm run new-rule -- s3-my-rule: a rule and its test to start from, which work as they are. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const [id = ''] = process.argv.slice(2);

const rule = `import { defineRule, fail, pass, say } from '../src/engine/rule.ts';

export default defineRule({
  id: '${id}',
  // A draft is judged and documented, but is in no pack. Remove this line when the rule is written.
  draft: true,
  // For another kind than buckets: subject: 'accessPoint' (see src/records/kinds.ts). For what an organization may choose:
  // parameters (see src/engine/parameters.ts).
  areas: ['recovery'],
  severity: 'low',
  title: 'S3 buckets keep earlier versions of their objects',
  rationale: 'Say what goes wrong otherwise.',
  limits: ['Say what the rule does not judge or cannot see.'],
  requirements: {
    // The requirements of src/frameworks that the rule supports, each with what the rule tests that the text asks for:
    // 'gdpr 32(1)(b)': supporting('Say what is tested.'), with supporting imported above,
  },
  reads: ['versioning'],
  messages: {
    enabled: pass('Versioning is enabled.'),
    notEnabled: fail('Versioning is {status}.', {
      fix: 'Enable versioning (PutBucketVersioning, Status Enabled).',
      // Add a caution if the fix may break something.
    }),
  },
  evaluate({ bucket }) {
    const { status } = bucket.versioning;
    return status === 'Enabled' ? say('enabled') : say('notEnabled', { status });
  },
});
`;

const test = `import rule from '../../rules/${id}.ts';
import { describeRule } from '../describe-rule.ts';

describeRule(rule, {
  cases: [
    { when: 'enabled', facts: { versioning: { status: 'Enabled', mfaDelete: false } }, says: 'enabled' },
    { when: 'never enabled', facts: { versioning: { status: 'Off', mfaDelete: false } }, says: 'notEnabled' },
    { when: 'suspended', facts: { versioning: { status: 'Suspended', mfaDelete: false } }, says: 'notEnabled' },
  ],
});
`;

const files = { [`rules/${id}.ts`]: rule, [`test/rules/${id}.test.ts`]: test };

if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id) || id.length > 37) {
  process.stderr.write(
    `The id is ${JSON.stringify(id)}, expected lower-case words joined by dashes, at most 37 characters: npm run new-rule -- s3-my-rule\n`,
  );
  process.exit(2);
}
for (const path of Object.keys(files)) {
  const exists = await access(join(root, path)).then(
    () => true,
    () => false,
  );
  if (exists) {
    process.stderr.write(`${path} already exists, so nothing was written.\n`);
    process.exit(2);
  }
}
for (const [path, text] of Object.entries(files)) {
  await writeFile(join(root, path), text);
  process.stderr.write(`wrote ${path}\n`);
}
process.stderr.write('Write both, then run: npm run generate && npm test\n');
