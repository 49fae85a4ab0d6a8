import { GLOBAL_REGION, isRegion } from '../values/region.ts';
import { NoSuchRegion } from './failures.ts';
import type { Client, InputOf, Operation, OutputOf, Service } from './operation.ts';
import { refusedOr } from './services.ts';

type Answer = Readonly<Record<string, unknown>>;

/** More pages than any answer has; a service that never ends its answer must not keep the function. */
const PAGES_AT_MOST = 10_000;

/** Settings of a client, such as `maxAttempts`. */
export type ClientSettings = (service: string, region: string) => object;

/** Told of each request, with the number of attempts that it took. */
export type OnRequest = (operation: string, attempts: number) => void;

/**
 * Asks the operations of a table through the AWS SDK. Each answer is whole, whatever number of pages it came in, and there is
 * one client for each service and Region, which also tries again what was throttled.
 */
export function asker<T extends Readonly<Record<string, Operation>>>(
  operations: T,
  settings: ClientSettings,
  onRequest: OnRequest = () => {},
): <O extends keyof T & string>(
  name: O,
  input: InputOf<T[O]>,
  region: string,
) => Promise<OutputOf<T[O]>> {
  const clients = new Map<string, Promise<Client>>();
  const clientOf = (service: Service, region: string) => {
    // Many Regions come out of records, and a Region becomes part of a host name.
    if (region !== GLOBAL_REGION && !isRegion(region)) {
      throw new NoSuchRegion(`${JSON.stringify(region)} is not an AWS Region`);
    }
    const key = `${service.name} ${region}`;
    const place = region === GLOBAL_REGION ? {} : { region };
    const known =
      clients.get(key) ?? makeClient(service, { ...place, ...settings(service.name, region) });
    clients.set(key, known);
    return known;
  };
  return async (name, input, region) => {
    const operation: Operation = operations[name] as Operation;
    const Command = await operation.command();
    const client = await clientOf(operation.service, region);
    const send = async (more: object) => {
      try {
        const command = new Command(...([{ ...(input as object), ...more }] as never));
        const answer = (await client.send(command as never)) as Answer;
        onRequest(name, attemptsOf(answer));
        return answer;
      } catch (error) {
        onRequest(name, attemptsOf(error));
        throw refusedOr(error, operation.action);
      }
    };
    return (await wholeAnswer(name, operation, send)) as OutputOf<T[typeof name]>;
  };
}

/** The SDK notes it in answers and errors alike. */
function attemptsOf(result: unknown): number {
  const { $metadata } = (result ?? {}) as { $metadata?: { attempts?: number } };
  return $metadata?.attempts ?? 1;
}

async function makeClient(service: Service, settings: object): Promise<Client> {
  const Client = service.client(await service.load());
  return new Client(settings as never);
}

async function wholeAnswer(
  name: string,
  { lists: names, token: key }: Operation,
  send: (more: object) => Promise<Answer>,
): Promise<Answer> {
  const first = await send({});
  if (key === null) return first;
  const lists = new Map(names.map((list) => [list, [...listIn(first, list)]]));
  const seen = new Set<unknown>();
  let token = first[key.answered];
  while (typeof token === 'string' && token !== '') {
    if (seen.has(token) || seen.size > PAGES_AT_MOST) {
      throw new Error(`${name}: the pages of the answer do not come to an end.`);
    }
    seen.add(token);
    const page = await send({ [key.sent]: token });
    for (const [list, items] of lists) for (const item of listIn(page, list)) items.push(item);
    token = page[key.answered];
  }
  return { ...first, ...Object.fromEntries(lists) };
}

function listIn(answer: Answer, name: string): readonly unknown[] {
  const list = answer[name];
  return Array.isArray(list) ? list : [];
}
