/** Where something stands. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What there is to say of a resource; the rest of its record follows from where and when. */
export interface Described {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly arn?: string;
  readonly zone?: string;
  readonly created?: Date | undefined;
  readonly tags?: Readonly<Record<string, string>>;
  readonly configuration: object | null;
  readonly supplementary?: object;
  readonly isGone?: boolean;
}

/** A record as it stands in the files that AWS Config delivers: objects throughout, times in ISO. */
export type RawRecord = Readonly<Record<string, unknown>>;

/**
 * The record that AWS Config would have written (recorded items in awslabs/aws-config-rdk, rdk/template/example_ci, and
 * cloud-custodian, tests/data/config). @param at when it was collected (ISO).
 */
export const recordOf = ({ account, region }: Place, at: string, what: Described): RawRecord => ({
  relatedEvents: [],
  relationships: [],
  configuration: what.configuration,
  supplementaryConfiguration: what.supplementary ?? {},
  tags: what.tags ?? {},
  configurationItemVersion: '1.3',
  configurationItemCaptureTime: at,
  configurationStateId: Date.parse(at),
  awsAccountId: account,
  configurationItemStatus: what.isGone ? 'ResourceDeleted' : 'OK',
  resourceType: what.type,
  resourceId: what.id,
  ...(what.name === undefined ? {} : { resourceName: what.name }),
  ...(what.arn === undefined ? {} : { ARN: what.arn }),
  awsRegion: region,
  availabilityZone: what.zone ?? 'Not Applicable',
  configurationStateMd5Hash: '',
  resourceCreationTime: what.created?.toISOString() ?? null,
});

/** An answer with the names of AWS Config: as the API has them, beginning with a small letter. */
export function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      lowered(inner),
    ]),
  );
}
