import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../../rules/index.ts';
import { packOf } from '../../src/assessment/pack-of.ts';
import { isJudgedBy } from '../../src/assessment/subject.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { type Explained, explanationOf } from '../../src/explanation/explained.ts';
import { snippetsOf, TOOLS, type Tool } from '../../src/explanation/fix.ts';
import { kinds } from '../../src/records/kinds.ts';
import type { Change } from '../../src/remedies/change.ts';
import { remedies } from '../../src/remedies/table.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import { ConfigSnapshot } from '../../src/sources/files/config-snapshot.ts';
import { run } from '../cli/run.ts';
import { bucketItem } from '../contract-server/items.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tools = Object.keys(TOOLS) as Tool[];

/** Every failing finding of the example organization with what is computed for it. */
const found = await (async () => {
  const settings = await loadSettings(`${root}examples/settings.yaml`);
  const snapshot = new ConfigSnapshot([`${root}examples/organization`]);
  const source = await snapshot.open({ namesBuckets: true, complain: () => {} });
  const all: Explained[] = [];
  for await (const item of source.items()) {
    for (const rule of rules.filter(
      (each) => Object.hasOwn(remedies, each.id) && isJudgedBy(item, each),
    )) {
      const params = parametersOf(rule, settings);
      const question = {
        rule: { rule, params },
        settings,
        now: '2026-11-02T12:00:00.000Z',
        pack: packOf(rules),
      };
      const explained = await explanationOf(item, source, question);
      if (explained.finding.state === 'FAIL') all.push(explained);
    }
  }
  return all;
})();
const changed = found.filter(({ changes }) => changes.length > 0);

describe('a change', () => {
  it('is known by messages that the rules have', () => {
    for (const [id, ofRule] of Object.entries(remedies)) {
      const rule = rules.find((each) => each.id === id);
      const failing = Object.keys(rule?.messages ?? {}).filter(
        (each) => rule?.messages[each]?.verdict === 'NON_COMPLIANT',
      );
      for (const messageId of Object.keys(ofRule)) expect(failing, id).toContain(messageId);
    }
  });

  it('fixes what it is for: judged again, the finding is another one, and nearly always passes', () => {
    expect(changed.length).toBeGreaterThan(120);
    const kept = changed.filter(
      ({ finding, after }) => after?.state === 'FAIL' && after.messageId === finding.messageId,
    );
    expect(kept.map(({ finding }) => `${finding.rule} ${finding.messageId}`)).toEqual([]);
    const judged = changed.filter(({ after }) => after !== null);
    const fixed = judged.filter(({ after }) => after?.state !== 'FAIL');
    expect(fixed.length / judged.length).toBeGreaterThan(0.95);
  });

  it('is written for CloudFormation as YAML, and for the shell so that the policy arrives as it is', () => {
    const policies = changed.flatMap(({ finding, changes }) =>
      changes.flatMap(({ change }) =>
        change.kind === 'policy' && change.document ? [{ finding, change }] : [],
      ),
    );
    expect(policies.length).toBeGreaterThan(50);
    const commands: string[] = [];
    for (const { finding, change } of policies) {
      const [cli, cloudformation] = snippetsOf(change, finding, tools);
      commands.push(cli?.text ?? '');
      expect(parse(cloudformation?.text ?? '').BucketPolicy.Properties.PolicyDocument).toEqual(
        change.document,
      );
    }
    const script = `aws() { printf '%s\\n' "\${!#}"; }\n${commands.join('\n')}\n`;
    const { stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    const arrived = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(arrived).toEqual(policies.map(({ change }) => change.document));
  });

  const evil = "o'b$(touch x)`id`;$" + '{self}%{if true}\n';
  const subject = { ...kinds.bucket.example, name: evil, id: evil };
  const document = {
    Version: '2012-10-17',
    Statement: [{ Sid: evil, Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: evil }],
  };
  const written = (change: Change, name = evil) =>
    Object.fromEntries(
      snippetsOf(change, { subject: { ...subject, name } }, tools).map(({ tool, text }) => [
        tool,
        text,
      ]),
    );

  it('puts no name into a command that no API takes, and nothing into a template', () => {
    expect(written({ kind: 'versioning' })['cli']).toBeUndefined();
    const {
      cli = '',
      terraform = '',
      cloudformation = '',
    } = written({ kind: 'policy', document }, 'bucket');
    const shell = spawnSync('bash', ['-c', `aws() { printf '%s' "\${!#}"; }\n${cli}`], {
      encoding: 'utf8',
    });
    expect(JSON.parse(shell.stdout)).toEqual(document);
    expect(terraform).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
    expect(parse(cloudformation).BucketPolicy.Properties.PolicyDocument).toEqual(document);
    // Written so that nothing of it is hidden, and read as what it is.
    const hidden = 'a\u202eb\u200b\u001b[31m\u2028\ufeff\u{e0041}';
    const marked = { ...document, Statement: [{ Sid: hidden, [hidden]: [`${hidden}\n`] }] };
    const texts = written({ kind: 'policy', document: marked }, 'bucket');
    for (const text of Object.values(texts)) expect(text).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/u);
    expect(parse(texts['cloudformation'] ?? '').BucketPolicy.Properties.PolicyDocument).toEqual(
      marked,
    );
    const heredoc = /<<-POLICY\n(.*)\n {2}POLICY/s.exec(texts['terraform'] ?? '')?.[1] ?? '';
    expect(JSON.parse(heredoc)).toEqual(marked);
    const called = { ...document, Statement: [{ 'Fn::ImportValue': 'secret' }] };
    expect(
      written({ kind: 'policy', document: called }, 'bucket')['cloudformation'],
    ).toBeUndefined();
  });
});

describe('explain', () => {
  const input = JSON.stringify(bucketItem('plain'));

  it('shows verdict, fix and change, judged again', async () => {
    const { code, stdout } = await run(
      ['explain', 's3-tls-only', 'arn:aws:s3:::plain', '-'],
      input,
    );
    expect(code).toBe(0);
    for (const text of [
      'FAIL  s3-tls-only',
      'Caution:',
      'AWS CLI\n',
      'CloudFormation\n',
      'Terraform\n',
      'Judged again with this change: PASS',
    ]) {
      expect(stdout).toContain(text);
    }
    const json = await run(
      ['explain', 's3-tls-only', 'plain', '-', '--as', 'cli', '--format', 'json'],
      input,
    );
    expect(JSON.parse(json.stdout)).toMatchObject([
      {
        finding: { state: 'FAIL' },
        after: { state: 'PASS' },
        changes: [{ fixes: 'noPolicy', as: [{ tool: 'cli' }] }],
      },
    ]);
  });

  it('is as undecided as evaluate between two records of one time that contradict each other', async () => {
    const time = { configurationItemCaptureTime: '2026-10-01T00:00:00.000Z' };
    const denied = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        ...{ Effect: 'Deny', Principal: '*', Action: 's3:*' },
        Resource: ['arn:aws:s3:::plain', 'arn:aws:s3:::plain/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    });
    const { supplementaryConfiguration } = bucketItem('plain');
    const closed = bucketItem('plain', {
      ...time,
      supplementaryConfiguration: {
        ...supplementaryConfiguration,
        BucketPolicy: { policyText: denied },
      },
    });
    const lines = [closed, bucketItem('plain', time)].map((each) => JSON.stringify(each));
    const { code, stdout } = await run(['explain', 's3-tls-only', 'plain', '-'], lines.join('\n'));
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^UNKNOWN {2}s3-tls-only/)]);
  });

  it('says what to remove where nothing is left of a policy', async () => {
    const open = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        ...{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' },
        Resource: 'arn:aws:s3:::plain/*',
      },
    });
    const { supplementaryConfiguration } = bucketItem('plain');
    const record = bucketItem('plain', {
      supplementaryConfiguration: {
        ...supplementaryConfiguration,
        BucketPolicy: { policyText: open },
      },
    });
    const args = ['explain', 's3-no-public-access', 'plain', '-'];
    const { stdout } = await run([...args, '--as', 'terraform'], JSON.stringify(record));
    expect(stdout).toContain('remove the aws_s3_bucket_policy of the bucket.');
    expect(stdout).not.toContain('None of these tools');
    const all = await run(args, JSON.stringify(record));
    expect(all.stdout).toMatch(/delete-bucket-policy[\s\S]*remove the AWS::S3::BucketPolicy/);
  });

  it.each([
    ['s3-tls', 'plain', /Did you mean s3-tls-only\?/],
    ['s3-tls-only', 'plane', /hold no plane that s3-tls-only judges/],
    ['iam-s3-least-privilege', 'plain', /hold no plain that iam-s3-least-privilege judges/],
  ])('%s on %s is a usage error', async (rule, resource, message) => {
    const { code, stderr } = await run(['explain', rule, resource, '-'], input);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('completion', () => {
  it.each([
    'bash',
    'zsh',
    'fish',
  ])('for %s names commands, options, formats and rules', async (shell) => {
    const { code, stdout } = await run(['completion', shell]);
    expect(code).toBe(0);
    for (const word of ['waivers', 'group-by', 'sarif', 's3-tls-only'])
      expect(stdout).toContain(word);
  });

  it('completes in bash', async () => {
    const { stdout } = await run(['completion', 'bash']);
    const ask = (...words: string[]) =>
      `COMP_WORDS=(s3-config-rules ${words.join(' ')}); COMP_CWORD=${words.length}; _s3_config_rules; echo "\${COMPREPLY[@]}"`;
    const script = [
      stdout,
      ask('wai'),
      ask('rules', 'show', 's3-tl'),
      ask('evaluate', '--fail-on', 'nev'),
      ask('evaluate', '--soft'),
      ask('evaluate', '--rules', 's3-tls-only,s3-resi'),
      ask('evaluate', '--format', '=', 'sar'),
      ask('evaluate', '--tier', '='),
    ].join('\n');
    const { stdout: completed } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(completed.trim().split('\n')).toEqual([
      'waivers',
      's3-tls-only',
      'never',
      '--soft-fail',
      's3-tls-only,s3-residency',
      'sarif',
      'essential recommended strict',
    ]);
  });
});
