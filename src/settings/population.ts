/** What is expected to be there when an organization is judged. */
export interface ExpectedPopulation {
  /** A Region whose newest snapshot is older counts as not assessed. */
  readonly maximumSnapshotAgeHours: number;
  /** What is left out on purpose. */
  readonly excluded: readonly Exclusion[];
}

/** An account, a Region of every account, or one Region of one account. */
export interface Exclusion {
  readonly account?: string;
  readonly region?: string;
  readonly reason: string;
}

/** AWS Config delivers snapshots once a day at the rarest, so that after two days one is missing (ConfigSnapshotDeliveryProperties). */
export const defaultPopulation: ExpectedPopulation = { maximumSnapshotAgeHours: 48, excluded: [] };

/** As JSON Schema. @param region how a Region looks like. */
export const populationEntry = (region: { readonly pattern: string }) => ({
  type: 'object',
  additionalProperties: false,
  properties: {
    maximumSnapshotAgeHours: {
      type: 'integer',
      minimum: 1,
      maximum: 8784,
      description: 'a number of hours from 1 to 8784',
    },
    excluded: {
      type: 'array',
      items: {
        type: 'object',
        description: 'accounts and Regions with the reason why they are left out',
        additionalProperties: false,
        required: ['reason'],
        // The reason, and at least one of the two.
        minProperties: 2,
        properties: {
          account: {
            type: 'string',
            pattern: '^[0-9]{12}$',
            description: 'an account id of twelve digits',
          },
          region: { type: 'string', ...region, description: 'a Region such as eu-central-1' },
          reason: { type: 'string', minLength: 1, maxLength: 2000 },
        },
      },
    },
  },
});
