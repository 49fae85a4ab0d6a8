import { expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { fieldsOfAnalysts, publisherPermissions } from '../../src/security-hub/permissions.ts';
import { complianceChanges, FUNCTION, QUEUE } from '../../src/security-hub/subscriptions.ts';
import { createHub } from '../contract-server/security-hub.ts';
import { startPublisher } from './bundle.ts';
import {
  ACCOUNT,
  configAnswers,
  decorated,
  eventOf,
  REGION,
  type Result,
  waiver,
} from './world.ts';

it('subscribes to every rule of the pack, in a pattern that EventBridge takes', () => {
  const pattern = complianceChanges(rules);
  const prefixes = pattern.detail.configRuleName.map(({ prefix }) => prefix);
  const isTold = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));
  for (const { id } of rules) expect(isTold(decorated(id)), id).toBe(true);
  for (const other of [
    's3-bucket-level-public-access-prohibited-conformance-pack-ab12cd34e',
    's3-tls-only-of-others',
    's3-tls-only-config',
    'OrgConfigRule-s3-tls-only-conformance-pack-ab12cd34e',
    's3-tls-only-strict-conformance-pack-ab12cd34e',
  ]) {
    expect(isTold(other), other).toBe(false);
  }
  // EventBridge quotas: an event pattern has at most 2,048 characters.
  expect(JSON.stringify(pattern).length).toBeLessThan(2048);
});

it('gives messages no shorter rest than the function may run', () => {
  expect(QUEUE.visibilityTimeoutSeconds).toBeGreaterThanOrEqual(FUNCTION.timeoutSeconds);
  expect(FUNCTION.timeoutSeconds).toBeLessThanOrEqual(900);
  const rounds = QUEUE.visibilityTimeoutSeconds * QUEUE.maxReceiveCount;
  expect(QUEUE.retentionSeconds).toBeGreaterThan(10 * rounds);
  // The dead-letter queue keeps for 14 days at most.
  expect(QUEUE.retentionSeconds).toBeLessThan((14 - 7) * 24 * 3600);
});

it('may do exactly what it does', async () => {
  const result: Result = {
    ...{ rule: 's3-tls-only', type: 'AWS::IAM::User', id: 'AIDA1', verdict: 'NOT_APPLICABLE' },
    ...{ annotation: 'waived legacy, noPolicy: None.', at: Date.parse('2026-03-01T00:00:00Z') },
  };
  const previous: Result = { ...result, verdict: 'NON_COMPLIANT' };
  const answers = configAnswers(() => [result], ['s3-tls-only']);
  const hub = createHub();
  const { server, start } = await startPublisher(hub, {
    ...{
      answers,
      waivers: [waiver()],
      rules: { 's3-tls-only-conformance-pack-ab12cd34e': { results: [], retired: [] } },
    },
  });
  const handler = start();
  await handler(eventOf({ ...result, previous }, false));
  await handler({ 'detail-type': 'Scheduled Event', account: ACCOUNT, region: REGION });
  const actions = publisherPermissions.flatMap((each) => each.actions);
  const called = server.calls.map(({ operation }) => operation);
  const allowed = actions.map((action) => action.slice(action.indexOf(':') + 1));
  expect([...new Set(called)].sort()).toEqual([...allowed].sort());
});

it('forbids itself the fields of analysts, which its updates do not touch', () => {
  expect(fieldsOfAnalysts).not.toContain('Workflow.Status');
  expect(fieldsOfAnalysts).not.toContain('Note.Text');
});
