import type { Operation } from './operations.ts';
import { GLOBAL_REGION, refusedOr } from './services.ts';

type Sdk = Readonly<Record<string, unknown>>;
type Client = { send(command: object): Promise<Answer> };
type Answer = Readonly<Record<string, unknown>>;

/** The package of each service, and what the name of its client begins with. */
export type Packages<S extends string> = {
  readonly [Service in S]: readonly [prefix: string, load: () => Promise<Sdk>];
};

/** More pages than any answer has; a service that never ends its answer must not keep the function. */
const PAGES_AT_MOST = 10_000;

/**
 * Puts questions through the AWS SDK, each answered whole, whatever number of pages it came in. There is one client for each
 * service and Region.
 * @param settings of every client.
 */
export function asker<S extends string, O extends string>(
  packages: Packages<S>,
  operations: Readonly<Record<O, Operation<S>>>,
  settings: (service: S, region: string) => object,
): (name: O, input: object, region: string) => Promise<Answer> {
  const clients = new Map<string, Promise<Client>>();
  const clientOf = (service: S, region: string) => {
    const key = `${service} ${region}`;
    const place = region === GLOBAL_REGION ? {} : { region };
    const known =
      clients.get(key) ?? makeClient(packages[service], { ...place, ...settings(service, region) });
    clients.set(key, known);
    return known;
  };
  return async (name, input, region) => {
    const operation = operations[name];
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
    return await wholeAnswer(name, operation, send);
  };
}

async function makeClient(
  [prefix, load]: Packages<string>[string],
  settings: object,
): Promise<Client> {
  const Client = (await load())[`${prefix}Client`] as new (settings: object) => Client;
  return new Client(settings);
}

async function wholeAnswer(
  name: string,
  { paging }: Operation<string>,
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
