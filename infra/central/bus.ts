/** The bus that takes events of every account of the organization. */
export const BUS_NAME = 's3-config-rules';
