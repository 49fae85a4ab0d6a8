/** The shape of a value in a row, from which its JSON Schema and its type in Athena are made. */
export interface Shape {
  readonly schema: object;
  /** As Hive spells types; null where Athena cannot hold it, so that it is no column. */
  readonly hive: string | null;
  readonly isOptional?: true;
}

const TEXT = { type: 'string' } as const;

export const text: Shape = { schema: TEXT, hive: 'string' };
export const flag: Shape = { schema: { type: 'boolean' }, hive: 'boolean' };
export const count: Shape = { schema: { type: 'integer', minimum: 0 }, hive: 'bigint' };
export const hash = matching('^[0-9a-f]{64}$');
export const time = matching('^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$');
export const uuid = matching(
  '^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
);

export function matching(pattern: string): Shape {
  return { schema: { ...TEXT, pattern }, hive: 'string' };
}

export const oneOf = (values: readonly string[]): Shape => ({
  schema: { ...TEXT, enum: values },
  hive: 'string',
});

export const only = (value: number): Shape => ({ schema: { const: value }, hive: 'bigint' });

/** A value or null. */
export const maybe = ({ schema, hive }: Shape): Shape => ({
  schema: { anyOf: [schema, { type: 'null' }] },
  hive,
});

/** A key that a row may leave out. */
export const optional = (shape: Shape): Shape => ({ ...shape, isOptional: true });

export const listOf = ({ schema, hive }: Shape): Shape => ({
  schema: { type: 'array', items: schema },
  hive: hive && `array<${hive}>`,
});

/** Keys that others choose. */
export const mapOf = ({ schema, hive }: Shape): Shape => ({
  schema: { type: 'object', additionalProperties: schema },
  hive: hive && `map<string,${hive}>`,
});

/** Any JSON object. */
export const anything: Shape = { schema: { type: 'object' }, hive: null };

export type Fields = Readonly<Record<string, Shape>>;

/** An object with these keys. More keys may come within a version of the schema, so they are allowed. */
export function struct(fields: Fields): Shape {
  const entries = Object.entries(fields);
  const members = entries.flatMap(([name, { hive }]) =>
    hive ? [`${name.toLowerCase()}:${hive}`] : [],
  );
  return { schema: schemaOf(fields), hive: `struct<${members.join(',')}>` };
}

export function schemaOf(fields: Fields): object {
  const entries = Object.entries(fields);
  return {
    type: 'object',
    required: entries.filter(([, shape]) => shape.isOptional !== true).map(([name]) => name),
    properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
  };
}
