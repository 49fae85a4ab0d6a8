/** What an AWS operation is to this project: which command asks it, which action permits it, and how its pages join. */

/** An AWS service, by the package of the SDK that speaks with it. The package is loaded when it is first needed. */
export interface Service<Sdk = unknown> {
  readonly name: string;
  readonly load: () => Promise<Sdk>;
  readonly client: (sdk: Sdk) => ClientClass;
}

export type ClientClass = new (settings: never) => Client;
export interface Client {
  send(command: never): Promise<unknown>;
}

/** A command of the SDK; its types say what is asked and what is answered. */
type CommandClass = new (...input: never) => Command;
interface Command {
  readonly input: object;
  resolveMiddleware(...args: never): (...args: never) => Promise<{ readonly output: unknown }>;
}

export interface Operation<C extends CommandClass = CommandClass> {
  readonly service: Service;
  /** The IAM action that permits it (Service Authorization Reference). */
  readonly action: string;
  readonly command: () => Promise<C>;
  /** The lists that every whole answer holds; those of an answer in pages grow with each page. */
  readonly lists: readonly string[];
  /** Where the token of the next page stands in an answer, and where it is sent; null when one answer is all. */
  readonly token: { readonly answered: string; readonly sent: string } | null;
}

export type InputOf<O> = O extends Operation<infer C> ? InstanceType<C>['input'] : never;

/** What the service answers, without what the SDK adds on the way. */
export type OutputOf<O> =
  O extends Operation<infer C>
    ? ReturnType<InstanceType<C>['resolveMiddleware']> extends (
        ...args: never
      ) => Promise<{ output: infer A }>
      ? Omit<A, '$metadata'>
      : never
    : never;

export const service = <Sdk>(
  name: string,
  load: () => Promise<Sdk>,
  client: (sdk: Sdk) => ClientClass,
): Service<Sdk> => ({ name, load, client });

interface Shape<C extends CommandClass> {
  readonly lists: readonly (keyof OutputOf<Operation<C>> & string)[];
  /** The key of the token, or the two keys where it is sent under another than it is answered under. */
  readonly token?:
    | (keyof OutputOf<Operation<C>> & keyof InputOf<Operation<C>> & string)
    | {
        readonly answered: keyof OutputOf<Operation<C>> & string;
        readonly sent: keyof InputOf<Operation<C>> & string;
      };
}

/** An operation that is answered at once, without a list that anybody needs. */
export const operation = <Sdk, C extends CommandClass>(
  of: Service<Sdk>,
  action: string,
  command: (sdk: Sdk) => C,
): Operation<C> => ({
  ...{ service: of as Service, action, lists: [], token: null },
  command: async () => command(await of.load()),
});

/** An operation whose whole answer holds lists, in one page or in many. */
export const listing = <C extends CommandClass>(
  of: Operation<C>,
  { lists, token }: Shape<C>,
): Operation<C> => ({
  ...of,
  lists,
  token: typeof token === 'string' ? { answered: token, sent: token } : (token ?? null),
});
