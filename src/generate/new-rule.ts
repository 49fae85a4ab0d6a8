import { access, readFile, writeFile } from 'node:fs/promises';

/**
 * npm run new-rule -- s3-my-rule: a rule and its test to start from. They are copies of the simplest rule there is,
 * so the template is always one that works.
 */
const TEMPLATE = 's3-acl-disabled';
const root = new URL('../../', import.meta.url);
const [id = ''] = process.argv.slice(2);

if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id) || id.length > 37) {
  process.stderr.write(
    `The id is ${JSON.stringify(id)}, expected lower-case words joined by dashes, at most 37 characters: npm run new-rule -- s3-my-rule\n`,
  );
  process.exit(2);
}
for (const path of [`rules/${id}.ts`, `test/rules/${id}.test.ts`]) {
  const file = new URL(path, root);
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists) {
    process.stderr.write(`${path} is already there, so nothing was written.\n`);
    process.exit(2);
  }
}
for (const path of ['rules/{id}.ts', 'test/rules/{id}.test.ts']) {
  const text = await readFile(new URL(path.replace('{id}', TEMPLATE), root), 'utf8');
  await writeFile(new URL(path.replace('{id}', id), root), text.replaceAll(TEMPLATE, id));
  process.stderr.write(`wrote ${path.replace('{id}', id)}\n`);
}
process.stderr.write('Write both, then: npm run generate && npm test\n');
