import type { IncomingMessage } from 'node:http';
import { type AskedRequest, readAsked, toJson, toQueryErrorXml, toQueryXml } from './answers.ts';
import type { Signer } from './asked.ts';
import { ServiceError } from './faults.ts';
import { type ObjectRequest, type Objects, objectRequest } from './objects.ts';
import { readS3Request, type S3Request, s3ErrorXml } from './s3.ts';

/** The two protocols: how a request is read and how an answer or an error is written. */

/** From the credential scope of the signature, whose value is not checked. */
interface Signed extends Signer {
  readonly signedFor: string | undefined;
}

export interface ConfigRequest extends Signed {
  readonly service: 'config';
  readonly operation: string;
  /** Undefined when the body is not JSON. */
  readonly input: unknown;
  readonly isAwsJson: boolean;
}

export interface ObjectStoreRequest extends Signed {
  readonly service: 's3';
  readonly operation: string;
  readonly input: S3Request;
  /** What is wanted of the objects of a bucket. */
  readonly objects?: ObjectRequest | undefined;
}

export type ReceivedRequest = ConfigRequest | ObjectStoreRequest | (AskedRequest & Signed);

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  readonly error: string | undefined;
}

const target = 'StarlingDoveService.';
const jsonType = 'application/x-amz-json-1.1';

/** `AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …` */
function readScope({ headers }: IncomingMessage): Signed {
  const credential = /^AWS4-HMAC-SHA256 Credential=([^,]*?)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;
  const [, accessKeyId, region, signedFor] = credential.exec(headers.authorization ?? '') ?? [];
  return { accessKeyId, region, signedFor };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body || '{}');
  } catch {
    return undefined;
  }
}

/** A request with the X-Amz-Target of Config is for Config, one that no other service reads for S3. */
export function readRequest(
  request: IncomingMessage,
  bytes: Buffer,
  stores: Readonly<Record<string, Objects>>,
): ReceivedRequest {
  const scope = readScope(request);
  const objects = objectRequest(request, bytes, stores);
  if (objects) {
    const { operation, bucket: Bucket } = objects;
    const ExpectedBucketOwner = request.headers['x-amz-expected-bucket-owner']?.toString();
    const input = { Operation: operation, Bucket, ExpectedBucketOwner, Key: objects.key };
    return { service: 's3', operation, input, objects, ...scope };
  }
  const body = bytes.toString();
  const asked = readAsked(request, body);
  if (asked) return { ...asked, ...scope };
  const rpc = request.headers['x-amz-target']?.toString();
  if (rpc === undefined) {
    const input = readS3Request(request);
    return { service: 's3', operation: input.Operation, input, ...scope };
  }
  const isOurs = rpc.startsWith(target);
  return {
    service: 'config',
    operation: isOurs ? rpc.slice(target.length) : rpc,
    input: parse(body),
    isAwsJson: isOurs && request.headers['content-type'] === jsonType,
    ...scope,
  };
}

/** Faults of the test come before validation, as throttling and authorization do at AWS. */
export function admit(
  { service, signedFor }: ReceivedRequest,
  ordered: ServiceError | undefined,
): void {
  // A wrong signing scope means a client built for another service; the exact answer is unverified.
  if (service !== 'asked' && signedFor !== service) {
    const name = service === 's3' ? 'AccessDenied' : 'MissingAuthenticationTokenException';
    throw new ServiceError(name, `Signed for ${signedFor ?? 'nothing'} instead of ${service}`);
  }
  if (ordered !== undefined) throw ordered;
}

const asError = (thrown: unknown): ServiceError =>
  thrown instanceof ServiceError ? thrown : new ServiceError('InternalFailure', String(thrown));

/** The error's name is in the body: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export function writeJson(requestId: string, answer: () => object): Answer {
  const headers = { 'content-type': jsonType, 'x-amzn-requestid': requestId };
  try {
    return { status: 200, headers, body: JSON.stringify(answer()), error: undefined };
  } catch (thrown) {
    const { name, message, status } = asError(thrown);
    return { status, headers, body: JSON.stringify({ __type: name, message }), error: name };
  }
}

export function writeXml(requestId: string, bucket: string, answer: () => string | Buffer): Answer {
  const headers = { 'content-type': 'application/xml', 'x-amz-request-id': requestId };
  try {
    return { status: 200, headers, body: answer(), error: undefined };
  } catch (thrown) {
    const error = asError(thrown);
    const body = s3ErrorXml(error, bucket, requestId);
    return { status: error.status, headers, body, error: error.name };
  }
}

/** The answer of a service that is asked, in the protocol that the question came in. */
export function writeAsked(
  { protocol, operation }: AskedRequest,
  requestId: string,
  answer: () => object,
): Answer {
  const isXml = protocol === 'query';
  const headers = {
    'content-type': isXml ? 'text/xml' : jsonType,
    'x-amzn-requestid': requestId,
  };
  try {
    const value = answer();
    const json = protocol === 'rest' ? JSON.stringify(value) : toJson(value);
    return {
      status: 200,
      headers,
      body: isXml ? toQueryXml(operation, value) : json,
      error: undefined,
    };
  } catch (thrown) {
    const { name, message, status } = asError(thrown);
    const body = isXml
      ? toQueryErrorXml(name, message)
      : JSON.stringify({ __type: name, code: name, message });
    return { status, headers, body, error: name };
  }
}
