import { expect, it } from 'vitest';
import { createHub } from '../contract-server/security-hub.ts';
import { startPublisher } from './bundle.ts';
import {
  configAnswers,
  denied,
  eventOf,
  findingId,
  type Result,
  refused,
  waiver,
} from './world.ts';

const AT = Date.parse('2026-03-01T00:00:00.000Z');
const first: Result = {
  ...{ rule: 's3-tls-only', type: 'AWS::S3::Bucket', id: 'b', verdict: 'NON_COMPLIANT' },
  ...{ annotation: 'noPolicy: There is no bucket policy.', at: AT },
};
const then = (parts: Partial<Result>, previous = first): Result => ({
  ...{ ...previous, at: previous.at + 1000, previous },
  ...parts,
});
const deleted = then({ verdict: 'NOT_APPLICABLE', annotation: 'resourceDeleted: Gone.' });
const waived = then({
  verdict: 'NOT_APPLICABLE',
  annotation: `waived legacy, ${first.annotation}`,
});
const fixed = then({ verdict: 'COMPLIANT', annotation: 'compliant: Fine.' });

async function world(results: readonly Result[] = []) {
  const hub = createHub();
  const answers = configAnswers(() => results, ['s3-tls-only']);
  const publisher = await startPublisher(hub, { answers, waivers: [waiver()] });
  const found = () => hub.findings.get(findingId(first));
  return { ...publisher, hub, handler: publisher.start(), found };
}

it('says what an analyst needs', async () => {
  const { handler, found } = await world();
  await handler(eventOf(first));
  expect(found()).toMatchObject({
    Id: 'aws/eu-central-1/111122223333/s3-config-rules/s3-tls-only/AWS::S3::Bucket/b',
    GeneratorId: 's3-tls-only',
    Title: 'Not met: S3 buckets refuse every request sent without TLS',
    Description: expect.stringMatching(/^There is no bucket policy\. S3 answers plain HTTP/),
    CreatedAt: '2026-03-01T00:00:00.000Z',
    UpdatedAt: '2026-03-01T00:00:00.000Z',
    Remediation: {
      Recommendation: {
        Text: expect.stringMatching(/^Deny s3:\* to every principal/),
        Url: 'https://docs.example/rules/s3-tls-only.md',
      },
    },
    Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::b', Partition: 'aws' }],
    FindingProviderFields: { Severity: { Label: 'HIGH', Original: 'high' } },
    ProductFields: { 's3-config-rules/contentHash': 'c0de'.repeat(16) },
  });
});

it('lets no late result come back, even when the first it hears is that all is over', async () => {
  const { handler, found, hub } = await world();
  await handler(eventOf(deleted));
  await handler(eventOf(first));
  await handler(eventOf(deleted));
  expect(found()).toMatchObject({
    RecordState: 'ARCHIVED',
    Compliance: { Status: 'NOT_AVAILABLE' },
  });
  expect(hub.accepted).toHaveLength(1);
});

it('remembers the end of what began in the same batch, should the beginning be told again', async () => {
  const { handler, found } = await world();
  const results = [first, { ...deleted, previous: undefined }];
  const Records = results.map((result, index) => ({
    ...{ messageId: `m${index}`, body: JSON.stringify(eventOf(result)) },
  }));
  await handler({ Records });
  await handler(eventOf(first));
  expect(found()?.RecordState).toBe('ARCHIVED');
});

it('publishes nothing of what never applied', async () => {
  const { handler, hub } = await world();
  await handler(eventOf({ ...deleted, previous: undefined }));
  expect(hub.findings.size).toBe(0);
});

it('keeps CreatedAt, and updates nothing that belongs to the customer', async () => {
  const { handler, found } = await world();
  await handler(eventOf(first));
  const theirs = {
    Note: { Text: 'Ours to fix by Friday', UpdatedBy: 'ana', UpdatedAt: '2026-03-01T00:00:00Z' },
    UserDefinedFields: { team: 'blue' },
    VerificationState: 'TRUE_POSITIVE',
    Workflow: { Status: 'NOTIFIED' },
    Severity: { Label: 'CRITICAL' },
  } as const;
  Object.assign(found() ?? {}, theirs);
  await handler(eventOf(fixed));
  expect(found()).toMatchObject({
    ...theirs,
    CreatedAt: '2026-03-01T00:00:00.000Z',
    UpdatedAt: '2026-03-01T00:00:01.000Z',
    Compliance: { Status: 'PASSED' },
  });
});

it('sends no field of the customer', async () => {
  const { handler, server } = await world();
  await handler(eventOf(first));
  await handler(eventOf(waived));
  const sent = server.calls
    .filter(({ operation }) => operation === 'BatchImportFindings')
    .flatMap(({ input }) => (input as { Findings: object[] }).Findings.flatMap(Object.keys));
  const theirs = [
    'Note',
    'UserDefinedFields',
    'VerificationState',
    'Workflow',
    'Severity',
    'Types',
  ];
  expect(sent.length).toBeGreaterThan(20);
  expect(sent.filter((name) => theirs.includes(name))).toEqual([]);
});

it('suppresses what is waived, and opens it when the waiver is gone', async () => {
  const { handler, found } = await world();
  await handler(eventOf(first));
  await handler(eventOf(waived));
  expect(found()).toMatchObject({
    Title: expect.stringMatching(/^Waived: /),
    Workflow: { Status: 'SUPPRESSED' },
    Note: { UpdatedBy: 's3-config-rules' },
  });
  await handler(eventOf(then({ ...first, at: waived.at + 1 }, waived)));
  expect(found()).toMatchObject({
    Title: expect.stringMatching(/^Not met: /),
    Workflow: { Status: 'NEW' },
  });
});

it.each<[string, object]>([
  ['a note of theirs', { Note: { Text: 'mine', UpdatedBy: 'ana', UpdatedAt: 'x' } }],
  ['a finding that they resolved', { Workflow: { Status: 'RESOLVED' } }],
])('does not suppress over %s', async (_, theirs) => {
  const { handler, found } = await world();
  await handler(eventOf(first));
  Object.assign(found() ?? {}, theirs);
  await handler(eventOf(waived));
  expect(found()).toMatchObject(theirs);
  expect(found()?.Workflow?.Status).not.toBe('SUPPRESSED');
});

it.each<[string, object]>([
  ['that they made', { Note: undefined }],
  ['that they took over with a note', { Note: { Text: 'mine', UpdatedBy: 'ana', UpdatedAt: 'x' } }],
])('does not take back a suppression %s', async (_, theirs) => {
  const { handler, found } = await world();
  await handler(eventOf(first));
  Object.assign(found() ?? {}, { Workflow: { Status: 'SUPPRESSED' }, ...theirs });
  await handler(eventOf(fixed));
  expect(found()).toMatchObject({
    Compliance: { Status: 'PASSED' },
    Workflow: { Status: 'SUPPRESSED' },
  });
});

it('waits until Security Hub shows what was imported before it decides on the workflow', async () => {
  const { handler, found, state } = await world();
  await handler(eventOf(first));
  const before = structuredClone(found());
  const look = state.answers['GetFindings'] as (input: object) => object;
  let looks = 0;
  const answer = (input: object) => {
    looks++;
    if (looks === 2) return { Findings: [before] };
    return looks === 3 ? { Findings: [] } : look(input);
  };
  state.answers = { ...state.answers, GetFindings: answer };
  await handler(eventOf(waived));
  expect(looks).toBe(4);
  expect(found()?.Workflow?.Status).toBe('SUPPRESSED');
});

it('says so when Security Hub never shows it', async () => {
  const { handler, state } = await world();
  state.answers = { ...state.answers, GetFindings: { Findings: [] } };
  await expect(handler(eventOf(waived))).rejects.toThrow(/does not show the finding yet/);
});

it.each([
  [
    'leaves it unprocessed',
    (input: { readonly FindingIdentifiers: readonly object[] }) => ({
      ProcessedFindings: [],
      UnprocessedFindings: input.FindingIdentifiers.map((FindingIdentifier) => ({
        ...{ FindingIdentifier, ErrorCode: 'ConcurrentUpdateError', ErrorMessage: 'try again' },
      })),
    }),
    /try again/,
  ],
  ['denies the call', denied, /denied/],
])('has a waived finding come back when Security Hub %s', async (_, answer, expected) => {
  const { handler, found, state } = await world();
  const update = state.answers['BatchUpdateFindings'];
  state.answers = { ...state.answers, BatchUpdateFindings: answer as never };
  await expect(handler(eventOf(waived))).rejects.toThrow(expected);
  state.answers = { ...state.answers, BatchUpdateFindings: update as never };
  await handler(eventOf(waived));
  expect(found()?.Workflow?.Status).toBe('SUPPRESSED');
});

it('throws for an event without a queue, so that Lambda tries again and then tells its destination', async () => {
  const { handler, hub, state } = await world();
  hub.fault = () => 'throttle';
  await expect(handler(eventOf(first))).rejects.toThrow(/Rate exceeded/);
  hub.fault = () => undefined;
  state.answers = { ...state.answers, BatchImportFindings: denied };
  await expect(handler(eventOf(first))).rejects.toThrow(/denied/);
  await expect(handler({ detail: {} })).rejects.toThrow(/configRuleName/);
});

it('publishes the good half of a batch that Security Hub refuses for one finding', async () => {
  const { handler, hub, state } = await world();
  const importAll = state.answers['BatchImportFindings'] as (input: object) => object;
  state.answers = {
    ...state.answers,
    BatchImportFindings: (input: { readonly Findings?: readonly { Id: string }[] }) =>
      input.Findings?.some(({ Id }) => Id.endsWith('/bad')) ? refused() : importAll(input),
  };
  const ids = ['a', 'b', 'bad', 'd', 'e'];
  const Records = ids.map((id) => ({
    messageId: id,
    body: JSON.stringify(eventOf({ ...first, id })),
  }));
  await expect(handler({ Records })).resolves.toEqual({
    batchItemFailures: [{ itemIdentifier: 'bad' }],
  });
  expect(hub.findings.size).toBe(4);
});
