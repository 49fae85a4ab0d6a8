import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The template of the member stack as "npm run synth" wrote it, and what is cut out of it. */

const FILE = fileURLToPath(
  new URL('../../dist/deploy/s3-config-rules-member.template.json', import.meta.url),
);

export interface TemplateFunction {
  readonly name: string;
  readonly code: string;
  readonly handler: string;
  readonly runtime: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** A rule of the pack that invokes one of the functions. */
export interface TemplateRule {
  readonly id: string;
  /** InputParameters with every reference filled in. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly functionName: string;
  readonly messageTypes: readonly string[];
  /** Types of the resources whose changes invoke it. */
  readonly scope: readonly string[];
  readonly isForHomeRegionOnly: boolean;
}

/** The properties of a resource. @throws Error when the template lacks it or has another type of resource there. */
function propertiesOf<T>(id: string, type: string): T {
  if (!existsSync(FILE)) throw new Error(`${FILE} is not there: run "npm run synth" first.`);
  const { Resources } = JSON.parse(readFileSync(FILE, 'utf8'));
  if (Resources[id]?.Type !== type) throw new Error(`${FILE} has no ${id} of type ${type}.`);
  return Resources[id].Properties;
}

export const FUNCTION_IDS = [
  'RecordedFunction',
  'LiveFunction',
  'PublishFindingsFunction',
] as const;
export type FunctionId = (typeof FUNCTION_IDS)[number];

export function functionIn(id: FunctionId): TemplateFunction {
  const { FunctionName, Code, Handler, Runtime, Timeout, MemorySize, Environment } =
    propertiesOf<FunctionProperties>(id, 'AWS::Lambda::Function');
  return {
    name: FunctionName,
    code: Code.ZipFile,
    handler: Handler,
    runtime: Runtime,
    timeoutSeconds: Timeout,
    memoryMegabytes: MemorySize,
    environment: Object.fromEntries(
      Object.entries(Environment?.Variables ?? {}).map(([key, value]) => [key, resolved(value)]),
    ),
  };
}

/** A value as CloudFormation resolves it: the Ref of a queue is its address (AWS::SQS::Queue, "Return values"). */
const resolved = (value: Variable) => {
  if (typeof value === 'string') return value;
  return 'Ref' in value
    ? `https://sqs.eu-central-1.amazonaws.com/111122223333/${value.Ref}`
    : value['Fn::Sub'].replace(/\$\{AWS::Partition\}/g, 'aws');
};

type Variable = string | { readonly Ref: string } | { readonly 'Fn::Sub': string };

interface FunctionProperties {
  readonly FunctionName: string;
  readonly Code: { readonly ZipFile: string };
  readonly Handler: string;
  readonly Runtime: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Environment?: { readonly Variables: Readonly<Record<string, Variable>> };
}

interface PackProperties {
  readonly TemplateBody: string;
  readonly ConformancePackInputParameters: readonly {
    readonly ParameterName: string;
    readonly ParameterValue: string;
  }[];
}

interface RuleProperties {
  readonly ConfigRuleName: string;
  readonly InputParameters?: Readonly<Record<string, string | { readonly Ref: string }>>;
  readonly Scope?: { readonly ComplianceResourceTypes: readonly string[] };
  readonly Source: {
    readonly Owner: string;
    readonly SourceIdentifier: string | { readonly 'Fn::Sub': string };
    readonly SourceDetails?: readonly { readonly MessageType: string }[];
  };
}

interface PackTemplate {
  readonly Parameters: Readonly<Record<string, { readonly Default: string }>>;
  readonly Resources: Readonly<
    Record<string, { readonly Condition?: string; readonly Properties: RuleProperties }>
  >;
}

/** The rules of the pack that the functions serve; those that AWS runs itself are left out. */
export function rulesOfPack(): readonly TemplateRule[] {
  const { TemplateBody, ConformancePackInputParameters } = propertiesOf<PackProperties>(
    'Pack',
    'AWS::Config::ConformancePack',
  );
  const { Parameters, Resources } = parse(TemplateBody) as PackTemplate;
  const values = new Map([
    ...Object.entries(Parameters).map(([name, { Default }]) => [name, Default] as const),
    ...ConformancePackInputParameters.map(
      (each) => [each.ParameterName, each.ParameterValue] as const,
    ),
  ]);
  const filledIn = (name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`The pack has no parameter ${name}.`);
    return value;
  };
  return Object.values(Resources).flatMap(({ Condition, Properties }) => {
    const { ConfigRuleName: id, InputParameters = {}, Scope, Source } = Properties;
    if (Source.Owner !== 'CUSTOM_LAMBDA' || typeof Source.SourceIdentifier === 'string') return [];
    const [, name = ''] = /:function:\$\{(\w+)\}$/.exec(Source.SourceIdentifier['Fn::Sub']) ?? [];
    return {
      id,
      parameters: Object.fromEntries(
        Object.entries(InputParameters).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : filledIn(value.Ref),
        ]),
      ),
      functionName: filledIn(name),
      messageTypes: (Source.SourceDetails ?? []).map(({ MessageType }) => MessageType),
      scope: Scope?.ComplianceResourceTypes ?? [],
      isForHomeRegionOnly: Condition !== undefined,
    };
  });
}
