export interface Evaluation {
  readonly ComplianceResourceType: string;
  readonly ComplianceResourceId: string;
  readonly ComplianceType: 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE' | 'INSUFFICIENT_DATA';
  readonly Annotation?: string;
  readonly OrderingTimestamp: number;
}

export interface ResourceKey {
  readonly resourceType: string;
  readonly resourceId: string;
}

export type Fault =
  /** An error by name, with the status AWS gives it. */
  | string
  | { readonly name: string; readonly status?: number; readonly message?: string }
  /** PutEvaluations answers 200 and lists these evaluations as failed; they are not stored. */
  | { readonly failedEvaluations: (evaluation: Evaluation) => boolean }
  /** BatchGetResourceConfig answers 200 and leaves these keys unprocessed. */
  | { readonly unprocessedKeys: (key: ResourceKey) => boolean }
  /** Left out of the answer without a word. */
  | { readonly omittedKeys: (key: ResourceKey) => boolean }
  | { readonly hangUp: true }
  | { readonly delayMs: number };

/** What is not listed answers 400, as every exception in Config's model does. */
const statuses: Readonly<Record<string, number>> = {
  // S3: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  AccessDenied: 403,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  NoSuchAccessPoint: 404,
  NoSuchAccessPointPolicy: 404,
  NoSuchBucket: 404,
  NotImplemented: 501,
  OwnershipControlsNotFoundError: 404,
  PermanentRedirect: 301,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  // Every service: https://docs.aws.amazon.com/securityhub/1.0/APIReference/CommonErrors.html
  InternalFailure: 500,
  InternalServerError: 500,
  ServiceUnavailable: 503,
};

export class ServiceError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = statuses[name] ?? 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

export function faultError(fault: Fault): ServiceError | undefined {
  if (typeof fault === 'string') return new ServiceError(fault, `${fault} ordered by the test`);
  if (!('name' in fault)) return undefined;
  return new ServiceError(
    fault.name,
    fault.message ?? `${fault.name} ordered by the test`,
    fault.status,
  );
}

export class FaultPlan {
  readonly #orders = new Map<string, { fault: Fault; times: number }[]>();

  order(operation: string, fault: Fault, times: number): void {
    const queue = this.#orders.get(operation) ?? [];
    this.#orders.set(operation, [...queue, { fault, times }]);
  }

  take(operation: string): Fault | undefined {
    const order = this.#orders.get(operation)?.find(({ times }) => times > 0);
    if (order === undefined) return undefined;
    order.times -= 1;
    return order.fault;
  }
}
