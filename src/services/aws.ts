import type { InputOf, OperationName, OutputOf } from './contracts.ts';
import { type Operation, operations, type ServiceName } from './operations.ts';
import { GLOBAL_REGION, refusedOr, type Services } from './services.ts';

type Sdk = Readonly<Record<string, unknown>>;
type Client = { send(command: object): Promise<Answer> };
type Answer = Readonly<Record<string, unknown>>;

/** Loaded when they are needed: a function that asks S3 alone does not pay for the others, nor does the command line. */
const packages: {
  readonly [S in ServiceName]: readonly [prefix: string, load: () => Promise<Sdk>];
} = {
  'access-analyzer': ['AccessAnalyzer', () => import('@aws-sdk/client-accessanalyzer')],
  backup: ['Backup', () => import('@aws-sdk/client-backup')],
  cloudtrail: ['CloudTrail', () => import('@aws-sdk/client-cloudtrail')],
  cloudwatch: ['CloudWatch', () => import('@aws-sdk/client-cloudwatch')],
  'cloudwatch-logs': ['CloudWatchLogs', () => import('@aws-sdk/client-cloudwatch-logs')],
  config: ['ConfigService', () => import('@aws-sdk/client-config-service')],
  eventbridge: ['EventBridge', () => import('@aws-sdk/client-eventbridge')],
  iam: ['IAM', () => import('@aws-sdk/client-iam')],
  kms: ['KMS', () => import('@aws-sdk/client-kms')],
  s3: ['S3', () => import('@aws-sdk/client-s3')],
  's3-control': ['S3Control', () => import('@aws-sdk/client-s3-control')],
  sns: ['SNS', () => import('@aws-sdk/client-sns')],
};

/** More pages than any answer has; a service that never ends its answer must not keep the function. */
const PAGES_AT_MOST = 10_000;

/**
 * The services through the AWS SDK, one client for each service and Region, which also tries again what was throttled.
 * @param settings of every client, such as `maxAttempts`; `settings(service)` where they differ.
 */
export function awsServices(
  settings: (service: ServiceName, region: string) => object = () => ({}),
): Services {
  const clients = new Map<string, Promise<Client>>();
  const clientOf = (service: ServiceName, region: string) => {
    const key = `${service} ${region}`;
    const place = region === GLOBAL_REGION ? {} : { region };
    const known =
      clients.get(key) ?? makeClient(service, { ...place, ...settings(service, region) });
    clients.set(key, known);
    return known;
  };
  return {
    async ask<O extends OperationName>(name: O, input: InputOf<O>, region: string) {
      const operation: Operation = operations[name];
      const [, load] = packages[operation.service];
      const Command = (await load())[`${name}Command`] as new (input: object) => object;
      const client = await clientOf(operation.service, region);
      const send = async (more: object) => {
        try {
          return await client.send(new Command({ ...input, ...more }));
        } catch (error) {
          throw refusedOr(error, operation.action);
        }
      };
      return (await wholeAnswer(name, operation, send)) as OutputOf<O>;
    },
  };
}

async function makeClient(service: ServiceName, settings: object): Promise<Client> {
  const [prefix, load] = packages[service];
  const Client = (await load())[`${prefix}Client`] as new (settings: object) => Client;
  return new Client(settings);
}

async function wholeAnswer(
  name: string,
  { paging }: Operation,
  send: (more: object) => Promise<Answer>,
): Promise<Answer> {
  const first = await send({});
  if (!paging) return first;
  const lists = new Map(paging.lists.map((list) => [list, [...listIn(first, list)]]));
  const seen = new Set<unknown>();
  let token = first[paging.answered];
  while (typeof token === 'string' && token !== '') {
    if (seen.has(token) || seen.size > PAGES_AT_MOST) {
      throw new Error(`${name}: the pages of the answer do not come to an end.`);
    }
    seen.add(token);
    const page = await send({ [paging.sent]: token });
    for (const [list, items] of lists) for (const item of listIn(page, list)) items.push(item);
    token = page[paging.answered];
  }
  return { ...first, ...Object.fromEntries(lists) };
}

function listIn(answer: Answer, name: string): readonly unknown[] {
  const list = answer[name];
  return Array.isArray(list) ? list : [];
}
