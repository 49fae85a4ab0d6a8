import { exampleOrganization } from '../examples/make/organization.ts';

export const REGION = 'eu-central-1';

/** The buckets of the example's account production as text of snapshots: for each of so many accounts, with so many buckets. */
export function* accountsLikeProduction(
  accounts: number,
  buckets: number,
): Generator<{ readonly id: string; readonly items: readonly string[] }> {
  const [, text = '{}'] =
    [...exampleOrganization()].find(([path]) =>
      /444455556666_.*eu-central-1.*20261102T/.test(path),
    ) ?? [];
  const records: readonly string[] = JSON.parse(text)
    .configurationItems.filter(
      ({ resourceType, configuration }: Record<string, unknown>) =>
        resourceType === 'AWS::S3::Bucket' && configuration !== null,
    )
    .map((item: object) => JSON.stringify(item));
  for (let account = 0; account < accounts; account++) {
    const id = String(100_000_000_000 + account);
    const items = Array.from({ length: buckets }, (_, index) =>
      (records[index % records.length] ?? '')
        .replaceAll('444455556666', id)
        .replaceAll(
          /(examplehealth|cdk-hnb659fds|aws-waf-logs)-([a-z0-9-]+)/g,
          `eh-${account}-${index}-$2`,
        ),
    );
    yield { id, items };
  }
}
