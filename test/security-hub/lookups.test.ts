import { expect, it } from 'vitest';
import { createHub } from '../contract-server/security-hub.ts';
import { startPublisher } from './bundle.ts';
import { configAnswers, eventOf, findingId, type Result, waiver } from './world.ts';

const first: Result = {
  ...{ rule: 's3-tls-only', type: 'AWS::S3::Bucket', id: 'b', verdict: 'NON_COMPLIANT' },
  annotation: 'noPolicy: There is no bucket policy.',
  at: Date.parse('2026-03-01T00:00:00.000Z'),
};
const waived: Result = {
  ...first,
  ...{ verdict: 'NOT_APPLICABLE', annotation: `waived legacy, ${first.annotation}` },
  ...{ at: first.at + 1000, previous: first },
};

async function world(results: readonly Result[] = []) {
  const hub = createHub();
  const answers = configAnswers(() => results, ['s3-tls-only']);
  const publisher = await startPublisher(hub, { answers, waivers: [waiver()] });
  const found = () => hub.findings.get(findingId(first));
  return { ...publisher, hub, handler: publisher.start(), found };
}

it('asks AWS Config for a reason that the event lacks, and goes without one that nobody knows', async () => {
  const known = await world([first]);
  await known.handler(eventOf(first, false));
  expect(known.found()?.Compliance?.StatusReasons?.[0]).toEqual({
    ReasonCode: 'noPolicy',
    Description: 'There is no bucket policy.',
  });
  const unknown = await world([]);
  await unknown.handler(eventOf(first, false));
  expect(unknown.found()).toMatchObject({
    Compliance: { Status: 'FAILED', StatusReasons: [{ ReasonCode: 'noReason' }] },
  });
});

it('takes no reason of another rule or of an older result', async () => {
  const other = { ...first, rule: 's3-access-logging', annotation: 'off: Logging is off.' };
  const { handler, found } = await world([other, first]);
  await handler(eventOf(first, false));
  expect(found()?.Compliance?.StatusReasons?.[0]?.ReasonCode).toBe('noPolicy');
  const fixed: Result = { ...first, verdict: 'COMPLIANT', at: first.at + 1000, previous: first };
  await handler(eventOf(fixed, false));
  expect(found()).toMatchObject({
    UpdatedAt: '2026-03-01T00:00:01.000Z',
    Compliance: { Status: 'PASSED', StatusReasons: [{ ReasonCode: 'noReason' }] },
  });
});

it('counts on its settings where a result that does not apply lacks its reason', async () => {
  const { handler, found } = await world([]);
  await handler(eventOf(first));
  await handler(eventOf(waived, false));
  expect(found()).toMatchObject({ RecordState: 'ACTIVE', Workflow: { Status: 'SUPPRESSED' } });
});

it('never takes what AWS Config could not tell for a pass', async () => {
  const { handler, found } = await world();
  await handler(eventOf({ ...first, verdict: 'INSUFFICIENT_DATA' as Result['verdict'] }));
  expect(found()).toMatchObject({ RecordState: 'ACTIVE', Compliance: { Status: 'WARNING' } });
});

it('names an access point, an account and what has another type', async () => {
  const { handler, hub, state } = await world();
  state.items = [
    {
      ...{
        configurationItemCaptureTime: '2026-03-01T10:00:00.250Z',
        configurationItemStatus: 'OK',
      },
      ...{
        awsAccountId: '111122223333',
        awsRegion: 'eu-central-1',
        resourceType: 'AWS::IAM::User',
      },
      ...{ resourceId: 'AIDA1', resourceName: 'ana', ARN: 'arn:aws:iam::111122223333:user/ana' },
    },
  ];
  const of = (type: string, id: string) => handler(eventOf({ ...first, type, id }));
  await of('AWS::S3::AccessPoint', 'point');
  await of('AWS::::Account', '111122223333');
  await of('AWS::IAM::User', 'AIDA1');
  await of('AWS::AccessAnalyzer::Analyzer', 'own');
  const resources = [...hub.findings.values()].map((finding) => finding.Resources?.[0]);
  expect(resources.map((each) => [each?.Type, each?.Id])).toEqual([
    ['AwsS3AccessPoint', 'arn:aws:s3:eu-central-1:111122223333:accesspoint/point'],
    ['AwsAccount', 'AWS::::Account:111122223333'],
    ['AwsIamUser', 'arn:aws:iam::111122223333:user/ana'],
    ['Other', 'own'],
  ]);
});

it('goes on naming a resource that is gone as it was called', async () => {
  const user = { ...first, type: 'AWS::IAM::User', id: 'AIDA1' };
  const { handler, hub, state } = await world();
  state.items = [
    {
      ...{
        configurationItemCaptureTime: '2026-03-01T10:00:00.250Z',
        configurationItemStatus: 'OK',
      },
      ...{ awsAccountId: '111122223333', awsRegion: 'global', resourceType: user.type },
      ...{ resourceId: user.id, resourceName: 'ana', ARN: 'arn:aws:iam::111122223333:user/ana' },
    },
  ];
  await handler(eventOf(user));
  const named = hub.findings.get(findingId(user))?.Resources;
  expect(named).toMatchObject([{ Id: 'arn:aws:iam::111122223333:user/ana' }]);
  state.items = [];
  const gone = { verdict: 'NOT_APPLICABLE', annotation: 'resourceDeleted: Gone.' } as const;
  await handler(eventOf({ ...user, ...gone, at: user.at + 1000, previous: user }));
  expect(hub.findings.get(findingId(user))).toMatchObject({
    RecordState: 'ARCHIVED',
    Resources: named,
  });
});
