import type { IncomingMessage } from 'node:http';
import { operations as doctorOperations } from '../../src/doctor/operations.ts';
import { operations } from '../../src/services/operations.ts';
import type { Fields, Signer } from './asked.ts';
import { ServiceError } from './faults.ts';
import type { State } from './state.ts';

/**
 * The services that are asked one question at a time. What they answer is the test's own, under the names of the API with
 * dates as Date; here it is put on the wire as each protocol wants it.
 */

export interface AskedRequest {
  readonly service: 'asked';
  readonly protocol: 'json' | 'query' | 'rest';
  readonly operation: string;
  readonly input: Fields;
}

/** X-Amz-Target of the services that speak AWS JSON (their SDK models, serviceTarget). */
const targets: readonly string[] = [
  'CloudTrail_20131101.',
  'GraniteServiceVersion20100801.',
  'Logs_20140328.',
  'TrentService.',
  'AWSEvents.',
  'AWSOrganizationsV20161128.',
  'AmazonSQS.',
];

/** Method and path of the operations that speak REST (SDK models of Access Analyzer, Lambda and Security Hub). */
const paths: Readonly<Record<string, string>> = {
  'GET /2016-08-19/account-settings': 'GetAccountSettings',
  'GET /accounts': 'DescribeHub',
  'GET /analyzer': 'ListAnalyzers',
  'GET /detector': 'ListDetectors',
  'PATCH /findings/batchupdate': 'BatchUpdateFindings',
  'POST /findings': 'GetFindings',
  'POST /findings/import': 'BatchImportFindings',
  'POST /findingv2': 'ListFindingsV2',
};

/** Operations of GuardDuty, whose names begin with a small letter on the wire only (SDK model, jsonName). */
const smallLetters: readonly string[] = ['GetDetector', 'ListDetectors'];

/** Paths with a parameter in them (SDK models of AWS Backup, Lambda and GuardDuty). */
const parametrized: ReadonlyArray<readonly [RegExp, operation: string, parameter: string]> = [
  [/^GET \/detector\/([^/]+)$/, 'GetDetector', 'DetectorId'],
  [/^GET \/backup-vaults\/([^/]+)$/, 'DescribeBackupVault', 'BackupVaultName'],
  [
    /^GET \/2015-03-31\/functions\/([^/]+)\/configuration$/,
    'GetFunctionConfiguration',
    'FunctionName',
  ],
  [/^GET \/resources\/([^/]+)\/recovery-points$/, 'ListRecoveryPointsByResource', 'ResourceArn'],
];

/** The request as one of these services reads it, or undefined when it is for another. */
export function readAsked(request: IncomingMessage, body: string): AskedRequest | undefined {
  const { method, url = '/', headers } = request;
  const rpc = headers['x-amz-target']?.toString() ?? '';
  const target = targets.find((each) => rpc.startsWith(each));
  if (target !== undefined) {
    const operation = rpc.slice(target.length);
    return { service: 'asked', protocol: 'json', operation, input: JSON.parse(body || '{}') };
  }
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const rest = Object.hasOwn(paths, `${method} ${pathname}`) && paths[`${method} ${pathname}`];
  if (rest) {
    const input = { ...Object.fromEntries(searchParams), ...JSON.parse(body || '{}') };
    return { service: 'asked', protocol: 'rest', operation: rest, input };
  }
  for (const [pattern, operation, parameter] of parametrized) {
    const [, value] = pattern.exec(`${method} ${pathname}`) ?? [];
    if (value === undefined) continue;
    // In the query a name begins with a small letter, in the SDK with a capital.
    const query = [...searchParams].map(([key, each]) => [
      `${key.charAt(0).toUpperCase()}${key.slice(1)}`,
      each,
    ]);
    const input = { ...Object.fromEntries(query), [parameter]: decodeURIComponent(value) };
    return { service: 'asked', protocol: 'rest', operation, input };
  }
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
    return { service: 'asked', protocol: 'query', operation: Action, input };
  }
  return undefined;
}

export function answerAsked(
  { operation, input, ...signer }: AskedRequest & Signer,
  { answers }: State,
): object {
  const answer = Object.hasOwn(answers, operation) ? answers[operation] : undefined;
  if (answer === undefined) {
    throw new ServiceError('InternalFailure', `The test has no answer to ${operation}`);
  }
  const given = typeof answer === 'function' ? answer(input, signer) : answer;
  return smallLetters.includes(operation) ? withSmallLetters(given) : given;
}

const withSmallLetters = (answer: object): object =>
  JSON.parse(JSON.stringify(answer), (_, value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([name, each]) => [small(name), each]));
  });

const small = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** AWS JSON sends times as epoch seconds. */
export const toJson = (answer: object): string =>
  JSON.stringify(answer, function (this: Fields, key, value) {
    const own = this[key];
    return own instanceof Date ? own.getTime() / 1000 : value;
  });

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html: lists as `member`, maps as `entry`. */
export const toQueryXml = (operation: string, answer: object): string =>
  `<${operation}Response><${operation}Result>${membersOf(answer)}</${operation}Result></${operation}Response>`;

export const toQueryErrorXml = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type>${element('Code', code)}${element('Message', message)}</Error></ErrorResponse>`;

function membersOf(value: object): string {
  return Object.entries(value)
    .map(([name, member]) => element(name, member))
    .join('');
}

/** In a captured answer a map is a plain object (Amazon SNS API reference, GetTopicAttributes; IAM API reference, GetAccountSummary). */
const MAPS: ReadonlySet<string> = new Set(['Attributes', 'SummaryMap']);

export function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    return `<${name}>${value.map((one) => element('member', one)).join('')}</${name}>`;
  }
  if (value instanceof Map || (MAPS.has(name) && typeof value === 'object')) {
    const pairs = value instanceof Map ? [...value] : Object.entries(value);
    const entries = pairs.map(([key, each]) => element('entry', { key, value: each }));
    return `<${name}>${entries.join('')}</${name}>`;
  }
  if (value instanceof Date) return `<${name}>${value.toISOString()}</${name}>`;
  // A blob, which the protocol carries in base 64.
  if (value instanceof Uint8Array) {
    return `<${name}>${Buffer.from(value).toString('base64')}</${name}>`;
  }
  if (typeof value === 'object') return `<${name}>${membersOf(value)}</${name}>`;
  return `<${name}>${String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`;
}

export const askedOperations: readonly string[] = [
  ...new Set([
    ...Object.keys(operations),
    ...Object.keys(doctorOperations),
    ...Object.values(paths),
  ]),
];
